using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Measuring;
using MarketMaker.Micro;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Speed.Floors;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.Itch;

/// <summary>The engine's ITCH codec against a C program over the same file: walking frames, decoding every field of Add Orders, and of the mix of a day.</summary>
internal static class ItchCommand
{
    private const int Messages = 1 << 15, Rounds = 400;
    private const double WalkGoal = 0.8, DecodeGoal = 0.7, MixedGoal = 62e6;

    internal static Command Create()
    {
        Option<int> repeats = new("--repeats") { Description = "Alternating repeats, 5 to 1,000.", DefaultValueFactory = _ => 9 };
        Option<bool> record = new("--record") { Description = "Add the run to perf/Records." };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("itch", "ITCH frames and fields against C over the same bytes.") { repeats, record, json };
        command.SetAction(parsed => Measurement.Show("measure itch", parsed.GetValue(record), parsed.GetValue(json), $"{Messages:N0} messages, again and again, on core 0; sums of all fields are compared with C's; repeats alternate",
            (figures, run) => Measure(figures, run, Math.Clamp(parsed.GetValue(repeats), 5, 1_000))));
        return command;
    }

    private static List<MeasureRow> Measure(List<Figure> figures, string run, int repeats)
    {
        Measurement.Pin(0);
        return
        [
            Compare("frame walk, mixed messages", "walk", true, Walk, WalkGoal, null),
            Compare("full decode, Add Orders", "add", false, DecodeAdds, DecodeGoal, null),
            Compare("full decode, mixed messages", "mixed", true, DecodeMixed, null, MixedGoal),
        ];

        MeasureRow Compare(string name, string verb, bool isMixed, Func<byte[], ulong> ours, double? ratioGoal, double? rateGoal)
        {
            byte[] stream = MixedStream.Make(Messages, isMixed);
            string file = Path.Combine(Path.GetTempPath(), $"mm-speed-{Environment.ProcessId}.itch");
            File.WriteAllBytes(file, stream);
            try
            {
                List<double> mine = [], theirs = [];
                Time(stream, ours);
                for (int i = 0; i < repeats; i++)
                {
                    (double rate, ulong sum) = Time(stream, ours);
                    Dictionary<string, double> floor = FloorProgram.Run("itch_walk", verb, file, $"{Rounds}", "0");
                    // Doubles hold 53 bits of the sum: the C program prints its low half.
                    if ((uint)sum != (uint)floor["sum"]) throw new MeasureException($"{verb}: the fields add up to {(uint)sum}, in C to {(uint)floor["sum"]}");
                    mine.Add(rate);
                    theirs.Add(1e9 / floor["ns_per_message"]);
                }

                Samples ratio = Samples.Of(mine.Zip(theirs, (a, b) => a / b));
                Measurement.Add(figures, run, "itch", verb, "1/s", mine);
                Measurement.Add(figures, run, "itch", $"{verb}-c", "1/s", theirs);
                Measurement.Add(figures, run, "itch", $"{verb}-over-c", "times", mine.Zip(theirs, (a, b) => a / b));
                double median = Samples.Of(mine).Median;
                string goal = ratioGoal is { } least ? $">= {least}x C" : $">= {rateGoal:N0}/s";
                return new MeasureRow(name, "1/s", median, Samples.Of(theirs).Median, ratio, goal, ratioGoal is null ? median >= rateGoal : ratio.Median >= ratioGoal);
            }
            finally
            {
                File.Delete(file);
            }
        }
    }

    private static (double PerSecond, ulong Sum) Time(byte[] stream, Func<byte[], ulong> work)
    {
        ulong sum = 0;
        long begun = Stopwatch.GetTimestamp();
        for (int round = 0; round < Rounds; round++) sum += work(stream);
        return ((double)Messages * Rounds / Stopwatch.GetElapsedTime(begun).TotalSeconds, sum);
    }

    private static ulong Walk(byte[] stream)
    {
        ulong sum = 0;
        ItchFileReader reader = new(stream);
        while (reader.TryNext(out ReadOnlySpan<byte> message)) sum += message[0] + (ulong)message.Length;
        return sum;
    }

    private static ulong DecodeAdds(byte[] stream)
    {
        ulong sum = 0;
        ItchFileReader reader = new(stream);
        while (reader.TryNext(out ReadOnlySpan<byte> message))
        {
            if (message[0] != (byte)ItchMessageType.AddOrder || !ItchLengths.IsWellFormed(message)) continue;
            AddOrder m = AddOrder.Read(message);
            sum += m.Header.StockLocate + (ulong)m.Header.TrackingNumber + (ulong)m.Header.TimestampNs + m.OrderReference + (ulong)m.Side + m.Shares + m.Stock.Packed + m.Price;
        }

        return sum;
    }

    private static ulong DecodeMixed(byte[] stream)
    {
        ulong sum = 0;
        ItchFileReader reader = new(stream);
        while (reader.TryNext(out ReadOnlySpan<byte> message)) sum += ItchChecksum.Of(message);
        return sum;
    }
}
