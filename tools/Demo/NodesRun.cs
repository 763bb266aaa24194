using System.Globalization;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Records;
using Spectre.Console;

namespace MarketMaker.Demo;

/// <summary>Several engines against one venue: each with a slice of the tickers, its part of the capital, its own block of ids, and one database.</summary>
internal sealed class NodesRun : IDisposable
{
    private const string Group = "239.255.76.1";
    private const int IdCounterBits = 32;
    private static readonly TimeSpan SamplePeriod = TimeSpan.FromMilliseconds(200);

    private readonly DemoOptions _options;
    private readonly DemoFolder _folder;
    private readonly CancellationToken _interrupted;
    private readonly DemoPrograms _programs;
    private readonly Node[] _nodes;

    public NodesRun(DemoOptions options, DemoFolder folder, CancellationToken interrupted)
    {
        (_options, _folder, _interrupted) = (options, folder, interrupted);
        _programs = new DemoPrograms(options.Dist, interrupted);
        decimal cash = CashOf(options.Config);
        // To the cent, and what is left over to the first.
        decimal part = Math.Floor(cash / options.Nodes * 100) / 100;
        _nodes = [.. Enumerable.Range(1, options.Nodes).Select(number => new Node(
            $"NODE{number}", $"NODE{number}", SliceOf(number, options.Nodes, options.Tickers), number == 1 ? cash - part * (options.Nodes - 1) : part, folder.Node($"node{number}")))];
    }

    public NodesReport Run()
    {
        ChildProcess venue = StartVenue();
        foreach (Node node in _nodes)
        {
            _programs.RunToEnd("marketmaker", node.Folder.File("init.log"), "init", "--config", node.Folder.Ini);
            _programs.RunToEnd("mm-shipper", node.Folder.File("lease.log"), "lease", "--config", node.Folder.Ini);
            node.Shipper = _programs.Launch("mm-shipper", node.Folder.File("mm-shipper.log"), "run", "--config", node.Folder.Ini);
        }

        ChildProcess volatility = StartVolatility();
        foreach (Node node in _nodes) node.Engine = _programs.Launch("marketmaker", node.Folder.File("marketmaker.log"), "run", "--config", node.Folder.Ini);
        foreach (Node node in _nodes)
            _programs.WaitFor(() => node.Watch.TryAttach(0) && node.Watch.Current!.Read(Counter.HostState) == (long)EngineState.Trading, node.Engine, "begin to trade");
        double seconds = Trade();

        AnsiConsole.WriteLine("stopping: venue, engines, volatility service, shippers");
        _programs.Stop(venue);
        foreach (Node node in _nodes) _programs.Stop(node.Engine!);
        _programs.Stop(volatility);
        foreach (Node node in _nodes) _programs.Stop(node.Shipper!);
        return Report(seconds);
    }

    public void Dispose()
    {
        _programs.Dispose();
        foreach (Node node in _nodes) node.Watch.Dispose();
    }

    // Names are T0001 and so on, as mm-venue makes them.
    private static string SliceOf(int number, int nodes, int tickers)
    {
        int digits = Math.Max(4, tickers.ToString(CultureInfo.InvariantCulture).Length);
        return $"{Name((int)((long)tickers * (number - 1) / nodes) + 1)}-{Name((int)((long)tickers * number / nodes))}";

        string Name(int ticker) => "T" + ticker.ToString(CultureInfo.InvariantCulture).PadLeft(digits, '0');
    }

    private static decimal CashOf(string ini)
    {
        string line = File.ReadLines(ini).First(line => line.TrimStart().StartsWith("cash", StringComparison.Ordinal));
        return decimal.Parse(line.Split('=')[1], CultureInfo.InvariantCulture);
    }

