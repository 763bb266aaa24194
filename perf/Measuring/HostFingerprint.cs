using System.Diagnostics;
using System.Runtime.InteropServices;

namespace MarketMaker.Measuring;

/// <summary>What a figure means nothing without: the commit, the host and the file system it was taken on.</summary>
internal sealed record HostFingerprint(string Commit, string Host, string Cpu, int Cores, string Kernel, string Runtime, string FileSystem, DateTimeOffset At)
{
    internal static HostFingerprint Take(string path) => new(
        Commit: Output("git", "describe", "--always", "--dirty"),
        Host: Environment.MachineName,
        Cpu: File.ReadLines("/proc/cpuinfo").FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))?.Split(':')[1].Trim() ?? "unknown",
        Cores: Environment.ProcessorCount,
        Kernel: File.ReadAllText("/proc/sys/kernel/osrelease").Trim(),
        Runtime: RuntimeInformation.FrameworkDescription,
        FileSystem: FileSystemOf(path),
        At: DateTimeOffset.UtcNow);

    /// <summary>Type and options of the mount that holds a folder.</summary>
    internal static string FileSystemOf(string path)
    {
        string full = Path.GetFullPath(path);
        string[]? best = null;
        foreach (string line in File.ReadLines("/proc/mounts"))
        {
            string[] fields = line.Split(' ');
            string point = fields[1] == "/" ? "/" : fields[1] + "/";
            if ($"{full}/".StartsWith(point, StringComparison.Ordinal) && (best is null || fields[1].Length >= best[1].Length)) best = fields;
        }

        return best is null ? "unknown" : $"{best[2]} ({best[3]}) on {best[0]}";
    }

    private static string Output(string program, params string[] arguments)
    {
        try
        {
            using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            string output = process.StandardOutput.ReadToEnd().Trim();
            process.WaitForExit();
            return process.ExitCode == 0 ? output : "unknown";
        }
        catch (System.ComponentModel.Win32Exception)
        {
            return "unknown";
        }
    }
}
