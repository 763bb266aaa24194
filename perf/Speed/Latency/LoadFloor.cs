using System.Diagnostics;
using System.Globalization;
using MarketMaker.Measuring;
using MarketMaker.Protocols.Ouch50;
using MarketMaker.Protocols.SoupBinTcp;
using MarketMaker.Speed.Floors;
using MarketMaker.Speed.Load;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.Latency;

/// <summary>
/// The least that anybody must do under the very load that the engine gets, in C: datagrams in, orders out (<c>wire_to_order</c>). What lies between it and the engine
/// is the engine; what lies below it is the kernel and this generator, which sends while its orders come.
/// </summary>
internal static class LoadFloor
{
    /// <summary>Name of its median.</summary>
    public const string P50 = "wire-to-order-p50";

    private const string Program = "wire_to_order";
    private const double WarmUpSeconds = 0.5, SecondsMax = 2;

    // One paying offer in a hundred is 1.2 % and more below fair, all others 0.8 % at most.
    private const string BuyAtMost = "990000";
    private static readonly TimeSpan Slack = TimeSpan.FromSeconds(20);

    /// <summary>Whether it can be taken: it was built, and generator and floor have a core each.</summary>
    public static bool CanBeTaken => Environment.ProcessorCount > 1 && FloorProgram.Exists(Program);

    /// <summary>Takes it once.</summary>
    /// <param name="options">Rate, length of a piece, tickers, folder and the generator's core.</param>
    /// <param name="run">The run's name in the record.</param>
    /// <param name="repeat">The piece of the engine that it comes before, from 1.</param>
    /// <param name="interrupted">Ends it.</param>
    /// <returns>None where it did not answer the load either; says so.</returns>
    /// <exception cref="MeasureException">It did not start.</exception>
    public static async Task<Figure[]> TakeAsync(LatencyOptions options, string run, int repeat, CancellationToken interrupted)
    {
        string fills = Path.Combine(Path.GetFullPath(options.Data), $"floor-{Environment.ProcessId}.csv");
        Directory.CreateDirectory(Path.GetDirectoryName(fills)!);
        double seconds = Math.Min(SecondsMax, options.Seconds / options.Repeats);
        int core = options.FoundLayout.GeneratorCore(options.Cores);
        try
        {
            await using LoadVenue venue = await LoadVenue.StartAsync(options.Tickers, core, fills);
            using Process floor = FloorProgram.Start(
                Program, Text(venue.FeedPort), Text(venue.Ports.OrderPort), Convert.ToHexString(Login()), Convert.ToHexString(Order()), BuyAtMost, Text(core == 0 ? 1 : 0));
            try
            {
                if (await floor.StandardOutput.ReadLineAsync(interrupted) != "ready") throw new MeasureException($"{Program} did not log in");
                Rung rung = new(options.Rate, WarmUpSeconds, seconds);
                venue.Market.Run(rung);
                if (!rung.WaitDone(TimeSpan.FromSeconds(WarmUpSeconds + seconds) + Slack, interrupted)) throw new MeasureException($"the load of {options.Rate:N0} offers/s did not end");
                if (rung.Samples.Count == 0 || rung.Samples.Count < rung.Paying * 99 / 100)
                {
                    Console.WriteLine($"{Program} answered {rung.Samples.Count:N0} of {rung.Paying:N0} paying offers before piece {repeat}: no floor there");
                    return [];
                }

                Percentiles fromSend = Percentiles.Of(rung.Samples.Select(sample => sample.FromSendNs));
                return [Of(P50, fromSend.P50), Of("wire-to-order-p99", fromSend.P99), Of("wire-to-order-p999", fromSend.P999)];
            }
            finally
            {
                floor.Kill();
                await floor.WaitForExitAsync(CancellationToken.None);
            }
        }
        finally
        {
            File.Delete(fills);
        }

        Figure Of(string name, long ns) => new(run, Comparison.FloorScenario, name, "ns", repeat, ns);
    }

    private static byte[] Login()
    {
        ByteQueue bytes = new(128);
        SoupBinLoginRequest.TryWrite(bytes, System.Text.Encoding.ASCII.GetBytes(LoadVenue.User), System.Text.Encoding.ASCII.GetBytes(LoadVenue.Password), default, 1);
        return bytes.Pending.ToArray();
    }

    private static byte[] Order()
    {
        byte[] bytes = new byte[SoupBinFrame.HeaderBytes + EnterOrder.Length];
        ClOrdId.TryCreate("FLOOR"u8, out ClOrdId clOrdId);
        SoupBinFrame.WriteHeader(bytes, SoupBinPacketType.UnsequencedData, EnterOrder.Length);
        new EnterOrder
        {
            Side = OuchSide.Buy,
            TimeInForce = OuchTimeInForce.ImmediateOrCancel,
            Display = OuchDisplay.Hidden,
            Capacity = OuchCapacity.Principal,
            Iso = (byte)'N',
            CrossType = OuchCrossType.Continuous,
            ClOrdId = clOrdId,
        }.Write(bytes.AsSpan(SoupBinFrame.HeaderBytes));
        return bytes;
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
