using System.Text;
using MarketMaker.Platform.Control;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Tests.Specs.Platform.Control;

public sealed class ControlOrderSpecs
{
    [Theory]
    [InlineData("halt", StopReasons.Person, StopReasons.None)]
    [InlineData("halt\n", StopReasons.Person, StopReasons.None)]
    [InlineData("halt\r\n\r\n# because\r\n", StopReasons.Person, StopReasons.None)]
    [InlineData("reduce\n", StopReasons.None, StopReasons.Person)]
    [InlineData("resume\n", StopReasons.None, StopReasons.None)]
    [InlineData("halt\ncauses: day-loss, watchdog\n", StopReasons.DayLoss | StopReasons.Watchdog, StopReasons.None)]
    [InlineData("halt\ncauses: person, reduce\n", StopReasons.Person, StopReasons.Person)]
    public void should_read_a_word_and_its_causes(string text, StopReasons sends, StopReasons buys)
    {
        ControlOrder? order = ControlOrder.Parse(Encoding.UTF8.GetBytes(text), out string error);
        Assert.Equal("", error);
        Assert.Equal(new GateWord(sends, buys), order!.Stops);
    }

    [Theory]
    [InlineData("halt\ncauses: reduce\n")]
    [InlineData("resume\ncauses: person\n")]
    [InlineData("resume\ncauses: day-loss\n")]
    public void should_take_the_stricter_of_a_word_and_the_causes_below_it(string text)
    {
        Assert.Equal("halt", ControlOrder.Parse(Encoding.UTF8.GetBytes(text), out _)!.Word);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("HALT\n")]
    [InlineData("halted\n")]
    [InlineData("go\n")]
    [InlineData("1\n")]
    [InlineData("resume now\n")]
    [InlineData("resume\nwhatever\n")]
    [InlineData("resume\ncauses: weather\n")]
    [InlineData("resume\ncauses: ids\n")]
    [InlineData("resume\nat: yesterday\n")]
    [InlineData("resume\ncolour: red\n")]
    [InlineData("resume\0\0\0\n")]
    public void should_refuse_everything_else_and_say_why(string text)
    {
        Assert.Null(ControlOrder.Parse(Encoding.UTF8.GetBytes(text), out string error));
        Assert.NotEmpty(error);
    }

    [Fact]
    public void should_refuse_what_is_no_text_or_too_long()
    {
        Assert.Null(ControlOrder.Parse([(byte)'h', 0xFF, 0xFE], out _));
        Assert.Null(ControlOrder.Parse(Encoding.UTF8.GetBytes("resume\n" + new string('#', ControlOrder.BytesMax)), out string error));
        Assert.Contains("longer", error, StringComparison.Ordinal);
    }

    [Fact]
    public void should_read_what_it_writes_for_every_state()
    {
        foreach (StopReasons sends in new[] { StopReasons.None, StopReasons.Person, StopReasons.DayLoss, StopReasons.Person | StopReasons.Contradictions })
        {
            foreach (StopReasons buys in new[] { StopReasons.None, StopReasons.Person })
            {
                ControlOrder order = new(new GateWord(sends, buys)) { By = "ops (uid 7), process 9", Reason = "lunch: early", At = new DateTime(2026, 11, 30, 3, 8, 26, 123, DateTimeKind.Utc) };
                Assert.Equal(order, ControlOrder.Parse(order.Format(), out _));
            }
        }
    }

    [Fact]
    public void should_keep_a_reason_on_one_line_and_within_bounds()
    {
        ControlOrder order = new(default(GateWord)) { Reason = "a\nresume\ncauses: x" + new string('ü', 2_000), By = "b" };
        byte[] text = order.Format();
        Assert.True(text.Length <= ControlOrder.BytesMax);
        Assert.StartsWith("a resume causes: x", ControlOrder.Parse(text, out _)!.Reason, StringComparison.Ordinal);
    }
}
