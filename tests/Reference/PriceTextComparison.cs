using System.Text;
using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Protocols.PriceService;

namespace MarketMaker.Tests.Reference;

public sealed class PriceTextComparison
{
    private static readonly Symbol Apple = Symbol.Parse("AAPL");

    /// <summary>Numbers as a service may write them, good and bad, with at most 20 digits so that a decimal holds them exactly.</summary>
    private static readonly Gen<string> Number = Gen.Select(
        Gen.OneOf("", "", "", "", "", "-", "+"),
        Gen.OneOf(Gen.UInt[0, 250_000].Select(n => n.ToString()), Gen.String[Gen.Char["0123456789"], 0, 8]),
        Gen.OneOf(Gen.Const(""), Gen.String[Gen.Char["0123456789"], 0, 6].Select(f => "." + f), Gen.String[Gen.Char["0000000001"], 4, 8].Select(f => "." + f)),
        Gen.OneOf("", "", "", "", "", "e2", " "),
        (sign, integer, fraction, end) => sign + integer + fraction + end);

    [Fact]
    public void should_read_every_number_as_decimal_arithmetic_does() =>
        Number.Sample(
            number => Compare(Encoding.ASCII.GetBytes($$"""{"price":{{number}},"time":1646358424,"ticker":"AAPL"}""")),
            iter: 50_000,
            seed: "0000000000003");

    [Fact]
    public void should_read_every_price_there_is_back_from_its_text() =>
        Gen.Int[1, Money.PriceMax].Sample(
            price =>
            {
                string text = $"{price / 10_000}.{price % 10_000:0000}";
                byte[] body = Encoding.ASCII.GetBytes($$"""{"time":1646358424,"price":{{text}},"ticker":"AAPL"}""");
                Assert.True(PriceBody.TryParse(body, Apple, out int read, out _, out PriceBodyError error), error.ToString());
                Assert.Equal(price, read);
            },
            iter: 50_000,
            seed: "0000000000004");

    [Fact]
    public void should_agree_on_damaged_bodies()
    {
        byte[] good = """ { "price" : 100.00 , "time" : 1646358424 , "ticker" : "AAPL" } """u8.ToArray();
        Gen<byte> replacement = Gen.OneOf(Gen.Byte, Gen.Char["{}[]\":,.-+eE0123456789 \t\r\n\\/pricetmkAPL"].Select(c => (byte)c));
        Gen.Select(Gen.Int[0, good.Length - 1], replacement).Array[1, 3].Sample(
            damage =>
            {
                byte[] bytes = [.. good];
                foreach ((int at, byte value) in damage) bytes[at] = value;
                Compare(bytes);
            },
            iter: 50_000,
            seed: "0000000000005");
    }

    private static void Compare(byte[] body)
    {
        (int, long)? expected = PriceText.Read(body, "AAPL");
        (int, long)? actual = PriceBody.TryParse(body, Apple, out int price, out long time, out _) ? (price, time) : null;
        Assert.True(expected == actual, $"{Encoding.Latin1.GetString(body)}: expected {expected}, read {actual}");
    }
}
