using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Ledger.Accounting;
using MarketMaker.Records;
using static MarketMaker.Tests.Specs.Ledger.LedgerBench;

namespace MarketMaker.Tests.Specs.Ledger;

public sealed class AccountingSpecs
{
    private static readonly long DayNs = TimeSpan.FromDays(1).Ticks * 100;

    private static readonly Gen<JournalRecord[]> Histories =
        from steps in Gen.Select(Gen.Int[0, 9], Gen.Int[1, 5], Gen.Int[1, 20], Gen.Bool, Gen.Int[0, 200]).Array[0, 40]
        select History(steps);

    [Fact]
    public void should_sell_the_oldest_shares_first_and_split_a_lot()
    {
        LotBook book = Book(Fill(1, Side.Buy, 100, 10_0000), Fill(2, Side.Buy, 100, 12_0000), Fill(3, Side.Sell, 150, 15_0000));
        TickerLots ticker = Assert.Single(book.Tickers);
        Assert.Equal(100 * 5_0000 + 50 * 3_0000, ticker.Gain);
        Assert.Equal((Id(2), 50, 12_0000), Assert.Single(ticker.Lots.Open.Select(lot => (lot.OpenedId, lot.Shares, lot.Price))));
    }

    [Fact]
    public void should_open_a_short_lot_and_gain_when_it_is_bought_back_for_less()
    {
        List<ClosedLot> closed = [];
        LotBook book = Book(closed, Fill(1, Side.Sell, 100, 10_0000), Fill(2, Side.Buy, 130, 8_0000));
        TickerLots ticker = Assert.Single(book.Tickers);
        Assert.Equal(100 * 2_0000, ticker.Gain);
        Assert.Equal(30, ticker.Lots.Shares);
        Assert.Equal(-100, Assert.Single(closed).Lot.Shares);
        YearGain year = ticker.Years[2025];
        Assert.Equal((100, 100 * 10_0000L, 100 * 8_0000L), (year.Shares, year.Proceeds, year.Cost));
    }

    [Fact]
    public void should_compute_as_if_a_broken_execution_had_never_been_though_its_lot_was_sold_meanwhile()
    {
        JournalRecord first = Fill(1, Side.Buy, 100, 10_0000), second = Fill(2, Side.Buy, 100, 12_0000);
        LotBook book = Book(first, second, Fill(3, Side.Sell, 100, 15_0000), BreakOf(first, 4));
        TickerLots ticker = Assert.Single(book.Tickers);
        Assert.Equal((100 * 3_0000, 0), (ticker.Gain, ticker.Lots.Shares));
        Assert.Equal(100 * 3_0000, book.CashChange);
    }

    [Fact]
    public void should_put_a_gain_into_the_year_of_new_york()
    {
        // 3 a.m. UTC on New Year's Day is 10 p.m. of the old year in New York.
        long newYear = new DateTimeOffset(2026, 1, 1, 3, 0, 0, TimeSpan.Zero).ToUnixTimeMilliseconds() * 1_000_000;
        LotBook book = Book(Fill(1, Side.Buy, 1, 10), Fill(2, Side.Sell, 1, 11) with { ExecutedAtNs = newYear }, Fill(3, Side.Buy, 1, 10), Fill(4, Side.Sell, 1, 13) with { ExecutedAtNs = newYear + DayNs });
        Assert.Equal([(2025, 1L), (2026, 3L)], Assert.Single(book.Tickers).Years.Values.Select(year => (year.Year, year.Gain)));
    }

    [SkippableFact]
    public void should_know_the_date_of_new_york_like_the_table_of_time_zones()
    {
        Skip.IfNot(TimeZoneInfo.TryFindSystemTimeZoneById("America/New_York", out TimeZoneInfo? zone), "this host has no table of time zones: apt-get install tzdata");
        for (DateTime hour = new(2024, 1, 1, 0, 30, 0, DateTimeKind.Utc); hour.Year < 2028; hour = hour.AddHours(1))
        {
            long ns = (hour - DateTime.UnixEpoch).Ticks * 100;
            Assert.Equal(DateOnly.FromDateTime(TimeZoneInfo.ConvertTimeFromUtc(hour, zone!)), EasternDate.Of(ns));
        }
    }

    [Fact]
    public void should_take_opening_shares_at_their_cost_and_let_withdrawn_shares_go_without_a_gain()
    {
        LotBook book = Book(
            Adjustment(1, AdjustmentReason.Opening, ticker: "AAPL", shares: 100, price: 9_0000),
            Adjustment(2, AdjustmentReason.Deposit, cash: 500_0000),
            Adjustment(3, AdjustmentReason.Withdrawal, ticker: "AAPL", shares: -40, price: 50_0000),
            Fill(4, Side.Sell, 60, 10_0000));
        TickerLots ticker = Assert.Single(book.Tickers);
        Assert.Equal((60 * 1_0000, 0), (ticker.Gain, ticker.Lots.Shares));
        Assert.Equal(500_0000 + 60 * 9_0000, book.Contributed);
        ProfitStatement statement = ProfitStatement.Of(book, 0, new Dictionary<Symbol, long>(), useLast: true);
        Assert.Equal(60 * 1_0000, statement.Profit);
    }

