using MarketMaker.Contracts;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class UniverseSliceSpecs
{
    [Theory]
    [InlineData("A-F", "A,AAPL,BRK.A,F,FZZZ", "G,GE,Z,0A")]
    [InlineData("T0001-T0100", "T0001,T0050,T0100", "T0101,T0000,T")]
    [InlineData("AAPL", "AAPL", "AAP,AAPLX,A")]
    [InlineData("A-B, TSLA ,X-Z", "AA,TSLA,XOM", "C,TSL,W")]
    [InlineData("FA-FM", "FA,FAB,FM,FMZ", "F,FN,E")]
    [InlineData("'BAC-K'", "BAC-K", "BAC,BAC-L,C")]
    [InlineData("F-F", "F,FB", "E,G")]
    public void should_hold_what_begins_like_its_ends_and_all_between(string text, string inside, string outside)
    {
        UniverseSlice slice = UniverseSlice.Parse(text, out _)!;
        Assert.All(inside.Split(','), name => Assert.True(slice.Contains(Symbol.Parse(name)), name));
        Assert.All(outside.Split(','), name => Assert.False(slice.Contains(Symbol.Parse(name)), name));
    }

    [Fact]
    public void should_be_all_tickers_when_nothing_is_written()
    {
        UniverseSlice slice = UniverseSlice.Parse("", out _)!;
        Universe all = Of("AAPL", "ZZZ");
        Assert.True(slice.IsAll);
        Assert.Same(all, slice.Of(all));
    }

    [Fact]
    public void should_give_every_ticker_to_exactly_one_of_slices_that_touch()
    {
        UniverseSlice[] slices = [.. new[] { "0-F", "G-M", "N-Z" }.Select(text => UniverseSlice.Parse(text, out _)!)];
        Universe all = Of("0X", "A", "FZZZ", "G", "MMM", "N", "ZZZ", "F.A", "M-W");
        Assert.Equal(all.Count, slices.Sum(slice => slice.Of(all)!.Count));
        Assert.All(Enumerable.Range(0, all.Count), index => Assert.Single(slices, slice => slice.Contains(all[index])));
    }

    [Fact]
    public void should_keep_the_alphabetical_order_and_name_what_is_not_traded_today()
    {
        UniverseSlice slice = UniverseSlice.Parse("M-N,AAPL,GONE", out _)!;
        Universe all = Of("ZZZ", "MSFT", "AAPL", "NVDA");
        Universe kept = slice.Of(all)!;
        Assert.Equal(["AAPL", "MSFT", "NVDA"], Enumerable.Range(0, kept.Count).Select(index => kept[index].ToString()));
        Assert.Equal([Symbol.Parse("GONE")], slice.NotIn(all));
    }

    [Fact]
    public void should_be_no_universe_when_none_of_its_tickers_is_traded() => Assert.Null(UniverseSlice.Parse("X-Z", out _)!.Of(Of("AAPL")));

    private static Universe Of(params string[] names) => Universe.TryCreate([.. names.Select(Symbol.Parse)], out Universe? universe, out _) ? universe! : throw new ArgumentException(null, nameof(names));
}
