using System.CommandLine;
using System.Globalization;
using MarketMaker.Measuring;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Harness.Network;

/// <summary>Round trips over a veth pair: the engine's drivers against C programs, alternated, so that what the machine does meanwhile meets all.</summary>
internal static class NetworkCommand
{
    private const int Port = 26_400;
    private const int ClientCore = 0;
    private const int ServerCore = 1;

    internal static Command Create()
    {
        Option<int> rounds = new("--rounds") { Description = "Times each figure is taken, 1 to 100.", DefaultValueFactory = _ => 7 };
        Option<int> count = new("--count") { Description = "Round trips of one run, 100 to 1,000,000.", DefaultValueFactory = _ => 10_000 };
        Option<int> gap = new("--gap-us") { Description = "Time between two of them, 0 to 100,000.", DefaultValueFactory = _ => 50 };
        Option<int> bytes = new("--bytes") { Description = "Bytes of a datagram, 8 to 1,400.", DefaultValueFactory = _ => 64 };
        Option<string?> json = new("--json") { Description = "Also write the figures as JSON to this file." };
        Command command = new("network", "Datagrams over a veth pair between two network namespaces: kernel sockets, AF_XDP, AF_PACKET. Needs root and two cores.") { rounds, count, gap, bytes, json };
        command.SetAction(parsed =>
        {
            MeasureReport report = Measure(
                Math.Clamp(parsed.GetValue(rounds), 1, 100), Math.Clamp(parsed.GetValue(count), 100, 1_000_000), Math.Clamp(parsed.GetValue(gap), 0, 100_000), Math.Clamp(parsed.GetValue(bytes), 8, 1_400));
            report.Print();
            report.Write(parsed.GetValue(json));
            return 0;
        });
        return command;
    }

    private static MeasureReport Measure(int rounds, int count, int gapUs, int bytes)
    {
        try
        {
            using VethPair veth = new();
            string[] shape = [veth.EngineAddress.ToString(), Text(Port), Text(count), Text(gapUs), Text(bytes), Text(ServerCore), Text(ClientCore), veth.Engine, veth.Venue];
            (string Name, Func<EchoFloor> Run)[] ways =
            [
                ("C, kernel sockets on both sides: the floor", () => EchoFloor.Run("udp_echo", shape)),
                ("driver = socket", () => Driver(veth, shape, null, answersByTxRing: false)),
                ("driver = xdp, native copy; a kernel socket answers", () => Driver(veth, shape, XdpMode.Native, answersByTxRing: false)),
                ("driver = xdp, generic copy; a kernel socket answers", () => Driver(veth, shape, XdpMode.Generic, answersByTxRing: false)),
                ("driver = xdp, native copy; the TX ring answers", () => Driver(veth, shape, XdpMode.Native, answersByTxRing: true)),
                ("driver = xdp, generic copy; the TX ring answers", () => Driver(veth, shape, XdpMode.Generic, answersByTxRing: true)),
                ("C, AF_XDP native copy, RX and TX ring", () => EchoFloor.Run("xdp_echo", ["native", veth.EngineDevice, .. shape])),
                ("C, AF_XDP generic copy, RX and TX ring", () => EchoFloor.Run("xdp_echo", ["generic", veth.EngineDevice, .. shape])),
                ("C, AF_PACKET ring, answers by the packet socket", () => EchoFloor.Run("packet_echo", [veth.EngineDevice, .. shape])),
            ];
            EchoFloor[][] taken = [.. Enumerable.Range(0, rounds).Select(_ => ways.Select(way => way.Run()).ToArray())];
            List<MeasureRow> rows = [];
            for (int way = 0; way < ways.Length; way++)
            {
                foreach ((string name, Func<EchoFloor, double> value) in new (string, Func<EchoFloor, double>)[] { ("p50", one => one.MedianNs), ("p99", one => one.P99Ns) })
                {
                    double floor = Samples.Of(taken.Select(round => value(round[0]))).Median;
                    Samples ratio = Samples.Of(taken.Select(round => value(round[way]) / value(round[0])));
                    rows.Add(new MeasureRow($"{ways[way].Name}, {name}", "ns", Samples.Of(taken.Select(round => value(round[way]))).Median, floor, ratio));
                }
            }

            Samples faster = Samples.Of(taken.Select(round => Math.Min(round[2].MedianNs, round[3].MedianNs) / round[1].MedianNs));
            rows.Add(new MeasureRow("xdp, the better copy, against driver = socket: p50", "", faster.Median, null, faster, "< 1", faster.Median < 1));
            rows.Add(new MeasureRow("answers lost, all runs", "", taken.Sum(round => round.Sum(one => one.Lost)), null, null));
            return new MeasureReport("network", HostFingerprint.Take(Environment.CurrentDirectory), $"{count:N0} round trips of {bytes} bytes, {gapUs} us apart, {rounds} rounds; the asking side is C on core {ClientCore}, the other spins on core {ServerCore}", rows);
        }
        catch (Exception cause) when (cause is InvalidOperationException or SocketSetupException)
        {
            throw new MeasureException(cause.Message);
        }
    }

    private static EchoFloor Driver(VethPair veth, string[] shape, XdpMode? mode, bool answersByTxRing)
    {
        using EchoResponder responder = new(veth, Port, ServerCore, mode, answersByTxRing);
        return EchoFloor.Run("udp_echo", ["ask", .. shape]);
    }

    private static string Text(int value) => value.ToString(CultureInfo.InvariantCulture);
}
