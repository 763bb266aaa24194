using System.Globalization;
using System.Net;
using System.Numerics;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;

namespace MarketMaker.Host.Configuration;

/// <summary>The addresses of the INI file as options of sockets.</summary>
internal sealed class NetworkConfig(IniValues ini)
{
    /// <summary>Line A, and B where there is one.</summary>
    public IReadOnlyList<UdpReceiverOptions> Lines =>
        [.. new[] { "address-a", "address-b" }.Where(name => ini.Text("feed", name).Length > 0).Select(LineOptions)];

    /// <summary>Whether gaps are asked for.</summary>
    public bool HasRequests => ini.Text("feed", "request-address").Length > 0;

    /// <summary>The socket of re-requests and their answers; null when there is no server.</summary>
    public UdpReceiverOptions? Requests => !HasRequests
        ? null
        : new UdpReceiverOptions
        {
            // Not bound to an interface: the route to the server decides.
            Bind = new IPEndPoint(IPAddress.Any, 0),
            Venue = Resolve("feed", "request-address"),
            ReceiveBufferBytes = ini.Int("feed", "receive-buffer-bytes"),
        };

    /// <summary>The snapshot server; null when there is none.</summary>
    public TcpStreamOptions? Snapshot => ini.Text("feed", "snapshot-address").Length == 0 ? null : Stream("feed", "snapshot-address");

    /// <summary>The price service.</summary>
    public TcpStreamOptions Prices => Stream("prices", "address");

    /// <summary>The line of the volatility service.</summary>
    public UdpReceiverOptions Verdicts => new()
    {
        Bind = IPEndPoint.Parse(ini.Text("verdicts", "address")),
        Interface = ini.Text("verdicts", "interface"),
        Venue = Source("verdicts"),
        ReceiveBufferBytes = ini.Int("verdicts", "receive-buffer-bytes"),
    };

    /// <summary>The socket of its re-requests and their answers; null when it has no request server.</summary>
    public UdpReceiverOptions? VerdictRequests => ini.Text("verdicts", "request-address").Length == 0
        ? null
        : new UdpReceiverOptions
        {
            Bind = new IPEndPoint(IPAddress.Any, 0),
            Venue = Resolve("verdicts", "request-address"),
            ReceiveBufferBytes = ini.Int("verdicts", "receive-buffer-bytes"),
        };

    /// <summary>Order entry.</summary>
    public TcpStreamOptions Orders => Stream("execution", "address") with { BusyPoll = new(ini.Int("execution", "busy-poll-us")) };

    /// <summary>The feed's AF_XDP sockets; null: kernel sockets.</summary>
    public XdpReceiverOptions? Xdp => !IsXdp ? null : new()
    {
        Interface = ini.Text("feed", "interface"),
        Destinations = [.. Lines.Select(line => line.Bind)],
        Queues = TryReadQueues(out List<int> queues) ? queues : [],
        Mode = ini.Text("feed", "xdp-mode") switch
        {
            "zero-copy" => XdpMode.ZeroCopy,
            "native" => XdpMode.Native,
            "generic" => XdpMode.Generic,
            _ => XdpMode.Auto,
        },
        Venue = Source("feed"),
        Frames = ini.Int("feed", "xdp-frames"),
        BatchMax = ini.Int("feed", "batch-packets"),
        BusyPoll = FeedBusyPoll,
        BusyTimeout = TimeSpan.FromMilliseconds(ini.Int("feed", "xdp-busy-timeout-ms")),
    };

    /// <summary>Whether packets of kernel sockets carry their time of arrival.</summary>
    public PacketTimestamps Timestamps => ini.Text("feed", "timestamps") switch
    {
        "kernel" => PacketTimestamps.Kernel,
        "card" => PacketTimestamps.Card,
        _ => PacketTimestamps.None,
    };

    private bool IsXdp => ini.Text("feed", "driver") == "xdp";

