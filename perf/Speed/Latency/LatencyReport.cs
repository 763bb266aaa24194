using System.Globalization;
using MarketMaker.Charts;
using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Load;
using MarketMaker.Speed.Records;
using Spectre.Console;

namespace MarketMaker.Speed.Latency;

/// <summary>A latency run as a page, as lines of a record, as .hgrm files and as charts.</summary>
internal sealed class LatencyReport(LatencyOptions options, string run, IReadOnlyList<RungResult> rungs)
{
    private const double NsPerUs = 1_000;

    /// <summary>The highest rate that held.</summary>
    public RungResult? Highest => rungs.Where(rung => rung.Failure is null).MaxBy(rung => rung.Rate);

    /// <summary>Prints one rate.</summary>
    public static void Print(RungResult rung)
    {
        Table table = new Table().AddColumns("us", "samples", "p50", "p90", "p99", "p99.9", "max");
        Add("wire to wire, from the intended send", rung.WireToWire);
        Add("  of it the sender's lateness", rung.Lateness);
        Add("wire to wire, from the packet's send", rung.FromSend);
        foreach (HopFigures hop in rung.Hops)
            table.AddRow($"engine: {hop.Name}", $"{hop.Count:N0}", Us(hop.P50), "", Us(hop.P99), Us(hop.P999), Us(hop.Max));
        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(new Rule($"{rung.Rate:N0} offers/s: {Markup.Escape(rung.Failure is { } why ? $"not held, {why}" : "held")}").LeftJustified());
        AnsiConsole.Write(table);
        Console.WriteLine(
            $"offers {rung.Rung.Offers:N0} sent, {rung.Engine.OffersSeen:N0} seen; orders {rung.Rung.Samples.Count:N0} of {rung.Rung.Paying:N0} due; stale prices {rung.Engine.StalePrice:N0}; " +
            $"latest packet {rung.Rung.LatenessMaxNs / 1e3:N0} us late; strangers {rung.Rung.Strangers:N0}; collections of the generator {rung.Rung.Collections}");

        void Add(string name, Percentiles p) => table.AddRow(name, $"{p.Count:N0}", Us(p.P50), Us(p.P90), Us(p.P99), Us(p.P999), Us(p.Max));
    }

    /// <summary>Every figure of every repeat.</summary>
    public IEnumerable<Figure> Figures()
    {
        foreach (RungResult rung in rungs)
        {
            string scenario = $"{Scenario}/{rung.Rate.ToString(CultureInfo.InvariantCulture)}";
            int repeat = 0;
            foreach (LoadSample[] piece in rung.Cut(options.Repeats).Where(piece => piece.Length > 0))
            {
                repeat++;
                foreach (Figure figure in Of(scenario, repeat, "wire-to-wire", piece.Select(sample => sample.WireToWireNs))) yield return figure;
                foreach (Figure figure in Of(scenario, repeat, "from-send", piece.Select(sample => sample.FromSendNs))) yield return figure;
                foreach (Figure figure in Of(scenario, repeat, "lateness", piece.Select(sample => sample.LatenessNs))) yield return figure;
            }

            foreach (HopFigures hop in rung.Hops.Where(hop => hop.Count > 0))
            {
                yield return new Figure(run, scenario, $"{hop.Name}-p50", "ns", 1, hop.P50);
                yield return new Figure(run, scenario, $"{hop.Name}-p99", "ns", 1, hop.P99);
                yield return new Figure(run, scenario, $"{hop.Name}-p999", "ns", 1, hop.P999);
            }

            yield return new Figure(run, scenario, "samples", "count", 1, rung.Rung.Samples.Count);
            yield return new Figure(run, scenario, "held", "flag", 1, rung.Failure is null ? 1 : 0);
        }

        if (options.Ladder && Highest is { } highest) yield return new Figure(run, Scenario, "saturation", "1/s", 1, highest.Rate);
    }

    /// <summary>Writes percentile files and charts into a folder, which is made.</summary>
    public void WriteFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (RungResult rung in rungs)
        {
            PercentileFile.Write(Path.Combine(folder, $"wire-to-wire-{rung.Rate}.hgrm"), rung.Rung.Samples.Select(sample => sample.WireToWireNs));
            PercentileFile.Write(Path.Combine(folder, $"from-send-{rung.Rate}.hgrm"), rung.Rung.Samples.Select(sample => sample.FromSendNs));
        }

        LatencyCharts.Write(
            folder, $"Wire to wire, {options.Layout}, {options.Driver}",
            [.. rungs.Select(Series)],
            NameOf(Highest ?? rungs[0]),
            [.. rungs.Select(rung => new LadderPoint(rung.Rate, rung.WireToWire.P50 / NsPerUs, rung.WireToWire.P99 / NsPerUs, rung.WireToWire.P999 / NsPerUs, rung.Failure is null))]);
    }

    private string Scenario => $"{(options.SoakMinutes > 0 ? "soak" : "latency")}/{options.Layout}/{options.Driver}";

    private static string NameOf(RungResult rung) => $"{rung.Rate:N0}/s";

    private static LatencySeries Series(RungResult rung) => new(
        NameOf(rung),
        [.. rung.Rung.Samples.Select(sample => sample.WireToWireNs)],
        [.. rung.Rung.Samples.Select(sample => (sample.IntendedNs - rung.Rung.MeasuredFromNs) / 1e9)]);

    private IEnumerable<Figure> Of(string scenario, int repeat, string name, IEnumerable<long> values)
    {
        Percentiles p = Percentiles.Of(values);
        yield return new Figure(run, scenario, $"{name}-p50", "ns", repeat, p.P50);
        yield return new Figure(run, scenario, $"{name}-p99", "ns", repeat, p.P99);
        yield return new Figure(run, scenario, $"{name}-p999", "ns", repeat, p.P999);
        yield return new Figure(run, scenario, $"{name}-max", "ns", repeat, p.Max);
    }

    private static string Us(long ns) => (ns / NsPerUs).ToString(ns >= 100_000 ? "N0" : "N2", CultureInfo.InvariantCulture);
}
