using System.Globalization;
using System.Net;
using System.Net.Sockets;
using MarketMaker.Measuring;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.Floors;

/// <summary>What the machine itself does just now, taken before and after a run. A figure of a run whose probes differ is the machine's.</summary>
internal static class MachineProbe
{
    /// <summary>Name of the median of a datagram in and an order's bytes out, one at a time.</summary>
    public const string EchoP50 = Echo + "-p50";

    private const string Echo = "udp-tcp-echo";
    private const string Rounds = "200000";
    private const string EchoCount = "20000";
    private const string EchoGapUs = "50";
    private const string EchoBytes = "58";
    private const int PortAttempts = 10;

    /// <summary>Runs the floors that need two cores; none where there is one.</summary>
    /// <param name="run">The run's name in the record.</param>
    /// <param name="repeat">1 before, 2 after.</param>
    public static IEnumerable<Figure> Take(string run, int repeat)
    {
        if (Environment.ProcessorCount < 2) yield break;
        foreach (Figure figure in Of("cache-line", FloorProgram.Run("cache_line", Rounds, "0", "1"))) yield return figure;
        if (FloorProgram.Exists("udp_tcp_echo"))
        {
            foreach (Figure figure in Of(Echo, FloorProgram.Run("udp_tcp_echo", "127.0.0.1", Port(), EchoCount, EchoGapUs, EchoBytes, "0", "1", "-", "-"))) yield return figure;
        }

        IEnumerable<Figure> Of(string name, Dictionary<string, double> result) =>
            from key in new[] { "p50_ns", "p99_ns", "p999_ns" }
            select new Figure(run, Comparison.FloorScenario, $"{name}-{key[..^3]}", "ns", repeat, result[key]);
    }

    // The echo takes the same port of both protocols.
    private static string Port()
    {
        for (int attempt = 0; attempt < PortAttempts; attempt++)
        {
            using TcpListener both = new(IPAddress.Loopback, 0);
            both.Start();
            int port = ((IPEndPoint)both.LocalEndpoint).Port;
            using Socket udp = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
            try
            {
                udp.Bind(new IPEndPoint(IPAddress.Loopback, port));
                return port.ToString(CultureInfo.InvariantCulture);
            }
            catch (SocketException)
            {
                // Another program's: the next one.
            }
        }

        throw new MeasureException("no port is free for both UDP and TCP");
    }
}
