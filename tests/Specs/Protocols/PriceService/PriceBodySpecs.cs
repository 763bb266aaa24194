using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Tests.Specs.Protocols.PriceService;

public sealed class PriceBodySpecs
{
    private static readonly Symbol Apple = Symbol.Parse("AAPL");

    [Fact]
    public void should_read_the_body_of_the_service_s_own_example()
    {
        (int price, long time, PriceBodyError error) = Parse("""{"price":100.00,"time":1646358424,"ticker":"AAPL"}""");

        Assert.Equal((1_000_000, 1_646_358_424L, PriceBodyError.None), (price, time, error));
    }

    [Theory]
    [InlineData("0.0001", 1)]
    [InlineData("0.5", 5_000)]
    [InlineData("1", 10_000)]
    [InlineData("1.2", 12_000)]
    [InlineData("12.34", 123_400)]
    [InlineData("123.4567", 1_234_567)]
    [InlineData("123.45670", 1_234_567)]
    [InlineData("123.456700000000000000000000", 1_234_567)]
    [InlineData("199999.9999", 1_999_999_999)]
    [InlineData("200000", 2_000_000_000)]
    [InlineData("200000.0000", 2_000_000_000)]
    public void should_read_a_price_to_a_ten_thousandth_of_a_dollar(string text, int expected)
    {
        (int price, _, PriceBodyError error) = Parse(BadPriceBodies.Good.Replace("100.00", text));

        Assert.Equal((expected, PriceBodyError.None), (price, error));
    }

    [Theory]
    [InlineData("""{"ticker":"AAPL","time":1646358424,"price":100.00}""")]
    [InlineData("""{"time":1646358424,"price":100.00,"ticker":"AAPL"}""")]
    [InlineData(" {\r\n\t\"price\" : 100.00 ,\n \"time\":1646358424\t, \"ticker\" : \"AAPL\" } \r\n")]
    public void should_take_the_keys_in_any_order_with_white_space(string body) =>
        Assert.Equal((1_000_000, 1_646_358_424L, PriceBodyError.None), Parse(body));

    [Theory]
    [InlineData(PriceBody.TimeSecondsMin)]
    [InlineData(PriceBody.TimeSecondsMax)]
    public void should_take_the_ends_of_the_range_of_times(long seconds) =>
        Assert.Equal((1_000_000, seconds, PriceBodyError.None), Parse(BadPriceBodies.Good.Replace("1646358424", seconds.ToString())));

    [Fact]
    public void should_refuse_every_bad_body_with_its_reason_and_give_no_price()
    {
        List<(PriceBodyError Error, string Body)> bodies = [.. BadPriceBodies.All()];

        Assert.True(bodies.Select(bad => bad.Body).Distinct().Count() >= 200, "the table holds at least 200 different bodies");
        Assert.Equal(bodies.Count, bodies.Select(bad => bad.Body).Distinct().Count());
        List<string> wrong = [];
        foreach ((PriceBodyError expected, string body) in bodies)
        {
            (int price, long time, PriceBodyError error) = Parse(body);
            if ((price, time, error) != (0, 0L, expected)) wrong.Add($"{body} -> {error}, price {price}, not {expected}");
        }

        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    [Fact]
    public void should_refuse_every_beginning_of_a_good_body()
    {
        for (int length = 0; length < BadPriceBodies.Good.Length; length++)
            Assert.NotEqual(PriceBodyError.None, Parse(BadPriceBodies.Good[..length]).Error);
    }

    [Fact]
    public void should_refuse_every_body_with_one_bit_flipped_or_read_what_it_then_says()
    {
        byte[] body = Encoding.ASCII.GetBytes(BadPriceBodies.Good);
        for (int bit = 0; bit < body.Length * 8; bit++)
        {
            body[bit / 8] ^= (byte)(1 << bit % 8);
            if (PriceBody.TryParse(body, Apple, out int price, out long time, out _))
            {
                // Only another digit, or a blank for the last one, still makes a good body.
                string text = Encoding.Latin1.GetString(body);
                Assert.True(char.IsAsciiDigit((char)body[bit / 8]) || body[bit / 8] == ' ', text);
                Assert.Contains($"\"time\":{time}", text);
                Assert.Equal(decimal.Parse(text[9..15], System.Globalization.CultureInfo.InvariantCulture), price / 10_000m);
            }

            body[bit / 8] ^= (byte)(1 << bit % 8);
        }
    }

    [Fact]
    public void should_refuse_a_number_of_a_million_digits()
    {
        Assert.Equal(PriceBodyError.PriceTooHigh, Parse(BadPriceBodies.Good.Replace("100.00", new string('9', 1_000_000))).Error);
        Assert.Equal(PriceBodyError.TimeOutOfRange, Parse(BadPriceBodies.Good.Replace("1646358424", new string('9', 1_000_000))).Error);
        Assert.Equal(
            PriceBodyError.PriceTooPrecise, Parse(BadPriceBodies.Good.Replace("100.00", "1." + new string('0', 1_000_000) + "1")).Error);
    }

    [Fact]
    public void should_allocate_nothing()
    {
        byte[] good = Encoding.ASCII.GetBytes(BadPriceBodies.Good);
        byte[] bad = Encoding.ASCII.GetBytes(BadPriceBodies.Good.Replace("AAPL", "AMZN"));
        PriceBody.TryParse(good, Apple, out _, out _, out _);
        long before = GC.GetAllocatedBytesForCurrentThread();

        for (int i = 0; i < 1_000; i++)
        {
            PriceBody.TryParse(good, Apple, out _, out _, out _);
            PriceBody.TryParse(bad, Apple, out _, out _, out _);
        }

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static (int Price, long Time, PriceBodyError Error) Parse(string body)
    {
        bool parsed = PriceBody.TryParse(Encoding.UTF8.GetBytes(body), Apple, out int price, out long time, out PriceBodyError error);
        Assert.Equal(error == PriceBodyError.None, parsed);
        return (price, time, error);
    }
}
