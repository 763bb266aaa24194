using MarketMaker.Tests.Torture.Faults;
using MarketMaker.Tests.Torture.Processes;
using MarketMaker.Tests.Torture.Wire;

namespace MarketMaker.Tests.Torture;

/// <summary>The programs under test, as this run starts them; and the node's INI file.</summary>
internal sealed class Programs(TortureOptions options, RunFolder folder)
{
    public const string Participant = "TORTUR";
    public const long Dollar = 10_000;

    // Small enough to bind: a limit that is never near is never tested.
    private const long CashDollars = 5_000_000;
    private const long OrderDollars = 20_000;
    private const int InFlight = 64;
    private const string StateFile = "strategy.state";

    private readonly Dictionary<(string, string), string> _settings = new()
    {
        [("node", "name")] = "TORTURE",
        [("decision", "order-notional-max")] = $"{OrderDollars}",
        [("decision", "ticker-used-max-ppm")] = "40000",
        [("decision", "state-file")] = folder.File(StateFile),
        [("decision", "orders-in-flight-max")] = $"{InFlight}",
        [("capital", "cash")] = $"{CashDollars}",
        [("execution", "username")] = Participant,
        [("execution", "password-file")] = folder.PasswordFile,
        [("execution", "backoff-min-ms")] = "20",
        [("execution", "backoff-max-ms")] = "200",
        [("journal", "map-mib")] = "2048",
        [("threads", "wait")] = "sleep",
        [("threads", "sleep-ns")] = "100000",
        [("threads", "allocation-check-ms")] = "0",
        [("counters", "path")] = folder.File("engine.counters"),
        [("shipper", "poll-ms")] = "10",
    };

    public static Limits Limits => new(OrderDollars * Dollar, InFlight, CashDollars * Dollar);

    public string CounterFile => folder.File("engine.counters");

    private string Ini => folder.File("engine.ini");

    private string CommitShim => folder.File("inside_commit.so");

    /// <summary>Each venue opens with prices of its own, on the same date: what the engine knows of the day would be a day's move of all tickers.</summary>
    public void ForgetDay() => File.Delete(folder.File(StateFile));

    /// <summary>Builds the library that ends the engine inside a commit.</summary>
    /// <exception cref="TortureFailedException">There is no compiler.</exception>
    public void BuildShim() =>
        Child.RunToEnd("gcc", folder.File("gcc.log"), "-O2", "-shared", "-fPIC", "-o", CommitShim, Path.Combine(AppContext.BaseDirectory, "Shim", "inside_commit.c"));

    /// <summary>Sets keys of the INI file, or takes out those without a value; whoever starts next reads them.</summary>
    public void Set(params ReadOnlySpan<(string Section, string Key, string Value)> settings)
    {
        foreach ((string section, string key, string value) in settings)
        {
            if (value.Length > 0) _settings[(section, key)] = value;
            else _settings.Remove((section, key));
        }

        IniFile.Write(options.Config, Ini, _settings);
    }

    public void MakeTables() => RunToEnd("mm-shipper", "migrate");

    /// <summary>A new, empty journal with a block of ids.</summary>
    public void MakeJournal()
    {
        RunToEnd("marketmaker", "init");
        RunToEnd("mm-shipper", "lease");
    }

    public Child StartVenue(int day, string session, string readyFile, int feedPort, Random random)
    {
        // Every third day the feed is damaged.
        string[] damage = day % 3 == 2 ? ["--loss", "0.01", "--duplicate", "0.01", "--reorder", "0.01", "--damage-seed", $"{random.Next()}"] : [];
        return Child.Start(Path.Combine(options.Dist, "mm-venue"), folder.File("venue.log"), [
            "sim", "--seed", $"{random.Next()}", "--session", session, "--tickers", $"{options.Tickers}", "--rate", $"{options.Rate}",
            "--paying", FormattableString.Invariant($"{options.Paying}"), "--competitors", "0", "--broken", "0.002", "--dead", "0.005", "--split", "0.25",
            "--feed", $"127.0.0.1:{feedPort}", "--username", Participant, "--password-file", folder.PasswordFile,
            "--fills", folder.File($"fills.{session}.csv"), "--ready-file", readyFile, "--stats", folder.File($"venue.{session}.json"), .. damage]);
    }

    public Child StartEngine(LifePlan? plan) => plan?.Point switch
    {
        null => Start("marketmaker"),
        EnginePoint.BetweenSyncs => Start("marketmaker", ("LD_PRELOAD", CommitShim), ("TORTURE_DIE_AFTER_SYNCS", $"{plan.PointCount}")),
        EnginePoint.AfterMetaWrite => Start("marketmaker", ("LD_PRELOAD", CommitShim), ("TORTURE_DIE_AFTER_METAS", $"{plan.PointCount}")),
        { } point => Start("marketmaker", ("MARKETMAKER_FAULT", $"{point}:{plan.PointCount}")),
    };

    public Child StartShipper(params ReadOnlySpan<(string, string)> environment) => Start("mm-shipper", environment);

    private Child Start(string program, params ReadOnlySpan<(string, string)> environment) =>
        Child.Start(Path.Combine(options.TortureDist, program), folder.File($"{program}.log"), ["run", "--config", Ini], environment);

    private void RunToEnd(string program, string verb) =>
        Child.RunToEnd(Path.Combine(options.TortureDist, program), folder.File($"{program}-{verb}.log"), verb, "--config", Ini);
}
