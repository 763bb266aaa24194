using System.Net.Sockets;
using System.Text;

namespace MarketMaker.Tests.Native;

public sealed class ServiceNoticeSpecs
{
    [SkippableFact]
    public void should_tell_systemd_that_it_is_ready_alive_and_stopping()
    {
        using TestNode node = new TestNode().Prepare();
        node.StartVenue("sim", "--tickers", "100", "--rate", "2000");
        string path = node.PathOf("notify");
        using Socket systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 30_000 };
        systemd.Bind(new UnixDomainSocketEndPoint(path));
        using RunningProgram engine = RunningProgram.StartIn(
            new Dictionary<string, string> { ["NOTIFY_SOCKET"] = path, ["WATCHDOG_USEC"] = "200000" }, "marketmaker", "run", "--config", node.IniFile);
        List<string> said = [];
        // Until it trades and has given five signs of life.
        while (said.Count(line => line == "WATCHDOG=1") < 5 || !said.Contains("STATUS=Trading")) said.Add(Receive(systemd));
        engine.Stop();
        while (!said.Contains("STOPPING=1")) said.Add(Receive(systemd));
        Assert.Equal("READY=1", said[0]);
        Assert.Equal(1, said.Count(line => line == "READY=1"));
    }

    [SkippableFact]
    public void should_say_whether_the_engine_trades()
    {
        using TestNode node = new TestNode().Prepare();
        Assert.Equal(1, node.RunEngine("health").Status);
        node.StartVenue("sim", "--tickers", "100", "--rate", "2000");
        RunningProgram engine = node.StartEngine();
        (int status, string output) = node.RunEngine("health", "--wait-s", "30");
        Assert.Equal(0, status);
        Assert.Contains($"process {engine.Id}, is Trading", output, StringComparison.Ordinal);
        engine.Kill();
        (status, output) = node.RunEngine("health");
        Assert.Equal(1, status);
        Assert.Contains($"process {engine.Id}", output, StringComparison.Ordinal);
    }

    private static string Receive(Socket socket)
    {
        byte[] buffer = new byte[512];
        return Encoding.UTF8.GetString(buffer, 0, socket.Receive(buffer));
    }
}
