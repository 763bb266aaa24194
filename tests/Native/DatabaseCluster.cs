using System.Diagnostics;

namespace MarketMaker.Tests.Native;

/// <summary>Three database nodes made by deploy/database/cluster.sh; or the reason why not.</summary>
public sealed class DatabaseCluster : IDisposable
{
    private const int DoneStatus = 0;
    private const int PackagesMissing = 3;
    private const int RightsMissing = 4;
    private static readonly TimeSpan CommandMax = TimeSpan.FromSeconds(200);
    private readonly string _folder = Path.Combine("/tmp", $"mm-cluster-{Environment.ProcessId}-{Environment.TickCount64 & 0xFFFFFF:x}");
    private readonly Dictionary<string, string> _settings = [];

    public DatabaseCluster()
    {
        (int status, string output) = Execute("up");
        if (status is PackagesMissing or RightsMissing) WhyNot = output;
        else Assert.True(status == DoneStatus, $"the cluster did not come up ({status}): {output}");
        foreach (string[] pair in output.Split('\n').Select(line => line.Split(" = ", 2)).Where(pair => pair.Length == 2)) _settings[pair[0]] = pair[1];
    }

    /// <summary>Why there is no cluster; null when there is.</summary>
    public string? WhyNot { get; private set; }

    /// <summary>For [shipper] database: all three hosts, without a password.</summary>
    public string ConnectionString => _settings["database"];

    public string PasswordFile => _settings["password-file"];

    /// <summary>The same for the account that makes tables.</summary>
    public string OwnerConnectionString => ConnectionString.Replace("Username=mm_shipper", "Username=mm_owner", StringComparison.Ordinal);

    public string OwnerPasswordFile => _settings["owner-password-file"];

    /// <summary>Skips the test, with the reason; where the whole set must run, fails instead.</summary>
    public void Require()
    {
        if (WhyNot is null) return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", WhyNot);
        Skip.If(true, WhyNot);
    }

    /// <summary>Runs a verb of the script that must succeed.</summary>
    /// <returns>What it said.</returns>
    public string Run(string verb, params string[] options)
    {
        (int status, string output) = Execute(verb, options);
        if (status == RightsMissing)
        {
            WhyNot = output;
            Require();
        }

        Assert.True(status == DoneStatus, $"cluster.sh {verb} ended with {status}: {output}");
        return output.Trim();
    }

    public void Dispose() => Execute("down");

    private (int Status, string Output) Execute(string verb, params string[] options)
    {
        ProcessStartInfo start = new(Path.Combine(Published.Root, "deploy", "database", "cluster.sh")) { RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (string argument in (string[])[verb, .. options, _folder]) start.ArgumentList.Add(argument);
        using Process process = Process.Start(start)!;
        Task<string> errors = process.StandardError.ReadToEndAsync();
        Task<string> output = process.StandardOutput.ReadToEndAsync();
        Assert.True(process.WaitForExit(CommandMax), $"cluster.sh {verb} did not end within {CommandMax.TotalSeconds} s");
        return (process.ExitCode, output.Result + errors.Result);
    }
}