    private BusyPoll FeedBusyPoll => new(ini.Int("feed", "busy-poll-us"), ini.Bool("feed", "busy-poll-prefer"), ini.Int("feed", "busy-poll-budget"));

    /// <summary>Adds what is wrong with the values.</summary>
    /// <param name="errors">File, line, key and remedy of each.</param>
    /// <param name="isFileOnly">Whether the file is another host's, with that host's interfaces.</param>
    public void Check(List<string> errors, bool isFileOnly)
    {
        foreach ((string section, string name) in (ReadOnlySpan<(string, string)>)[("feed", "address-a"), ("feed", "address-b"), ("verdicts", "address")])
        {
            if (ini.Text(section, name) is { Length: > 0 } line && !IPEndPoint.TryParse(line, out _))
                errors.Add($"{ini.At(section, name)}: write a numeric IPv4 address and a port");
        }

        foreach (string section in (ReadOnlySpan<string>)["feed", "verdicts"])
        {
            // The system would take 10.0.1 for 10.0.0.1.
            if (ini.Text(section, "source") is { Length: > 0 } source && (source.Count(c => c == '.') != 3 || !IPAddress.TryParse(source, out _)))
                errors.Add($"{ini.At(section, "source")}: write a numeric IPv4 address");
        }

        if (IsXdp) CheckXdp(errors, isFileOnly);
    }

    private void CheckXdp(List<string> errors, bool isFileOnly)
    {
        string name = ini.Text("feed", "interface");
        IReadOnlyList<string> there = NetworkDevice.Names;
        if (isFileOnly ? name.Length == 0 || IPAddress.TryParse(name, out _) : !there.Contains(name))
            errors.Add($"{ini.At("feed", "interface")}: driver = xdp needs the name of an interface of this host; did you mean {Spelling.Nearest(name, there)}?");
        if (!TryReadQueues(out _)) errors.Add($"{ini.At("feed", "xdp-queues")}: write all, or numbers of queues divided by commas, each once");
        if (!BitOperations.IsPow2(ini.Int("feed", "xdp-frames"))) errors.Add($"{ini.At("feed", "xdp-frames")}: write a power of two");
        if (Timestamps != PacketTimestamps.None) errors.Add($"{ini.At("feed", "timestamps")}: only driver = socket has them; write off, or driver = socket");
    }

    // Empty: all.
    private bool TryReadQueues(out List<int> queues)
    {
        queues = [];
        string text = ini.Text("feed", "xdp-queues");
        if (text == "all") return true;
        foreach (string part in text.Split(','))
        {
            if (!int.TryParse(part.Trim(), NumberStyles.None, CultureInfo.InvariantCulture, out int queue) || queues.Contains(queue)) return false;
            queues.Add(queue);
        }

        return true;
    }

    private IPEndPoint? Source(string section) => ini.Text(section, "source") is { Length: > 0 } source ? new IPEndPoint(IPAddress.Parse(source), 0) : null;

    private UdpReceiverOptions LineOptions(string name) => new()
    {
        Bind = IPEndPoint.Parse(ini.Text("feed", name)),
        Interface = ini.Text("feed", "interface"),
        Venue = Source("feed"),
        ReceiveBufferBytes = ini.Int("feed", "receive-buffer-bytes"),
        BatchMax = ini.Int("feed", "batch-packets"),
        BusyPoll = FeedBusyPoll,
        Timestamps = Timestamps,
    };

    private TcpStreamOptions Stream(string section, string name)
    {
        (string host, int port) = Split(ini.Text(section, name));
        return new TcpStreamOptions { Host = host, Port = port };
    }

    private IPEndPoint Resolve(string section, string name)
    {
        // Looked up as every other server is, with the same sentence when it is not known.
        using TcpStream server = new(Stream(section, name));
        return server.Peer;
    }

    private static (string Host, int Port) Split(string endpoint)
    {
        int colon = endpoint.LastIndexOf(':');
        return (endpoint[..colon], int.Parse(endpoint.AsSpan(colon + 1), System.Globalization.CultureInfo.InvariantCulture));
    }
}
