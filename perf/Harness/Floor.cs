using System.Diagnostics;
using System.Globalization;
using MarketMaker.Measuring;

namespace MarketMaker.Harness;

/// <summary>A C program of <c>perf/Floors</c>, built beside this one.</summary>
/// <param name="Count">What it did.</param>
/// <param name="TotalNs">How long all took.</param>
/// <param name="MedianNs">Median of one step.</param>
internal readonly record struct Floor(long Count, long TotalNs, long MedianNs)
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(2);

    internal double PerSecond => Count * 1e9 / TotalNs;

    internal static Floor Run(string name, params IEnumerable<string> arguments)
    {
        string program = Path.Combine(AppContext.BaseDirectory, name);
        if (!File.Exists(program)) throw new MeasureException($"{program} is missing: build perf/Harness again, with gcc installed");
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardOutput = true })!;
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeMax)) process.Kill();
        process.WaitForExit();
        if (process.ExitCode != 0) throw new MeasureException($"{name} ended with status {process.ExitCode}");
        long[] numbers = [.. output.Split(' ', StringSplitOptions.TrimEntries).Select(text => long.Parse(text, CultureInfo.InvariantCulture))];
        return new Floor(numbers[0], numbers[1], numbers[2]);
    }
}