    private ChildProcess StartVenue()
    {
        string ready = _folder.File("venue-ready.json");
        // One packet for all: a multicast group that never leaves this host.
        string feed = $"{Group}:{DemoFolder.FreeUdpPort()}";
        ChildProcess venue = _programs.Launch("mm-venue", _folder.File("mm-venue.log"), [
            "sim", "--seed", Text(_options.Seed), "--tickers", Text(_options.Tickers), "--rate", Text(_options.Rate), "--competitors", Text(_options.Competitors),
            "--feed", feed, "--interface", "127.0.0.1", "--request-port", "0", "--snapshot-port", "0", "--order-port", "0", "--price-port", "0",
            "--username", string.Join(',', _nodes.Select(node => node.Participant)), "--password-file", _folder.PasswordFile, "--fills", _folder.Fills,
            "--stats", _folder.File("venue-stats.json"), "--ready-file", ready, "--wait-for-client", "true", .. _options.VenueArguments]);
        _programs.WaitFor(() => File.Exists(ready), venue, "open its ports");
        foreach (Node node in _nodes) VenuePorts.WriteIni(_options.Config, node.Folder, ready, 1, node.Participant, $"sqlite:{_folder.Ledger}", SettingsOf(node, feed));
        return venue;
    }

    // They share the cores of one machine, so none may spin; and each has its own limit at the price service.
    private Dictionary<(string, string), string> SettingsOf(Node node, string feed)
    {
        string core = Text(Array.IndexOf(_nodes, node) % Environment.ProcessorCount);
        return new()
        {
            [("node", "name")] = node.Name,
            [("universe", "tickers")] = node.Slice,
            [("feed", "address-a")] = feed,
            [("feed", "interface")] = "127.0.0.1",
            [("capital", "cash")] = node.OpeningCash.ToString(CultureInfo.InvariantCulture),
            [("threads", "feed")] = core,
            [("threads", "prices")] = core,
            [("threads", "decision")] = core,
            [("threads", "execution")] = core,
            [("threads", "wait")] = "sleep",
        };
    }

    private ChildProcess StartVolatility()
    {
        string ready = _folder.File("volatility-ready.json");
        string[] addresses = [.. _nodes.Select(_ => $"127.0.0.1:{DemoFolder.FreeUdpPort()}")];
        ChildProcess service = _programs.Launch("mm-volatility", _folder.File("mm-volatility.log"), "run", "--config", _nodes[0].Folder.Ini,
            "--address", string.Join(',', addresses), "--request-address", "127.0.0.1:0", "--state-file", _folder.File("volatility.state"),
            "--changes-file", _folder.VerdictChanges, "--ready-file", ready);
        _programs.WaitFor(() => File.Exists(ready), service, "publish verdicts");
        using JsonDocument ports = JsonDocument.Parse(File.ReadAllText(ready));
        string requests = $"127.0.0.1:{ports.RootElement.GetProperty("requestPort").GetInt32()}";
        foreach ((Node node, string address) in _nodes.Zip(addresses))
        {
            EngineIni.Write(node.Folder.Ini, node.Folder.Ini, new Dictionary<(string, string), string>
            {
                [("verdicts", "enabled")] = "true",
                [("verdicts", "address")] = address,
                [("verdicts", "request-address")] = requests,
            });
        }

        return service;
    }

