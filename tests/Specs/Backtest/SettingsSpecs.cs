using System.CommandLine;
using System.CommandLine.Parsing;
using MarketMaker.Backtest.Commands;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Tests.Specs.Backtest;

public class SettingsSpecs
{
    [Theory]
    [InlineData("competitors", "65", "competitors must be")]
    [InlineData("competitors", "many", "competitors = many")]
    [InlineData("capital", "some", "tight, middle, ample")]
    [InlineData("latency", "/nowhere/at-all:ns", "latency")]
    [InlineData("volatilty", "2", "there is no setting 'volatilty'")]
    [InlineData("seconds", "0", "session must last")]
    public void should_say_what_is_wrong_with_a_setting(string key, string value, string said)
    {
        FormatException error = Assert.Throws<FormatException>(() => new World().With(key, value).Options(1));
        Assert.Contains(said, error.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("buy-edge-ppm", "-1")]
    [InlineData("buy-edge", "1")]
    public void should_take_keys_of_the_engine_as_the_engine_does(string key, string value)
    {
        FormatException error = Assert.Throws<FormatException>(() => PolicyList.Fixed.With([(key, value)]).Options());
        Assert.Contains(key, error.Message, StringComparison.Ordinal);
        Assert.Equal(4_321, PolicyList.Adaptive.With([("buy-edge-ppm", "4321")]).Options().BuyEdgePpm);
    }

    [Fact]
    public void should_let_the_last_of_equal_settings_count()
    {
        BacktestOptions options = new World().With("competitors", "3").With("capital", "5").With("competitors", "4").Options(1);
        Assert.Equal(4, options.Market.Competitors);
        Assert.Equal(50_000, options.Cash);
    }

    [Fact]
    public void should_give_capital_as_a_share_of_what_sellers_offer()
    {
        World world = new World().With("seconds", "600");
        long[] cash = [.. new[] { "tight", "middle", "ample" }.Select(c => world.With("capital", c).Options(9).Cash)];
        Assert.InRange(cash[1] / (double)cash[0], 4.5 / 1.4 - 0.001, 4.5 / 1.4 + 0.001);
        Assert.InRange(cash[2] / (double)cash[1], 14 / 4.5 - 0.001, 14 / 4.5 + 0.001);
        // The offers are the same whoever competes, and so is the capital.
        Assert.Equal(cash[0], world.With("capital", "tight").With("competitors", "changing").Options(9).Cash);
    }

    [Theory]
    [InlineData("501..520", 20, 501)]
    [InlineData("7", 1, 7)]
    public void should_read_a_range_of_seeds(string text, int count, ulong first)
    {
        ulong[] seeds = CommandLine.Seeds(text);
        Assert.Equal((count, first), (seeds.Length, seeds[0]));
        Assert.Throws<FormatException>(() => CommandLine.Seeds("9..3"));
    }

    [Fact]
    public void should_combine_every_value_with_every_other_and_every_seed()
    {
        Job basis = new(new World(), PolicyList.Fixed, 0);
        List<Job> jobs = SweepCommand.Combinations(basis, [("competitors", ["0", "8"]), ("decision.buy-edge-ppm", ["5000", "10000", "20000"]), ("policy", ["fixed"])], [1, 2]);
        Assert.Equal(12, jobs.Count);
        Assert.Equal([1, 2], jobs.Take(2).Select(j => j.Seed));
        Assert.Throws<FormatException>(() => SweepCommand.Combinations(basis, [("competitors", ["0", "no"])], [1]));
    }

    [Theory]
    [InlineData("recorded")]
    [InlineData("replay")]
    public void should_call_a_file_that_is_not_there_a_mistake_and_say_what_to_write(string verb)
    {
        Command command = verb == "recorded" ? RecordedCommand.Create() : ReplayCommand.Create();
        ParseError error = Assert.Single(command.Parse(["/nowhere/at-all"]).Errors);
        Assert.Contains("there is no file /nowhere/at-all: write the path of", error.Message, StringComparison.Ordinal);
    }
}
