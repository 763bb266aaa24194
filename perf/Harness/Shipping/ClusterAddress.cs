using System.Diagnostics;
using MarketMaker.Measuring;

namespace MarketMaker.Harness.Shipping;

/// <summary>How to reach a cluster of deploy/database/cluster.sh, with the account that may make and empty tables.</summary>
internal static class ClusterAddress
{
    /// <exception cref="MeasureException">There is none, or it is not well.</exception>
    internal static (string Address, string PasswordFile) Of(string folder)
    {
        string script = Path.Combine(Environment.CurrentDirectory, "deploy", "database", "cluster.sh");
        if (!File.Exists(script)) throw new MeasureException($"there is no {script}: run from the repository's root, as ./build.sh measure does");
        ProcessStartInfo start = new(script) { RedirectStandardOutput = true, ArgumentList = { "status", folder } };
        using Process process = Process.Start(start)!;
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new MeasureException($"the cluster in {folder} is not well: make or mend it with '{script} up {folder}'");
        Dictionary<string, string> found = output.Split('\n').Select(line => line.Split(" = ", 2)).Where(pair => pair.Length == 2).ToDictionary(pair => pair[0], pair => pair[1]);
        return (found["database"].Replace("Username=mm_shipper", "Username=mm_owner", StringComparison.Ordinal), found["owner-password-file"]);
    }
}
