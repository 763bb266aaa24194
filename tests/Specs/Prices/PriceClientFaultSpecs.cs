using MarketMaker.Contracts;

namespace MarketMaker.Tests.Specs.Prices;

/// <summary>What the client does when the service misbehaves. In every case the other tickers go on.</summary>
public sealed class PriceClientFaultSpecs
{
    private const string Victim = "T0003";
    private const int VictimIndex = 3;
    private const int Tickers = 20;

    /// <summary>What the service does to one ticker, and which counter tells.</summary>
    public static TheoryData<string, Counter> Manners => new()
    {
        { "stalls", Counter.PriceClientTimeouts },
        { "slow loris", Counter.PriceClientTimeouts },
        { "slow", Counter.PriceClientTimeouts },
        { "endless chunks", Counter.PriceClientRefusedBodies },
        { "status 500", Counter.PriceClientErrorStatuses },
        { "status 404", Counter.PriceClientErrorStatuses },
        { "status 429", Counter.PriceClientErrorStatuses },
        { "status 302", Counter.PriceClientErrorStatuses },
        { "10 MB announced", Counter.PriceClientRefusedBodies },
        { "10 MB sent", Counter.PriceClientRefusedBodies },
        { "no HTTP", Counter.PriceClientRefusedBodies },
        { "no length", Counter.PriceClientRefusedBodies },
        { "header without end", Counter.PriceClientRefusedBodies },
        { "closes before the answer", Counter.PriceClientDisconnects },
        { "closes in the header", Counter.PriceClientDisconnects },
        { "closes in the body", Counter.PriceClientDisconnects },
        { "two answers", Counter.PriceClientRefusedBodies },
        { "wrong ticker", Counter.PriceClientRefusedBodies },
        { "empty body", Counter.PriceClientRefusedBodies },
        { "HTML", Counter.PriceClientRefusedBodies },
        { "NaN", Counter.PriceClientRefusedBodies },
        { "1e308", Counter.PriceClientRefusedBodies },
        { "negative", Counter.PriceClientRefusedBodies },
        { "zero", Counter.PriceClientRefusedBodies },
        { "comma", Counter.PriceClientRefusedBodies },
        { "future", Counter.PriceClientRefusedTimes },
    };

    [Theory]
    [MemberData(nameof(Manners))]
    public void should_refuse_and_count_it_and_keep_the_others_fresh(string manner, Counter counter)
    {
        using PriceClientBench bench = new(Tickers, options => options with { RequestsPerSecond = 200, RequestTimeoutMs = 100 });
        bench.Service.OnRequest = path => path == Victim ? Bad(bench, manner) : bench.Service.Price(path, 100m);

        bench.Run(3_000);

        Assert.True(bench.Count(counter) > 0, $"{counter} tells");
        Assert.Empty(bench.PricesOf(VictimIndex));
        Assert.True(bench.Service.CountOf(Victim) >= 3, "the ticker keeps its turns");
        for (int ticker = 0; ticker < Tickers; ticker++)
        {
            if (ticker == VictimIndex) continue;
            Assert.True(bench.PricesOf(ticker).Count() >= 3, $"ticker {ticker} has {bench.PricesOf(ticker).Count()} prices");
            Assert.True(bench.PricesOf(ticker).Last().AsOfNs > bench.Time.Ns - ManualTime.NsPerSecond, $"ticker {ticker} is fresh");
        }

        Assert.All(bench.Published, price => Assert.Equal(100 * Money.UnitsPerDollar, price.Price));
    }

    [Fact]
    public void should_leave_a_connection_that_answers_for_another_ticker()
    {
        using PriceClientBench bench = new(Tickers, options => options with { Connections = 1 });
        bool isShifted = true;
        bench.Service.OnRequest = path =>
        {
            bool shifts = isShifted;
            isShifted = false;
            return bench.Service.Price(shifts ? "T0007" : path, 100m);
        };

        bench.Run(500);

        Assert.Equal(1, bench.Count(Counter.PriceClientDisconnects));
        Assert.Equal(1, bench.Count(Counter.PriceClientRefusedBodies));
        Assert.Equal(2, bench.Service.ConnectsNs.Count);
    }

    [Fact]
    public void should_never_take_an_answer_that_nobody_asked_for()
    {
        using PriceClientBench bench = new(tickers: 1);
        bench.Service.OnRequest = path =>
            new Reply(bench.Service.Price(path, 100m).Text + bench.Service.Price(path, 105m).Text);

        bench.Run(1_000);

        Assert.True(bench.Published.Count > 1);
        Assert.All(bench.Published, price => Assert.Equal(100 * Money.UnitsPerDollar, price.Price));
        Assert.Equal(bench.Service.ConnectsNs.Count, bench.Count(Counter.PriceClientDisconnects) + bench.Service.OpenConnections);
    }