    [Fact]
    public void should_agree_with_shares_bought_and_sold_one_by_one()
    {
        Histories.Sample(records =>
        {
            LotBook book = Book(records);
            Dictionary<Symbol, SlowLots> reference = SlowLots.Of(records);
            Assert.Equal(reference.Keys.Order(), book.Tickers.Select(ticker => ticker.Symbol));
            foreach (TickerLots ticker in book.Tickers)
            {
                SlowLots slow = reference[ticker.Symbol];
                Assert.Equal(slow.Gains.Where(year => year.Value.Count > 0).Select(year => (year.Key, year.Value.Gain)), ticker.Years.Select(year => (year.Key, year.Value.Gain)));
                Assert.Equal(slow.Shares.Select(share => (share.Price, share.Sign)), ticker.Lots.Open.SelectMany(lot => Enumerable.Repeat((lot.Price, long.Sign(lot.Shares)), (int)Math.Abs(lot.Shares))));
                Assert.Equal(ticker.Lots.Open.Sum(lot => lot.Shares * lot.Price), ticker.Lots.Cost);
            }
        });
    }

    [Fact]
    public void should_earn_what_cash_and_stock_have_grown_by_beyond_what_was_put_in()
    {
        Gen.Select(Histories, Gen.Int[0, 100], Gen.Int[0, 100]).Sample((records, first, second) =>
        {
            const long opening = 1000;
            Dictionary<Symbol, long> prices = new() { [Symbol.Parse("AAPL")] = first, [Symbol.Parse("MSFT")] = second };
            ProfitStatement statement = ProfitStatement.Of(Book(records), opening, prices, useLast: false);
            // Cash and stock by the journal's own rule, breaks and all: the lots take no part in it.
            long cash = opening, stock = 0, putIn = opening;
            foreach (Transaction one in records.Select(record => Transaction.Of(record)))
            {
                cash += one.CashChange;
                if (one.QuantityShares > 0) stock += one.SharesChange * prices[one.Symbol];
                if (one.Kind == JournalRecordKind.Adjustment) putIn += one.CashAmount + one.SharesChange * one.Price;
            }

            Assert.Equal((cash, stock), (statement.Cash, statement.StockValue));
            Assert.Equal(cash + stock - statement.Contributed, statement.Profit);
            // Withdrawn shares leave at cost and not at a price, so only without them is what was put in known from the records alone.
            if (!records.Any(record => record.ReasonCode == AdjustmentReason.Withdrawal && record.QuantityShares > 0)) Assert.Equal(putIn, statement.Contributed);
        });
    }

    [Fact]
    public void should_refuse_to_value_shares_without_a_price()
    {
        LotBook book = Book(Fill(1));
        Assert.Contains("AAPL", Assert.Throws<FormatException>(() => ProfitStatement.Of(book, 0, new Dictionary<Symbol, long>(), useLast: false)).Message, StringComparison.Ordinal);
        Assert.Equal(0, ProfitStatement.Of(book, 0, new Dictionary<Symbol, long>(), useLast: true).Unrealised);
    }

    [Theory]
    [InlineData("1", 1_0000)]
    [InlineData("-0.0001", -1)]
    [InlineData("123456789.1234", 1234567891234)]
    public void should_read_dollars_exactly(string text, long units)
    {
        Assert.True(Amount.TryParse(text, out long read));
        Assert.Equal(units, read);
    }

    [Theory]
    [InlineData("")]
    [InlineData("1,000")]
    [InlineData("1e3")]
    [InlineData("0.00001")]
    [InlineData("NaN")]
    [InlineData("99999999999999999999")]
    [InlineData("$1")]
    public void should_refuse_what_is_no_exact_amount(string text) => Assert.False(Amount.TryParse(text, out _));

    private static LotBook Book(params JournalRecord[] records) => Book([], records);

    private static LotBook Book(List<ClosedLot> closed, params JournalRecord[] records) =>
        LotBook.Of(() => new ArraySource(records), (_, lot) => closed.Add(lot));

    private static JournalRecord[] History((int What, int Quantity, int Price, bool IsBuy, int Day)[] steps)
    {
        List<JournalRecord> records = [];
        HashSet<int> broken = [];
        for (int i = 0; i < steps.Length; i++)
        {
            (int what, int quantity, int price, bool isBuy, int day) = steps[i];
            string ticker = day % 2 == 0 ? "AAPL" : "MSFT";
            int victim = i == 0 ? 0 : day % i;
            JournalRecord record = what switch
            {
                7 => Adjustment(i + 1, AdjustmentReason.Deposit, price, ticker, isBuy ? quantity : -quantity, price),
                8 => Adjustment(i + 1, isBuy ? AdjustmentReason.Correction : AdjustmentReason.Withdrawal, -price, ticker, -quantity, price),
                9 when i > 0 && records[victim].Kind == JournalRecordKind.Execution && broken.Add(victim) => BreakOf(records[victim], i + 1),
                _ => Fill(i + 1, isBuy ? Side.Buy : Side.Sell, quantity, price, ticker),
            };
            record.ExecutedAtNs += (i * 40 + day) * DayNs;
            records.Add(record);
        }

        return [.. records];
    }
}
