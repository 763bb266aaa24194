using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Native;

/// <summary>A node in a temporary folder: its INI file, password, journal and the programs a test starts for it.</summary>
internal sealed class TestNode : IDisposable
{
    public const string Username = "TESTER";

    private readonly List<RunningProgram> _programs = [];
    private readonly Dictionary<string, SortedDictionary<string, string>> _ini = [];
    private readonly VethPair? _veth;
    private readonly string _venueAddress;

    /// <param name="password">The venue's.</param>
    /// <param name="veth">Two hosts: the venue's, and that of all other programs. Null: this one, over loopback.</param>
    public TestNode(string password = "OPENSESAME", VethPair? veth = null)
    {
        Published.Require();
        _veth = veth;
        _venueAddress = veth?.VenueAddress.ToString() ?? "127.0.0.1";
        FeedAddress = veth?.EngineAddress.ToString() ?? "127.0.0.1";
        FeedPort = FreePort(ProtocolType.Udp);
        Password = password;
        File.WriteAllText(PasswordFile, password);
        File.SetUnixFileMode(PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        Set("node", "name", "NATIVE");
        Set("feed", "address-a", $"{FeedAddress}:{FeedPort}");
        Set("feed", "source", _venueAddress);
        Set("prices", "address", $"127.0.0.1:{FreePort(ProtocolType.Tcp)}");
        Set("prices", "start-timeout-ms", "500");
        Set("decision", "ticker-used-max-ppm", "100000");
        Set("capital", "cash", "1000000000");
        Set("execution", "address", $"127.0.0.1:{FreePort(ProtocolType.Tcp)}");
        Set("execution", "username", Username);
        Set("execution", "password-file", PasswordFile);
        Set("journal", "path", PathOf("journal"));
        Set("journal", "map-mib", "64");
        Set("counters", "path", CounterPath);
        Set("shipper", "database", $"sqlite:{PathOf("ledger.db")}");
        // Tests share the machine with everything else that is built and tested on it.
        Set("threads", "wait", "sleep");
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mm-native-").FullName;

    public string Password { get; }

    public int FeedPort { get; }

    public string FeedAddress { get; }

    public string IniFile => PathOf("engine.ini");

    public string PasswordFile => PathOf("venue.password");

    public string Journal => _ini["journal"]["path"];

    public string Fills => PathOf("venue-fills.csv");

    /// <summary>The venue's session, once it runs.</summary>
    public string Session { get; private set; } = "";

    /// <summary>Where the venue takes orders.</summary>
    public string OrderAddress => _ini["execution"]["address"];

    /// <summary>Every program started so far.</summary>
    public IReadOnlyList<RunningProgram> Programs => _programs;

    private string CounterPath => PathOf("engine.counters");

    public string PathOf(string name) => Path.Combine(Folder, name);

    /// <summary>Sets a key and writes the file; null removes the key.</summary>
    public void Set(string section, string key, string? value)
    {
        if (!_ini.TryGetValue(section, out SortedDictionary<string, string>? keys)) _ini[section] = keys = [];
        if (value is null) keys.Remove(key);
        else keys[key] = value;
        WriteIni();
    }

    /// <summary>Writes the INI file, with lines of the test's own at the end.</summary>
    /// <returns>How many lines come before them.</returns>
    public int WriteIni(params string[] more)
    {
        string[] lines = [.. _ini.SelectMany(section => section.Value.Select(key => $"{key.Key} = {key.Value}").Prepend($"[{section.Key}]"))];
        File.WriteAllLines(IniFile, lines.Concat(more));
        return lines.Length;
    }

    /// <summary>Makes the journal and the ledger's tables, and leases a block of ids.</summary>
    public TestNode Prepare()
    {
        Run("marketmaker", "init", "--config", IniFile);
        Run("mm-shipper", "migrate", "--config", IniFile);
        Run("mm-shipper", "lease", "--config", IniFile);
        return this;
    }

    /// <summary>Runs the engine until it ends by itself.</summary>
    public (int Status, string Output) RunEngine(string verb = "run", params string[] more) =>
        RunningProgram.RunToEnd(Published.PathOf("marketmaker"), [verb, "--config", IniFile, .. more]);

    public RunningProgram Start(string program, params IEnumerable<string> arguments)
    {
        RunningProgram started = _veth is null
            ? RunningProgram.Start(program, arguments)
            : RunningProgram.StartOn(program == "mm-venue" ? _veth.Venue : _veth.Engine, program, arguments);
        _programs.Add(started);
        return started;
    }

    public RunningProgram StartEngine() => Start("marketmaker", "run", "--config", IniFile);

    /// <summary>Starts a venue and points the INI file at its ports.</summary>
    public RunningProgram StartVenue(params IEnumerable<string> arguments)
    {
        string ready = PathOf("venue-ready.json");
        // That of an earlier venue would name ports on which nobody listens any more.
        File.Delete(ready);
        RunningProgram venue = Start("mm-venue", [
            .. arguments, "--feed", $"{FeedAddress}:{FeedPort}", "--bind", _venueAddress, "--username", Username, "--password-file", PasswordFile,
            "--fills", Fills, "--ready-file", ready, "--stats", PathOf("venue-stats.json")]);
        venue.WaitUntil(() => File.Exists(ready) && new FileInfo(ready).Length > 0, "open its ports");
        using JsonDocument ports = JsonDocument.Parse(File.ReadAllText(ready));
        Session = ports.RootElement.GetProperty("session").GetString()!;
        Set("feed", "request-address", Address("requestPort"));
        Set("feed", "snapshot-address", Address("snapshotPort"));
        Set("prices", "address", Address("pricePort"));
        Set("prices", "start-timeout-ms", "10000");
        Set("execution", "address", Address("orderPort"));
        return venue;

        string Address(string name) => $"{_venueAddress}:{ports.RootElement.GetProperty(name).GetInt32()}";
    }

    /// <summary>The engine's counters; the caller disposes them.</summary>
    public CounterFile ReadCounters(RunningProgram engine)
    {
        CounterFile? counters = null;
        engine.WaitUntil(() => File.Exists(CounterPath) && (counters = CounterFile.OpenRead(CounterPath)).ProcessId == engine.Id, "make its counters");
        return counters!;
    }

    /// <summary>Starts the engine and waits until it has sent an order.</summary>
    public (RunningProgram Engine, CounterFile Counters) StartTrading()
    {
        RunningProgram engine = StartEngine();
        CounterFile counters = ReadCounters(engine);
        engine.WaitUntil(() => counters.Read(Counter.ExecutionSent) > 0, "send an order");
        return (engine, counters);
    }

    /// <summary>Refusals of all stages and reasons.</summary>
    public static long RefusedInAll(CounterFile counters) =>
        new[] { Counter.FeedRefused, Counter.DecisionRefused, Counter.ExecutionRefused }
            .Sum(stage => Enum.GetValues<RefusalReason>().Sum(reason => counters.ReadRefused(stage, reason)));

    /// <summary>What the venue says this node traded, as comparable text.</summary>
    public List<string> VenueTrades() =>
        [.. File.ReadLines(Fills).Skip(1).Select(line => line.Split(',')).Where(cells => cells[7] == Username)
            .Select(cells => string.Join(' ', cells[0], cells[2], cells[8], cells[3], cells[4], cells[5], cells[6])).Order(StringComparer.Ordinal)];

    /// <summary>What the journal says, as the same text.</summary>
    public List<string> JournalTrades()
    {
        using JournalReader reader = JournalReader.Open(Journal);
        JournalRecord[] records = new JournalRecord[10_000];
        List<string> trades = [];
        long lastId = 0;
        while (true)
        {
            JournalBatch batch = reader.ReadAfter(lastId, records);
            Assert.Equal(0, batch.DamagedId);
            if (batch.Count == 0) break;
            trades.AddRange(records[..batch.Count].Select(Text));
            lastId = records[batch.Count - 1].Id;
        }

        trades.Sort(StringComparer.Ordinal);
        return trades;

        static string Text(JournalRecord record) => string.Join(' ', record.Session.ToString(), record.MatchNumber,
            record.Kind == JournalRecordKind.Break ? "BREAK" : "EXECUTION", record.Symbol, record.Side == Side.Buy ? "BUY" : "SELL", record.Price, record.QuantityShares);
    }

    public void Run(string program, params string[] arguments)
    {
        (int status, string output) = RunningProgram.RunToEnd(Published.PathOf(program), arguments);
        Assert.True(status == 0, $"{program} {arguments[0]} ended with {status}: {output}");
    }

    public void Dispose()
    {
        foreach (RunningProgram program in Enumerable.Reverse(_programs)) program.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private static int FreePort(ProtocolType protocol)
    {
        using Socket socket = new(AddressFamily.InterNetwork, protocol == ProtocolType.Udp ? SocketType.Dgram : SocketType.Stream, protocol);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
