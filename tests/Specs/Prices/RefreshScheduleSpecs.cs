using CsCheck;
using MarketMaker.Backtest.Simulation;
using MarketMaker.Contracts;
using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class RefreshScheduleSpecs
{
    private const long NsPerSecond = 1_000_000_000;

    [Fact]
    public void should_give_every_ticker_its_first_turn_in_order_before_any_second_one()
    {
        PriceCache cache = new(PriceClientBench.UniverseOf(300));
        RefreshSchedule schedule = new(Options(100), cache);

        int[] turns = [.. Enumerable.Range(0, 600).Select(i => (int)schedule.Next(i * NsPerSecond / 100))];

        Assert.Equal(Enumerable.Range(0, 300), turns[..300]);
        Assert.Equal(Enumerable.Range(0, 300), turns[300..].Order());
    }

    [Fact]
    public void should_ask_in_proportion_to_volatility_and_to_the_square_root_of_offers_near_the_threshold()
    {
        Day day = new(tickers: 8, requestsPerSecond: 80);
        // A ticker of its own kind, one with four times the volatility, one with sixteen times the offers.
        for (int i = 0; i < 8; i++) (day.Cache.Lines[i].SigmaCentiBp, day.OffersPerSecond[i]) = (100, 10);
        day.Cache.Lines[1].SigmaCentiBp = 400;
        day.OffersPerSecond[2] = 160;

        day.Run(60);
        int[] before = [.. day.Turns];
        day.Run(60);

        double[] turns = [.. day.Turns.Zip(before, (after, earlier) => (double)(after - earlier))];
        Assert.InRange(turns[1] / turns[0], 3.8, 4.2);
        Assert.InRange(turns[2] / turns[0], 3.8, 4.2);
        Assert.InRange(turns[3] / turns[0], 0.95, 1.05);
    }

    [Fact]
    public void should_learn_from_the_prices_themselves_which_ticker_moves()
    {
        Day day = new(tickers: 10, requestsPerSecond: 100);
        Array.Fill(day.OffersPerSecond, 10);
        Random chance = new(3);
        int price = 1_000_000;
        day.OnTurn = (ticker, nowNs) =>
        {
            if (ticker == 4) price += chance.Next(2) == 0 ? 400 : -400;
            day.Schedule.OnPrice(ticker, ticker == 4 ? price : 1_000_000, nowNs);
        };

        day.Run(900);
        int[] before = [.. day.Turns];
        day.Run(100);

        int[] turns = [.. day.Turns.Zip(before, (after, earlier) => after - earlier)];
        Assert.True(turns[4] > 5 * turns[5], $"the moving ticker had {turns[4]} turns, a still one {turns[5]}");
    }

    [Fact]
    public void should_let_no_price_grow_older_than_the_cap_though_the_urgent_take_half_of_the_budget()
    {
        Day day = new(tickers: 1_400, requestsPerSecond: 100, capSeconds: 30);
        // All the offers are in a few tickers, and others are asked for out of turn: what is planned is twice what is left.
        for (int i = 5; i < 10; i++) day.OffersPerSecond[i] = 10_000;
        day.UrgentTickers = 5;

        day.Run(120);
        day.LongestGapNs = 0;
        day.Run(300);

        // A whole round of the budget may lie between the cap and the turn of the last of those that reach it together.
        Assert.InRange(day.LongestGapNs, 20 * NsPerSecond, 31 * NsPerSecond);
    }

    [Theory]
    [InlineData(3_000, 100, 30)]
    [InlineData(3_001, 100, 61)]
    [InlineData(5_000, 50, 200)]
    public void should_hold_a_longer_cap_where_the_budget_is_too_small_for_the_one_set(int tickers, int requestsPerSecond, long seconds)
    {
        PriceCache cache = new(PriceClientBench.UniverseOf(tickers));

        Assert.Equal(seconds * NsPerSecond, new RefreshSchedule(Options(requestsPerSecond), cache).AgeCapNs);
    }

    [Fact]
    public void should_say_at_start_when_the_budget_is_too_small_for_the_age_cap()
    {
        using PriceClientBench bench = new(200, options => options with { RequestsPerSecond = 5, PriceAgeCapSeconds = 30 });
        bench.Run(10);
        Assert.Contains(LogMessage.PriceBudgetSmall, bench.Log);

        using PriceClientBench enough = new(200, options => options with { RequestsPerSecond = 10, PriceAgeCapSeconds = 30 });
        enough.Run(10);
        Assert.DoesNotContain(LogMessage.PriceBudgetSmall, enough.Log);
    }

    [Fact]
    public void should_never_pass_the_budget_in_any_second_whatever_is_urgent()
    {
        Gen.Select(Gen.Int[1, 3_000], Gen.Int[1, 400], Gen.Int[0, 64], Gen.Int[1, 5_000_000], Gen.Int).Sample(
            (requestsPerSecond, tickers, urgentPerCycle, stepNs, seed) =>
            {
                using PriceClientBench bench = new(tickers, options => options with { RequestsPerSecond = requestsPerSecond, PipelineDepth = 64 });
                Random chance = new(seed);
                for (int cycle = 0; cycle < 300; cycle++)
                {
                    for (int i = chance.Next(urgentPerCycle + 1); i > 0; i--) bench.Ask((ushort)chance.Next(tickers));
                    bench.Run(0);
                    bench.Cycle();
                    // Now and then the process stands still.
                    bench.Time.Advance(chance.Next(50) == 0 ? 300_000_000 : chance.Next(2 * stepNs));
                }

                long[] sentNs = [.. bench.Service.Requests.Select(request => request.Ns)];
                for (int i = requestsPerSecond; i < sentNs.Length; i++)
                    Assert.True(sentNs[i] - sentNs[i - requestsPerSecond] >= NsPerSecond, $"{requestsPerSecond + 1} requests within a second");
            },
            iter: 25);
    }

    [Fact]
    public void should_lose_little_more_than_the_best_rates_with_all_known_and_far_less_than_equal_rates_with_all_learned()
    {
        const int requestsPerSecond = 200;
        RefreshModel known = new(tickers: 1_000, offersPerSecond: 5_000, seed: 11);
        Assert.InRange(known.ScheduleLoss(requestsPerSecond, isKnown: true, 120, 120) / known.FormulaLoss(requestsPerSecond), 0.9, 1.15);

        RefreshModel learned = new(tickers: 1_000, offersPerSecond: 5_000, seed: 12);
        double loss = learned.ScheduleLoss(requestsPerSecond, isKnown: false, 300, 200);
        Assert.True(loss <= 1.25 * learned.FormulaLoss(requestsPerSecond), $"{loss / learned.FormulaLoss(requestsPerSecond):F3} of the formula's");
        Assert.True(loss <= 0.5 * learned.UniformLoss(requestsPerSecond), $"{loss / learned.UniformLoss(requestsPerSecond):F3} of equal rates'");
    }

    [Fact]
    public void should_allocate_nothing()
    {
        Day day = new(tickers: 200, requestsPerSecond: 1_000);
        Array.Fill(day.OffersPerSecond, 10);
        day.UrgentTickers = 3;
        day.OnTurn = (ticker, nowNs) => day.Schedule.OnPrice(ticker, 1_000_000, nowNs);
        day.Run(11);
        long before = GC.GetAllocatedBytesForCurrentThread();

        day.Run(30);

        Assert.Equal(0, GC.GetAllocatedBytesForCurrentThread() - before);
    }

    private static PriceClientOptions Options(int requestsPerSecond, int capSeconds = 30) =>
        new() { RequestsPerSecond = requestsPerSecond, PriceAgeCapSeconds = capSeconds };

    /// <summary>A schedule in virtual time, with even offers and a service that answers at once.</summary>
    private sealed class Day
    {
        private readonly int _requestsPerSecond;
        private readonly long[] _askedNs;
        private readonly double[] _offers;
        private long _request;

        public Day(int tickers, int requestsPerSecond, int capSeconds = 30)
        {
            _requestsPerSecond = requestsPerSecond;
            Cache = new PriceCache(PriceClientBench.UniverseOf(tickers));
            Schedule = new RefreshSchedule(Options(requestsPerSecond, capSeconds), Cache);
            OffersPerSecond = new double[tickers];
            Turns = new int[tickers];
            _askedNs = new long[tickers];
            _offers = new double[tickers];
        }

        public PriceCache Cache { get; }

        public RefreshSchedule Schedule { get; }

        public double[] OffersPerSecond { get; }

        public int[] Turns { get; }

        /// <summary>Every second request is one of the first so many, out of turn; 0: none.</summary>
        public int UrgentTickers { get; set; }

        public long LongestGapNs { get; set; }

        public Action<ushort, long> OnTurn { get; set; } = (_, _) => { };

        public void Run(int seconds)
        {
            for (long end = _request + (long)seconds * _requestsPerSecond; _request < end; _request++)
            {
                long nowNs = _request * NsPerSecond / _requestsPerSecond;
                if (_request % _requestsPerSecond == 0) CountOffers();
                Schedule.Work(nowNs);
                ushort ticker = (ushort)(_request / 2 % Math.Max(1, UrgentTickers));
                if (UrgentTickers > 0 && _request % 2 == 0) Schedule.OnAsked(ticker, nowNs);
                else ticker = Schedule.Next(nowNs);
                Turns[ticker]++;
                LongestGapNs = Math.Max(LongestGapNs, nowNs - _askedNs[ticker]);
                _askedNs[ticker] = nowNs;
                OnTurn(ticker, nowNs);
            }
        }

        private void CountOffers()
        {
            for (int i = 0; i < _offers.Length; i++) Cache.Lines[i].OffersNearThreshold = (uint)(_offers[i] += OffersPerSecond[i]);
        }
    }
}
