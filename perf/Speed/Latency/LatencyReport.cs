using System.Globalization;
using MarketMaker.Charts;
using MarketMaker.Measuring;
using MarketMaker.Speed.Engine;
using MarketMaker.Speed.Floors;
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
        for (int i = 0; i < rung.Pieces[0].Hops.Length; i++)
        {
            HopFigures[] hop = [.. rung.Pieces.Select(piece => piece.Hops[i]).Where(hop => hop.Count > 0)];
            if (hop.Length == 0) continue;
            table.AddRow($"engine: {hop[0].Name}", $"{hop.Sum(piece => piece.Count):N0}", Median(hop, piece => piece.P50), "", Median(hop, piece => piece.P99), Median(hop, piece => piece.P999), Us(hop.Max(piece => piece.Max)));
        }

        AnsiConsole.Profile.Width = Math.Max(AnsiConsole.Profile.Width, 120);
        AnsiConsole.Write(new Rule($"{rung.Rate:N0} offers/s: {Markup.Escape(rung.Failure is { } why ? $"not held, {why}" : "held")}").LeftJustified());
        AnsiConsole.Write(table);
        Console.WriteLine(
            $"offers {rung.Offers:N0} sent, {rung.Engine.OffersSeen:N0} seen; orders {rung.Samples.Count:N0} of {rung.Paying:N0} due; stale prices {rung.Engine.StalePrice:N0}; " +
            $"latest packet {rung.Pieces.Max(piece => piece.Rung.LatenessMaxNs) / 1e3:N0} us late; strangers {rung.Pieces.Sum(piece => piece.Rung.Strangers):N0}; collections of the generator {rung.Pieces.Sum(piece => piece.Rung.Collections)}");
        if (rung.Pieces.Count > 1) Console.WriteLine($"percentiles of hops: medians of {rung.Pieces.Count} pieces; all else: of all orders");

        static string Median(HopFigures[] pieces, Func<HopFigures, double> figure) => Us((long)Samples.Of(pieces.Select(figure)).Median);
        void Add(string name, Percentiles p) => table.AddRow(name, $"{p.Count:N0}", Us(p.P50), Us(p.P90), Us(p.P99), Us(p.P999), Us(p.Max));
    }

    /// <summary>Every figure of every repeat.</summary>
    public IEnumerable<Figure> Figures()
    {
        foreach (RungResult rung in rungs)
        {
            string scenario = ScenarioOf(rung);
            for (int i = 0; i < rung.Pieces.Count; i++)
            {
                foreach (Figure figure in Of(scenario, i + 1, rung.Pieces[i])) yield return figure;
            }

            yield return new Figure(run, scenario, "samples", "count", 1, rung.Samples.Count);
            yield return new Figure(run, scenario, "held", "flag", 1, rung.Failure is null ? 1 : 0);
        }

        if (options.Ladder && Highest is { } highest) yield return new Figure(run, Scenario, "saturation", "1/s", 1, highest.Rate);
    }

    /// <summary>Each piece of the first rate over the floor that was taken before it; none where none was.</summary>
    public Figure[] OverFloors(IEnumerable<Figure> figures) =>
    [
        .. from floor in figures
           where floor.Scenario == Comparison.FloorScenario && floor.Name == LoadFloor.P50
           let ours = rungs[0].Pieces[floor.Repeat - 1].FromSend
           where ours.Count > 0
           select new Figure(run, ScenarioOf(rungs[0]), "from-send-p50-over-c", "ratio", floor.Repeat, ours.P50 / floor.Value),
    ];

    /// <summary>The first rate's p50 from the packet's send over that of the echo of single packets, mean of before and after; none where it was not taken.</summary>
    public Figure[] OverEcho(IEnumerable<Figure> figures)
    {
        double[] echo = [.. figures.Where(figure => figure.Scenario == Comparison.FloorScenario && figure.Name == MachineProbe.EchoP50).Select(figure => figure.Value)];
        return echo.Length == 0 || rungs[0].FromSend.Count == 0
            ? []
            : [new Figure(run, ScenarioOf(rungs[0]), "from-send-p50-over-echo", "ratio", 1, rungs[0].FromSend.P50 / echo.Average())];
    }

    /// <summary>Writes percentile files and charts into a folder, which is made.</summary>
    public void WriteFiles(string folder)
    {
        Directory.CreateDirectory(folder);
        foreach (RungResult rung in rungs)
        {
            PercentileFile.Write(Path.Combine(folder, $"wire-to-wire-{rung.Rate}.hgrm"), rung.Samples.Select(sample => sample.WireToWireNs));
            PercentileFile.Write(Path.Combine(folder, $"from-send-{rung.Rate}.hgrm"), rung.Samples.Select(sample => sample.FromSendNs));
        }

        LatencyCharts.Write(
            folder, $"Wire to wire, {options.Layout}, {options.Driver}",
            [.. rungs.Select(Series)],
            NameOf(Highest ?? rungs[0]),
            [.. rungs.Select(rung => new LadderPoint(rung.Rate, rung.WireToWire.P50 / NsPerUs, rung.WireToWire.P99 / NsPerUs, rung.WireToWire.P999 / NsPerUs, rung.Failure is null))]);
    }

    private string Scenario => $"{(options.SoakMinutes > 0 ? "soak" : "latency")}/{options.Layout}/{options.Driver}";

    private string ScenarioOf(RungResult rung) => string.Create(CultureInfo.InvariantCulture, $"{Scenario}/{rung.Rate}");

    private static string NameOf(RungResult rung) => $"{rung.Rate:N0}/s";

    private static LatencySeries Series(RungResult rung) => new(
        NameOf(rung),
        [.. rung.Samples.Select(sample => sample.WireToWireNs)],
        // Pieces side by side: what lies between them is not measured.
        [.. rung.Pieces.SelectMany((piece, i) => piece.Rung.Samples.Select(sample => (sample.IntendedNs - piece.Rung.MeasuredFromNs + i * piece.Rung.MeasuredNs) / 1e9))]);

    private IEnumerable<Figure> Of(string scenario, int repeat, Piece piece)
    {
        if (piece.Rung.Samples.Count == 0) return [];
        return
        [
            .. Of(scenario, repeat, "wire-to-wire", piece.WireToWire), .. Of(scenario, repeat, "from-send", piece.FromSend), .. Of(scenario, repeat, "lateness", piece.Lateness),
            .. piece.Hops.Where(hop => hop.Count > 0).SelectMany(hop => (Figure[])
            [
                new(run, scenario, $"{hop.Name}-p50", "ns", repeat, hop.P50), new(run, scenario, $"{hop.Name}-p99", "ns", repeat, hop.P99), new(run, scenario, $"{hop.Name}-p999", "ns", repeat, hop.P999),
            ]),
        ];
    }

    private IEnumerable<Figure> Of(string scenario, int repeat, string name, Percentiles p)
    {
        yield return new Figure(run, scenario, $"{name}-p50", "ns", repeat, p.P50);
        yield return new Figure(run, scenario, $"{name}-p99", "ns", repeat, p.P99);
        yield return new Figure(run, scenario, $"{name}-p999", "ns", repeat, p.P999);
        yield return new Figure(run, scenario, $"{name}-max", "ns", repeat, p.Max);
    }

    private static string Us(long ns) => (ns / NsPerUs).ToString(ns >= 100_000 ? "N0" : "N2", CultureInfo.InvariantCulture);
}
