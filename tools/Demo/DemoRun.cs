using System.Globalization;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Records;
using Spectre.Console;

namespace MarketMaker.Demo;

/// <summary>Starts venue, shipper and engine, lets them trade, stops them in order and compares their records.</summary>
internal sealed class DemoRun(DemoOptions options, DemoFolder folder, CancellationToken interrupted) : IDisposable
{
    private const string Participant = "MMDEMO";

    // The strict rule's, which the host's INI file leaves as it is.
    private const int UsualEdgePercent = 1;
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromMilliseconds(200);

    private readonly DemoPrograms _programs = new(options.Dist, interrupted);
    private readonly List<string> _problems = [];
    private readonly EngineWatch _watch = new(folder.Counters);
    private ChildProcess _engine = null!;
    private int _engineStarts;

    public DemoReport Run()
    {
        ChildProcess venue = StartVenue();
        RunToEnd("marketmaker", "init", "--config", folder.Ini);
        RunToEnd("mm-shipper", "lease", "--config", folder.Ini);
        ChildProcess shipper = Launch("mm-shipper", "run", "--config", folder.Ini);
        ChildProcess volatility = StartVolatility();
        StartEngine();
        double seconds = Trade();

        AnsiConsole.WriteLine("stopping: venue, engine, volatility service, shipper");
        foreach (ChildProcess child in (ReadOnlySpan<ChildProcess>)[venue, _engine, volatility, shipper]) _programs.Stop(child);
        _problems.AddRange(_programs.Problems);
        return Report(seconds);
    }

    public void Dispose()
    {
        _programs.Dispose();
        _watch.Dispose();
    }

    private ChildProcess StartVenue()
    {
        string ready = folder.File("venue-ready.json");
        int feedPort = DemoFolder.FreeUdpPort();
        ChildProcess venue = Launch("mm-venue", [
            "sim", "--seed", Text(options.Seed), "--tickers", Text(options.Tickers), "--rate", Text(options.Rate),
            "--competitors", Text(options.Competitors), "--feed", $"127.0.0.1:{feedPort}",
            "--request-port", "0", "--snapshot-port", "0", "--order-port", "0", "--price-port", "0",
            "--username", Participant, "--password-file", folder.PasswordFile, "--fills", folder.Fills,
            "--stats", folder.File("venue-stats.json"), "--ready-file", ready,
            "--wild-share", (options.WildPercent / 100.0).ToString(CultureInfo.InvariantCulture), "--wild-factor", Text(options.WildFactor),
            "--wild-from-s", Text(options.WildFrom), .. options.VenueArguments]);
        _programs.WaitFor(() => File.Exists(ready), venue, "open its ports");
        VenuePorts.WriteIni(options.Config, folder, ready, feedPort, Participant, $"sqlite:{folder.Ledger}");
        return venue;
    }

    private ChildProcess StartVolatility()
    {
        string ready = folder.File("volatility-ready.json");
        string address = $"127.0.0.1:{DemoFolder.FreeUdpPort()}";
        ChildProcess service = Launch("mm-volatility", "run", "--config", folder.Ini, "--address", address, "--request-address", "127.0.0.1:0",
            "--state-file", folder.File("volatility.state"), "--changes-file", folder.VerdictChanges, "--ready-file", ready);
        _programs.WaitFor(() => File.Exists(ready), service, "publish verdicts");
        using JsonDocument ports = JsonDocument.Parse(File.ReadAllText(ready));
        EngineIni.Write(folder.Ini, folder.Ini, new Dictionary<(string, string), string>
        {
            [("verdicts", "enabled")] = "true",
            [("verdicts", "address")] = address,
            [("verdicts", "request-address")] = $"127.0.0.1:{ports.RootElement.GetProperty("requestPort").GetInt32()}",
        });
        return service;
    }

    private void StartEngine()
    {
        _engine = Launch("marketmaker", "run", "--config", folder.Ini);
        _engineStarts++;
        _programs.WaitFor(() => _watch.TryAttach(_engineStarts - 1) && _watch.Current!.Read(Counter.HostState) == (long)EngineState.Trading, _engine, "begin to trade");
    }

    private double Trade()
    {
        AnsiConsole.WriteLine($"trading for {options.Seconds} s at {options.Rate:N0} offers/s; Ctrl-C ends it early");
        long startedNs = System.Diagnostics.Stopwatch.GetTimestamp();
        int saidSecond = 0;
        bool killed = false;
        while (true)
        {
            double elapsed = (System.Diagnostics.Stopwatch.GetTimestamp() - startedNs) / 1e9;
            _watch.Sample();
            if (elapsed >= options.Seconds || interrupted.WaitHandle.WaitOne(SamplePeriod)) return elapsed;
            _programs.ThrowIfOneEnded();
            if ((int)elapsed > saidSecond) AnsiConsole.WriteLine(DemoPage.Progress(saidSecond = (int)elapsed, _watch));
            if (options.KillEngineAt == 0 || killed || elapsed < options.KillEngineAt) continue;
            killed = true;
            AnsiConsole.WriteLine("killing the engine (SIGKILL) and starting it again");
            _programs.Kill(_engine);
            StartEngine();
        }
    }