    private double Trade()
    {
        AnsiConsole.WriteLine($"{_nodes.Length} engines trade for {_options.Seconds} s at {_options.Rate:N0} offers/s; Ctrl-C ends it early");
        long startedNs = System.Diagnostics.Stopwatch.GetTimestamp();
        for (int saidSecond = 0; ;)
        {
            double elapsed = (System.Diagnostics.Stopwatch.GetTimestamp() - startedNs) / 1e9;
            if (elapsed >= _options.Seconds || _interrupted.WaitHandle.WaitOne(SamplePeriod)) return elapsed;
            _programs.ThrowIfOneEnded();
            if ((int)elapsed <= saidSecond) continue;
            saidSecond = (int)elapsed;
            AnsiConsole.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{saidSecond,4} s  executes / durable: ") + string.Join("  ", _nodes.Select(node =>
                string.Create(CultureInfo.InvariantCulture, $"{node.Watch.Sum(Counter.ExecutionSent):N0} / {node.Watch.Sum(Counter.JournalBooked):N0}"))));
        }
    }

    private NodesReport Report(double seconds)
    {
        List<string> problems = [.. _programs.Problems];
        using JsonDocument venue = JsonDocument.Parse(File.ReadAllText(_folder.File("venue-stats.json")));
        long sent = venue.RootElement.GetProperty("offersSent").GetInt64();
        NodeReport[] nodes = [.. _nodes.Select(node => Report(node, problems))];
        // One that booked nothing has shown no id.
        long[] blocks = [.. nodes.Where(node => node.JournalRows > 0).Select(node => node.Block)];
        int shared = blocks.Length - blocks.Distinct().Count();
        if (shared > 0) problems.Add($"{shared} blocks of ids belong to more than one node");
        long own = nodes.Sum(node => node.OffersOwn);
        // Only where none was lost on the way does every node see every offer.
        if (nodes.All(node => node.OffersSeen == sent) && own != sent) problems.Add($"the slices hold {own:N0} of {sent:N0} offers");
        long venueRows = venue.RootElement.GetProperty("executions").EnumerateObject().Where(entry => _nodes.Any(node => node.Participant == entry.Name)).Sum(entry => entry.Value.GetInt64());
        if (nodes.Sum(node => node.VenueExecutions) < venueRows) problems.Add("an execution of the venue is no node's");
        decimal opening = CashOf(_options.Config);
        if (nodes.Sum(node => node.OpeningCash) != opening) problems.Add("the capital of the nodes does not add up to the whole");
        return new NodesReport
        {
            Seconds = Math.Round(seconds, 2),
            OffersSent = sent,
            OffersOwn = own,
            Nodes = nodes,
            VenueExecutions = nodes.Sum(node => node.VenueExecutions),
            JournalRows = nodes.Sum(node => node.JournalRows),
            DatabaseRows = nodes.Sum(node => node.DatabaseRows),
            SharedBlocks = shared,
            OpeningCash = opening,
            Profit = nodes.Sum(node => node.Cash + node.InventoryValue) - opening,
            Reconciled = problems.Count == 0,
            Problems = [.. problems],
        };
    }

    private NodeReport Report(Node node, List<string> problems)
    {
        using JournalReader journal = JournalReader.Open(node.Folder.Journal);
        using LedgerDatabase database = LedgerDatabase.Open($"sqlite:{_folder.Ledger}", passwordFile: null);
        ReconciliationResult records = Reconciliation.Run(
            new ReconciliationInput { Journal = journal, Database = database, Node = node.Name, VenueFiles = [_folder.Fills], Participant = node.Participant, CoversAllSessions = true, IsStrict = true },
            difference => problems.Add($"{node.Name}: transaction {difference.Id}, match {difference.MatchNumber}: {difference.Detail}"));
        if (records.Venue == 0) problems.Add($"{node.Name} traded nothing");
        if (!node.Watch.IsEveryOfferAccounted()) problems.Add($"{node.Name}: offers seen are not refused + executes sent");
        Platform.Counters.CounterFile last = node.Watch.Current!;
        JournalRecord[] first = new JournalRecord[1];
        journal.ReadAfter(0, first);
        return new NodeReport
        {
            Name = node.Name,
            Slice = node.Slice,
            Block = first[0].Id >> IdCounterBits,
            OffersSeen = last.Read(Counter.FeedOffersSeen),
            OffersOwn = last.Read(Counter.FeedOffersSeen) - last.ReadRefused(Counter.FeedRefused, RefusalReason.UnknownTicker),
            ExecutesSent = last.Read(Counter.ExecutionSent),
            Wins = last.Read(Counter.ExecutionWins),
            VenueExecutions = records.Venue,
            JournalRows = records.Journal,
            DatabaseRows = records.Database,
            OpeningCash = node.OpeningCash,
            Cash = Dollars(last.Read(Counter.JournalCash)),
            InventoryValue = Dollars(last.Read(Counter.DecisionInventoryValue)),
            Reconciled = records.Differences == 0,
        };
    }

    private static decimal Dollars(long units) => (decimal)units / Money.UnitsPerDollar;

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private sealed record Node(string Name, string Participant, string Slice, decimal OpeningCash, DemoFolder Folder)
    {
        public EngineWatch Watch { get; } = new(Folder.Counters);

        public ChildProcess? Engine { get; set; }

        public ChildProcess? Shipper { get; set; }
    }
}
