using System.Diagnostics;
using MarketMaker.Tests.Torture.Check;
using MarketMaker.Tests.Torture.Processes;

namespace MarketMaker.Tests.Torture.Servers;

/// <summary>The three-node cluster of <c>deploy/database/cluster.sh</c>, made for this run and deleted after it.</summary>
internal sealed class Cluster : LedgerServer
{
    private const string Script = "deploy/database/cluster.sh";
    private const int RightsMissing = 4;
    private static readonly TimeSpan CommandMax = TimeSpan.FromSeconds(240);

    // Short, and below a folder that the database's account may enter: its sockets lie in it.
    private readonly string _folder = Path.Combine(Path.GetTempPath(), $"mm-torture-{Environment.ProcessId}");
    private readonly string _logFile;
    private readonly Dictionary<string, string> _settings;

    public Cluster(string logFile)
    {
        _logFile = logFile;
        if (!File.Exists(Script)) throw new TortureFailedException($"there is no {Script}: run ./build.sh torture in the repository's root");
        try
        {
            _settings = Run("up").Split('\n').Select(line => line.Split(" = ", 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public override Account Shipper => new(_settings["database"], _settings["password-file"]);

    public override Account Owner => new(_settings["database"].Replace("mm_shipper", "mm_owner", StringComparison.Ordinal), _settings["owner-password-file"]);

    public override long LagMaxMs => 180_000;

    public override Cluster AsCluster => this;

    public override Ledger Open() => Ledger.Postgres(Owner.Database, File.ReadAllText(Owner.PasswordFile).Trim());

    /// <summary>SIGKILL of Patroni and PostgreSQL of the primary.</summary>
    /// <returns>False when there is none just now.</returns>
    public bool TryKillPrimary() => Execute("kill-primary").Status == 0;

    /// <summary>Cuts the primary off from the other nodes.</summary>
    /// <returns>False when there is none just now, or the rights are missing.</returns>
    public bool TryIsolatePrimary() => Execute("isolate") is (0 or RightsMissing, _) isolated && isolated.Status == 0;

    /// <summary>Starts what is dead, joins what is cut off, and waits until all three nodes work.</summary>
    public void Heal() => Run("heal");

    public override void Dispose() => Execute("down");

    private string Run(string verb)
    {
        (int status, string output) = Execute(verb);
        return status == 0 ? output : throw new TortureFailedException($"{Script} {verb} ended with {status}: {output.Trim()}; see {_logFile}");
    }

    private (int Status, string Output) Execute(string verb)
    {
        // In a session of its own: Ctrl-C is for the runner, which heals and stops the nodes in order.
        ProcessStartInfo start = new("setsid") { ArgumentList = { "bash", Script, verb, _folder }, RedirectStandardOutput = true, RedirectStandardError = true };
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        if (!process.WaitForExit(CommandMax)) throw new TortureFailedException($"{Script} {verb} did not end within {CommandMax.TotalSeconds} s");
        string said = output.Result + errors.Result;
        File.AppendAllText(_logFile, $"{DateTime.UtcNow:HH:mm:ss.fff} {verb}: {process.ExitCode}\n{said}");
        return (process.ExitCode, said);
    }
}