    private DemoReport Report(double seconds)
    {
        ReconciliationResult records = Reconcile();
        if (records.Venue == 0) _problems.Add("nothing was traded");
        using JsonDocument venue = JsonDocument.Parse(File.ReadAllText(folder.File("venue-stats.json")));
        SortedDictionary<string, long> refused = _watch.Refused();
        long seen = _watch.Sum(Counter.FeedOffersSeen);
        long sent = _watch.Sum(Counter.ExecutionSent);
        bool accounted = _watch.IsEveryOfferAccounted();
        if (!accounted) _problems.Add($"offers seen {seen:N0} are not refused {refused.Values.Sum():N0} + executes sent {sent:N0}");
        (double executes, double executions) = _watch.LastThird();
        Platform.Counters.CounterFile last = _watch.Current!;
        decimal cash = Dollars(last.Read(Counter.JournalCash));
        decimal inventory = Dollars(last.Read(Counter.DecisionInventoryValue));
        return new DemoReport
        {
            Rate = options.Rate,
            Seconds = Math.Round(seconds, 2),
            OffersSent = venue.RootElement.GetProperty("offersSent").GetInt64(),
            OffersSeen = seen,
            FeedLost = _watch.Sum(Counter.FeedMessagesLost),
            KernelDrops = _watch.Sum(Counter.HostKernelDrops),
            Gaps = _watch.Sum(Counter.FeedGaps),
            Refused = refused,
            ExecutesSent = sent,
            Wins = _watch.Sum(Counter.ExecutionWins),
            Losses = _watch.Sum(Counter.ExecutionLosses),
            Rejects = _watch.Sum(Counter.ExecutionRejects),
            Unknown = last.Read(Counter.ExecutionUnknown),
            Executions = _watch.Sum(Counter.ExecutionExecutions),
            BrokenTrades = _watch.Sum(Counter.ExecutionBrokenTrades),
            // The journal remembers its earlier lives, so the last one tells it all.
            Buys = last.Read(Counter.JournalBuys),
            Sells = last.Read(Counter.JournalSells),
            ExecutesPerSecond = Math.Round(executes, 1),
            ExecutionsPerSecond = Math.Round(executions, 1),
            JournalRows = records.Journal,
            DatabaseRows = records.Database,
            VenueExecutions = records.Venue,
            Reconciled = records.Differences == 0 && _problems.Count == 0,
            OffersAccounted = accounted,
            Cash = cash,
            InventoryValue = inventory,
            Profit = cash + inventory - OpeningCash(),
            TickToOrderNs = Percentiles.Of(last[HopHistogram.ReceivedToSent]),
            AnswerToDurableNs = Percentiles.Of(last[HopHistogram.AnsweredToDurable]),
            OrderToAnswerNs = Percentiles.Of(last[HopHistogram.SentToAnswered]),
            GcCollections = Measured(last.Read(Counter.HostCollections)),
            AllocatedBytes = Measured(last.Read(Counter.HostAllocatedBytes)),
            RssAnonBytes = last.Read(Counter.HostRssAnonBytes),
            StartupMs = Math.Round((last.Read(Counter.DecisionFirstOfferNs) - _engine.StartedNs) / 1e6, 1),
            Verdicts = VerdictFindings.Read(venue.RootElement, folder.VerdictChanges, options.WildFrom),
            SoldOff = ReadSoldOff(),
            VerdictChanges = _watch.Sum(Counter.AlertsChanges),
            VerdictStops = _watch.Sum(Counter.AlertsStops),
            VerdictToFlagNs = Percentiles.Of(last[HopHistogram.VerdictToFlag]),
            EngineStarts = _engineStarts,
            GeneratorLagMaxMs = venue.RootElement.GetProperty("lagMaxUs").GetInt64() / 1e3,
            Problems = [.. _problems],
        };
    }

    private ReconciliationResult Reconcile()
    {
        const int ShownMax = 20;
        using JournalReader journal = JournalReader.Open(folder.Journal);
        using LedgerDatabase database = LedgerDatabase.Open($"sqlite:{folder.Ledger}", passwordFile: null);
        int shown = 0;
        return Reconciliation.Run(
            new ReconciliationInput { Journal = journal, Database = database, VenueFiles = [folder.Fills], Participant = Participant, CoversAllSessions = true, IsStrict = true },
            difference =>
            {
                if (shown++ < ShownMax) _problems.Add($"transaction {difference.Id}, match {difference.MatchNumber}: {difference.Detail}");
            });
    }

    private SoldOff ReadSoldOff()
    {
        using JournalReader journal = JournalReader.Open(folder.Journal);
        return SoldOff.Read(journal, UsualEdgePercent);
    }

    private decimal OpeningCash()
    {
        string line = File.ReadLines(folder.Ini).First(line => line.TrimStart().StartsWith("cash", StringComparison.Ordinal));
        return decimal.Parse(line.Split('=')[1], CultureInfo.InvariantCulture);
    }

    private void RunToEnd(string program, params string[] arguments) => _programs.RunToEnd(program, folder.File($"{program}-{arguments[0]}.log"), arguments);

    private ChildProcess Launch(string program, params string[] arguments) => _programs.Launch(program, folder.File($"{program}.log"), arguments);

    // The engine has no figure before its warm-up has ended.
    private static long? Measured(long counter) => counter < 0 ? null : counter;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static decimal Dollars(long units) => (decimal)units / Money.UnitsPerDollar;
}

/// <summary>The demo cannot go on; the message says which program, and why.</summary>
internal sealed class DemoFailedException(string message) : Exception(message);