    [Fact]
    public void should_repeat_what_was_lost_with_a_connection_before_the_next_turn()
    {
        using PriceClientBench bench = new(1_000, options => options with { Connections = 1, RequestTimeoutMs = 100, RequestsPerSecond = 200 });
        bool stalled = false;
        bench.Service.OnRequest = path =>
        {
            if (stalled) return bench.Service.Price(path, 100m);
            stalled = true;
            return FakePriceService.Stall;
        };

        bench.Run(300);

        string[] paths = [.. bench.Service.Requests.Select(request => request.Path)];
        Assert.Equal(["T0000", "T0001", "T0002", "T0003"], paths[..4]);
        // The head waits for its turn; those behind it are asked for again at once, then the round goes on.
        Assert.Equal(["T0001", "T0002", "T0003", "T0004"], paths[4..8]);
        Assert.Equal(1, bench.Count(Counter.PriceClientTimeouts));
    }

    [Fact]
    public void should_wait_longer_after_every_failed_attempt_and_say_so_once()
    {
        using PriceClientBench bench = new(5, options => options with { Connections = 1, BackoffMinMs = 50, BackoffMaxMs = 1_000 });
        bench.Service.RefusesConnections = true;

        bench.Run(20_000);

        long[] pausesMs = [.. bench.Service.ConnectsNs.Zip(bench.Service.ConnectsNs.Skip(1), (a, b) => (b - a) / ManualTime.NsPerMs)];
        for (int i = 0; i < pausesMs.Length; i++)
        {
            long fullMs = Math.Min(1_000, 50L << Math.Min(i, 10));
            Assert.InRange(pausesMs[i], fullMs / 2, fullMs + 1);
        }

        Assert.True(pausesMs[6..].Distinct().Count() > 5, "chance keeps the pauses apart");
        Assert.Equal([LogMessage.PriceServiceDown], bench.Log);
        Assert.Empty(bench.Service.Requests);
    }

    [Fact]
    public void should_come_back_within_the_longest_pause_and_say_so()
    {
        using PriceClientBench bench = new(5, options => options with { BackoffMaxMs = 500 });
        bench.Run(100);
        bench.Service.RefusesConnections = true;
        bench.Service.OnRequest = _ => new Reply("") { Closes = true };
        bench.Run(10_000);
        bench.Service.RefusesConnections = false;
        bench.Service.OnRequest = null;
        bench.Published.Clear();

        bench.Run(600);

        Assert.Equal(5, bench.Published.Select(price => price.TickerIndex).Distinct().Count());
        Assert.Equal([LogMessage.PriceServiceUp, LogMessage.PriceServiceDown, LogMessage.PriceServiceUp], bench.Log);
    }

    [Fact]
    public void should_give_up_an_attempt_to_connect_that_hangs()
    {
        using PriceClientBench bench = new(5, options => options with { RequestTimeoutMs = 100, Connections = 1 });
        bench.Service.HangsOnConnect = true;
        bench.Run(5_000);
        Assert.True(bench.Service.ConnectsNs.Count >= 3);
        bench.Service.HangsOnConnect = false;

        bench.Run(2_200);

        Assert.NotEmpty(bench.Published);
    }

    [Fact]
    public void should_serve_every_ticker_when_the_service_closes_after_each_answer()
    {
        using PriceClientBench bench = new(Tickers);
        bench.Service.OnRequest = path =>
        {
            Reply good = bench.Service.Price(path, 100m);
            return good with { Text = good.Text.Replace("OK\r\n", "OK\r\nConnection: close\r\n"), Closes = true };
        };

        bench.Run(500);

        Assert.Equal(Tickers, bench.Published.Select(price => price.TickerIndex).Distinct().Count());
        // After the first answer of a connection it asks for one thing at a time, so hardly a request is wasted.
        Assert.True(bench.Service.Requests.Count <= bench.Published.Count + 2 * bench.Options.PipelineDepth);
        Assert.Equal(0, bench.Count(Counter.PriceClientDisconnects));
    }

    [Fact]
    public void should_refuse_a_time_that_goes_back_and_keep_the_last_good_price()
    {
        using PriceClientBench bench = new(tickers: 1);
        bench.Run(2);
        bench.Service.OnRequest = path => bench.Service.Price(path, 101m, ManualTime.WallSecondsAtStart - 1);
        bench.Run(100);

        Assert.All(bench.Published, price => Assert.Equal(1_000_000, price.Price));
        Assert.True(bench.Count(Counter.PriceClientRefusedTimes) > 0);
    }

    [Fact]
    public void should_refuse_a_time_more_than_two_seconds_ahead()
    {
        using PriceClientBench bench = new(tickers: 1);
        bench.Service.OnRequest = path => bench.Service.Price(path, 100m, bench.Time.WallSeconds + 3);
        bench.Run(20);
        Assert.Empty(bench.Published);

        bench.Service.OnRequest = path => bench.Service.Price(path, 100m, bench.Time.WallSeconds + 2);
        bench.Run(20);
        Assert.NotEmpty(bench.Published);
    }

