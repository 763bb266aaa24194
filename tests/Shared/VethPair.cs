using System.Diagnostics;
using System.Net;
using MarketMaker.Platform.Network;

namespace MarketMaker.Tests.Shared;

/// <summary>Two network namespaces joined by a veth pair: the engine's host and the venue's. Removed by <see cref="Dispose"/>, whatever happened.</summary>
public sealed class VethPair : IDisposable
{
    private static int _made;

    private readonly string _name = $"mm{Environment.ProcessId:x}{Interlocked.Increment(ref _made):x}";

    /// <summary>Makes namespaces and devices.</summary>
    /// <param name="queues">RX and TX queues of each device.</param>
    /// <exception cref="InvalidOperationException">They cannot be made here; says why.</exception>
    public VethPair(int queues = 1)
    {
        if (Environment.UserName != "root") throw new InvalidOperationException("network namespaces need root");
        try
        {
            Make(queues);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Namespace of the side that receives.</summary>
    public string Engine => $"{_name}e";

    /// <summary>Namespace of the side that sends.</summary>
    public string Venue => $"{_name}v";

    /// <summary>Device of the side that receives.</summary>
    public string EngineDevice => $"{_name}de";

    /// <summary>Device of the side that sends.</summary>
    public string VenueDevice => $"{_name}dv";

    public IPAddress EngineAddress { get; } = IPAddress.Parse("10.211.7.2");

    public IPAddress VenueAddress { get; } = IPAddress.Parse("10.211.7.1");

    /// <summary>Runs something on the receiving side.</summary>
    public T OnEngine<T>(Func<T> body) => NetworkNamespace.Run(Engine, body);

    /// <summary>Runs something on the sending side.</summary>
    public T OnVenue<T>(Func<T> body) => NetworkNamespace.Run(Venue, body);

    /// <summary>A socket of the sending side that sends to an address.</summary>
    public UdpSender SenderTo(IPEndPoint destination, string networkInterface = "") =>
        OnVenue(() => new UdpSender(new UdpSenderOptions { Destination = destination, Interface = networkInterface }));

    /// <summary>What `ip` says about the receiving device.</summary>
    public string DescribeEngineDevice() => Ip([], "-n", Engine, "link", "show", EngineDevice);

    // The devices go with their namespaces; what was not made is no matter.
    public void Dispose() => _ = Run([$"netns del {Engine}", $"netns del {Venue}"], "-force", "-batch", "-");

    private void Make(int queues)
    {
        string count = $"numrxqueues {queues} numtxqueues {queues}";
        Ip([$"netns add {Engine}", $"netns add {Venue}", $"link add {EngineDevice} netns {Engine} {count} type veth peer name {VenueDevice} netns {Venue} {count}"], "-batch", "-");
        foreach ((string side, string device, IPAddress address) in (ReadOnlySpan<(string, string, IPAddress)>)[(Engine, EngineDevice, EngineAddress), (Venue, VenueDevice, VenueAddress)])
            Ip([$"address add {address}/24 dev {device}", "link set lo up", $"link set {device} up"], "-n", side, "-batch", "-");
    }

    private static string Ip(string[] lines, params string[] arguments)
    {
        (int status, string output) = Run(lines, arguments);
        return status == 0 ? output : throw new InvalidOperationException($"ip {string.Join(' ', arguments)} {string.Join("; ", lines)}: {output}");
    }

    private static (int Status, string Output) Run(string[] lines, params string[] arguments)
    {
        using Process process = Start(arguments);
        foreach (string line in lines) process.StandardInput.WriteLine(line);
        process.StandardInput.Close();
        string output = process.StandardOutput.ReadToEnd() + process.StandardError.ReadToEnd();
        process.WaitForExit();
        return (process.ExitCode, output);
    }

    private static Process Start(string[] arguments)
    {
        try
        {
            return Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardInput = true, RedirectStandardOutput = true, RedirectStandardError = true })!;
        }
        catch (System.ComponentModel.Win32Exception cause)
        {
            throw new InvalidOperationException($"ip cannot be run: install iproute2 ({cause.Message})");
        }
    }
}
