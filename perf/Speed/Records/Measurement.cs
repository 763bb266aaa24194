using MarketMaker.Measuring;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Speed.Records;

/// <summary>What the verbs of <c>measure</c> share: the page, the record, the repeats.</summary>
internal static class Measurement
{
    private const int Done = 0;

    /// <summary>Takes the machine's probes, measures, prints, and adds the figures to the record if asked to.</summary>
    public static int Show(string command, bool records, string? json, string setting, Func<List<Figure>, string, IReadOnlyList<MeasureRow>> measure)
    {
        RecordWriter writer = new("perf/Records");
        List<Figure> figures = [.. Floors.MachineProbe.Take(writer.Run, 1)];
        IReadOnlyList<MeasureRow> rows = measure(figures, writer.Run);
        figures.AddRange(Floors.MachineProbe.Take(writer.Run, 2));
        MeasureReport report = new(command, HostFingerprint.Take(Environment.CurrentDirectory), setting, rows);
        report.Print();
        report.Write(json);
        if (records) Console.WriteLine($"record: {writer.Write(figures, command, [setting])}");
        return Done;
    }

    /// <summary>Adds a figure with a line for each repeat.</summary>
    public static void Add(List<Figure> figures, string run, string scenario, string name, string unit, IEnumerable<double> values) =>
        figures.AddRange(values.Select((value, i) => new Figure(run, scenario, name, unit, i + 1, value)));

    /// <summary>Pins the calling thread.</summary>
    /// <exception cref="MeasureException">It cannot be: the message says why.</exception>
    public static void Pin(int core)
    {
        if (CpuTopology.TryPin(core) is { } why) throw new MeasureException($"core {core}: {why}");
    }
}
