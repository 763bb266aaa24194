using System.Diagnostics;
using System.Globalization;
using MarketMaker.Measuring;

namespace MarketMaker.Speed.Floors;

/// <summary>Runs a C program of <c>perf/Floors</c>, built beside this one, and reads its lines of "key value".</summary>
internal static class FloorProgram
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(2);

    /// <summary>Whether it was built.</summary>
    public static bool Exists(string name) => File.Exists(PathOf(name));

    /// <summary>Runs it to its end.</summary>
    /// <exception cref="MeasureException">It is missing or failed.</exception>
    public static Dictionary<string, double> Run(string name, params IEnumerable<string> arguments)
    {
        using Process process = Start(name, arguments);
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeMax)) process.Kill();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new MeasureException($"{name} ended with status {process.ExitCode}");
        return output.Split('\n', StringSplitOptions.RemoveEmptyEntries)
            .Select(line => line.Split(' '))
            .ToDictionary(fields => fields[0], fields => double.Parse(fields[1], CultureInfo.InvariantCulture), StringComparer.Ordinal);
    }

    /// <summary>Starts it; its output is to be read.</summary>
    /// <exception cref="MeasureException">It is missing.</exception>
    public static Process Start(string name, params IEnumerable<string> arguments) => Exists(name)
        ? Process.Start(new ProcessStartInfo(PathOf(name), arguments) { RedirectStandardOutput = true })!
        : throw new MeasureException($"{PathOf(name)} is missing: publish perf/Speed again, with gcc installed");

    private static string PathOf(string name) => Path.Combine(AppContext.BaseDirectory, "floors", name);
}
