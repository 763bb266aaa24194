using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Specs.Decision.Signals;

public sealed class CollarTableSpecs
{
    private const int Fair = 1_000_000;
    private readonly CollarTable _table = new(new CollarOptions());

    [Theory]
    [InlineData(0, false, 500)]
    [InlineData(1_000_000, false, 500)]
    [InlineData(1_000_001, false, 450)]
    [InlineData(10_000_000, false, 450)]
    [InlineData(10_000_001, false, 400)]
    [InlineData(30_000_000, false, 400)]
    [InlineData(30_000_001, false, 350)]
    [InlineData(1_000_000, true, 450)]
    [InlineData(1_000_001, true, 340)]
    [InlineData(10_000_001, true, 280)]
    public void should_believe_an_offer_up_to_the_distance_of_its_class_and_none_beyond(int ageUs, bool isVolatile, int distanceBp)
    {
        int away = Fair / 10_000 * distanceBp;
        Assert.True(_table.IsWithin(Fair - away, Fair, (uint)ageUs, isVolatile));
        Assert.True(_table.IsWithin(Fair + away, Fair, (uint)ageUs, isVolatile));
        Assert.False(_table.IsWithin(Fair - away - 1, Fair, (uint)ageUs, isVolatile));
        Assert.False(_table.IsWithin(Fair + away + 1, Fair, (uint)ageUs, isVolatile));
    }

    [Fact]
    public void should_believe_nothing_of_a_volatile_ticker_with_an_old_price_not_even_the_fair_price() =>
        Assert.False(_table.IsWithin(Fair, Fair, 30_000_001, isVolatile: true));

    [Theory]
    [InlineData(10_000_000, false, true)]
    [InlineData(10_000_001, false, false)]
    [InlineData(1_000_000, true, true)]
    [InlineData(1_000_001, true, false)]
    public void should_trade_on_no_price_older_than_its_class_allows(int ageUs, bool isVolatile, bool isFreshEnough) =>
        Assert.Equal(isFreshEnough, _table.IsFreshEnough((uint)ageUs, isVolatile));

    [Fact]
    public void should_compare_the_highest_prices_without_overflow()
    {
        Assert.False(_table.IsWithin(1, Money.PriceMax, 0, false));
        Assert.False(_table.IsWithin(Money.PriceMax, 1, 0, false));
        Assert.True(_table.IsWithin(Money.PriceMax, 1_950_000_000, 0, false));
    }

    [Fact]
    public void should_refuse_a_table_that_believes_more_than_ten_percent_or_whose_ages_do_not_ascend()
    {
        Assert.Throws<ArgumentException>(() => new CollarTable(new() { FreshPpm = CollarOptions.NeverBeyondPpm + 1 }));
        Assert.Throws<ArgumentException>(() => new CollarTable(new() { OldPpm = -1 }));
        Assert.Throws<ArgumentException>(() => new CollarTable(new() { FreshAgeMaxUs = 10_000_000 }));
        Assert.Throws<ArgumentException>(() => new CollarTable(new() { AgeingAgeMaxUs = 10_000_000 }));
    }
}