    [Theory]
    [InlineData(110.0001, true)]
    [InlineData(89.9999, true)]
    [InlineData(110.0, false)]
    [InlineData(90.0, false)]
    public void should_hold_a_change_of_more_than_ten_percent_back_until_a_second_answer_agrees(decimal price, bool held)
    {
        using PriceClientBench bench = new(1_000, options => options with { RequestsPerSecond = 100 });
        bench.Ask(500);
        bench.Run(20);
        Assert.Single(bench.PricesOf(500));
        bench.Service.OnRequest = path => bench.Service.Price(path, path == "T0500" ? price : 100m);

        bench.Ask(500);
        bench.Run(100);

        // The second answer is asked for at once, not in its turn.
        Assert.Equal(held ? 3 : 2, bench.Service.CountOf("T0500"));
        Assert.Equal(held ? 1 : 0, bench.Count(Counter.PriceClientRefusedJumps));
        Assert.Equal([1_000_000, (int)(price * 10_000)], bench.PricesOf(500).Select(published => published.Price));
    }

    [Fact]
    public void should_not_take_a_jump_for_confirmed_by_an_answer_more_than_one_percent_away()
    {
        using PriceClientBench bench = new(tickers: 1);
        bench.Run(2);
        decimal[] answers = [1000m, 1010.01m, 989m, 100.5m, 1000m, 1010m];
        int number = 0;
        bench.Service.OnRequest = path => bench.Service.Price(path, answers[Math.Min(number++, answers.Length - 1)]);

        bench.Run(100);

        // 1010.01 and 989 do not confirm the one before; 100.5 is no jump from 100; then 1010 is within 1 % of 1000.
        Assert.Equal(
            [1_000_000, 1_005_000, 10_100_000], bench.Published.Select(price => price.Price).Distinct());
        Assert.Equal(4, bench.Count(Counter.PriceClientRefusedJumps));
    }

    [Fact]
    public void should_not_spend_the_budget_on_a_ticker_that_jumps_at_every_answer()
    {
        using PriceClientBench bench = new(100, options => options with { RequestsPerSecond = 1_000 });
        decimal price = 100m;
        bench.Service.OnRequest = path => bench.Service.Price(path, path == Victim ? price = price > 1_000m ? 1m : price * 2 : 100m);

        bench.Run(2_000);

        int others = bench.Service.CountOf("T0050");
        Assert.InRange(bench.Service.CountOf(Victim), 2, others * 2);
    }

    private static Reply Bad(PriceClientBench bench, string manner) => manner switch
    {
        "stalls" => FakePriceService.Stall,
        "slow loris" => bench.Service.Price(Victim, 1m) with { BytesPerMs = 1, Text = "HTTP/1.1 200 OK\r\nA: " + new string('b', 5_000) },
        "slow" => bench.Service.Price(Victim, 1m) with { DelayNs = 150 * ManualTime.NsPerMs },
        "endless chunks" => new Reply("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + string.Concat(Enumerable.Repeat("400\r\n" + new string(' ', 1_024) + "\r\n", 65))),
        "status 500" => FakePriceService.Status(500),
        "status 404" => FakePriceService.Status(404),
        "status 429" => FakePriceService.Status(429),
        "status 302" => FakePriceService.Status(302),
        "10 MB announced" => new Reply("HTTP/1.1 200 OK\r\nContent-Length: 10485760\r\n\r\n"),
        "10 MB sent" => FakePriceService.Ok(new string(' ', 10 * 1_024 * 1_024)),
        "no HTTP" => new Reply("SSH-2.0-OpenSSH_9.2\r\n"),
        "no length" => new Reply("HTTP/1.1 200 OK\r\n\r\n{}"),
        "header without end" => new Reply("HTTP/1.1 200 OK\r\nA: " + new string('b', 9_000)),
        "closes before the answer" => new Reply("") { Closes = true },
        "closes in the header" => new Reply("HTTP/1.1 200 OK\r\nConte") { Closes = true },
        "closes in the body" => new Reply("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n{\"price\":1") { Closes = true },
        // The second belongs to nobody, or to the wrong one of those behind it.
        "two answers" => new Reply(bench.Service.Price("T0000", 1m).Text + bench.Service.Price(Victim, 1m).Text),
        "wrong ticker" => bench.Service.Price("T0004", 1m),
        "empty body" => FakePriceService.Ok(""),
        "HTML" => FakePriceService.Ok("<html>502 Bad Gateway</html>"),
        "NaN" => Body("NaN", bench),
        "1e308" => Body("1e308", bench),
        "negative" => Body("-1.00", bench),
        "zero" => Body("0.00", bench),
        "comma" => Body("100,00", bench),
        "future" => bench.Service.Price(Victim, 1m, bench.Time.WallSeconds + 60),
        _ => throw new ArgumentOutOfRangeException(nameof(manner), manner, null),
    };

    private static Reply Body(string price, PriceClientBench bench) =>
        FakePriceService.Ok($$"""{"price":{{price}},"time":{{bench.Time.WallSeconds}},"ticker":"{{Victim}}"}""");
}
