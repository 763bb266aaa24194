using System.Net;
using MarketMaker.Platform.Network;

namespace MarketMaker.Host.Configuration;

/// <summary>The addresses of the INI file as options of sockets.</summary>
internal sealed class NetworkConfig(IniValues ini)
{
    /// <summary>Line A, and B where there is one.</summary>
    public IReadOnlyList<UdpReceiverOptions> Lines =>
        [.. new[] { "address-a", "address-b" }.Where(name => ini.Text("feed", name).Length > 0).Select(LineOptions)];

    /// <summary>The socket of re-requests and their answers; null when there is no server.</summary>
    public UdpReceiverOptions? Requests => ini.Text("feed", "request-address").Length == 0
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
        Venue = ini.Text("verdicts", "source") is { Length: > 0 } source ? new IPEndPoint(IPAddress.Parse(source), 0) : null,
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
    public TcpStreamOptions Orders => Stream("execution", "address");

    public void Check(List<string> errors)
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
    }

    private UdpReceiverOptions LineOptions(string name) => new()
    {
        Bind = IPEndPoint.Parse(ini.Text("feed", name)),
        Interface = ini.Text("feed", "interface"),
        Venue = ini.Text("feed", "source") is { Length: > 0 } source ? new IPEndPoint(IPAddress.Parse(source), 0) : null,
        ReceiveBufferBytes = ini.Int("feed", "receive-buffer-bytes"),
        BatchMax = ini.Int("feed", "batch-packets"),
        BusyPollUs = ini.Int("feed", "busy-poll-us"),
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
