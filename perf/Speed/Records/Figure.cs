using System.Globalization;
using MarketMaker.Measuring;

namespace MarketMaker.Speed.Records;

/// <summary>One value of one figure: a line of a record. The same figure has a line for each repeat.</summary>
/// <param name="Run">Which run of the day: its UTC time, 143015.</param>
/// <param name="Scenario">What was measured under which conditions: latency/fused/socket/500000.</param>
/// <param name="Name">The figure: wire-to-wire-p50.</param>
/// <param name="Unit">Its unit. Of times, B, ratio, collections and stalls less is better, of everything else more.</param>
/// <param name="Repeat">Which repeat, from 1.</param>
/// <param name="Value">The value.</param>
internal sealed record Figure(string Run, string Scenario, string Name, string Unit, int Repeat, double Value)
{
    public const string Header = "run,scenario,figure,unit,repeat,value";

    public bool IsLessBetter => Unit is "ns" or "us" or "ms" or "B" or "ratio" or "collections" or "stalls/s";

    public string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Run},{Scenario},{Name},{Unit},{Repeat},{Value:0.######}");

    /// <summary>Reads a record.</summary>
    /// <exception cref="MeasureException">A line is no line of a record.</exception>
    public static IEnumerable<Figure> Read(string path)
    {
        int number = 0;
        foreach (string line in File.ReadLines(path))
        {
            number++;
            if (line.Length == 0 || line == Header) continue;
            string[] fields = line.Split(',');
            if (fields.Length != 6
                || !int.TryParse(fields[4], NumberStyles.None, CultureInfo.InvariantCulture, out int repeat)
                || !double.TryParse(fields[5], NumberStyles.Float, CultureInfo.InvariantCulture, out double value))
                throw new MeasureException($"{path}:{number}: '{line}' is no line of a record: {Header}");
            yield return new Figure(fields[0], fields[1], fields[2], fields[3], repeat, value);
        }
    }
}
