using System.Diagnostics;
using System.Globalization;
using MarketMaker.Measuring;

namespace MarketMaker.Harness.Network;

/// <summary>A C program of <c>perf/Floors</c> that measures round trips, and what it printed.</summary>
/// <param name="MedianNs">p50 of one round trip.</param>
/// <param name="P99Ns">p99 of one round trip.</param>
/// <param name="Lost">Answers that did not come.</param>
internal sealed record EchoFloor(double MedianNs, double P99Ns, long Lost)
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(1);

    /// <summary>Runs one beside this program.</summary>
    internal static EchoFloor Run(string name, params IEnumerable<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, name);
        if (!File.Exists(program)) throw new MeasureException($"{program} is missing: build perf/Harness again, with gcc installed");
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        // It prints once, at its end; a program that hangs is ended.
        using Timer _ = new(_ => process.Kill(), null, TimeMax, Timeout.InfiniteTimeSpan);
        string output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new MeasureException($"{name} {string.Join(' ', arguments)} ended with status {process.ExitCode}");
        Dictionary<string, long> values = output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(' '))
            .ToDictionary(parts => parts[0], parts => long.Parse(parts[1], CultureInfo.InvariantCulture));
        return new EchoFloor(values["p50_ns"], values["p99_ns"], values["lost"]);
    }
}
