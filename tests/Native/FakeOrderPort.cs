using System.Net;
using System.Net.Sockets;

namespace MarketMaker.Tests.Native;

/// <summary>An order port that knows nobody: it answers each login with a reject and counts them.</summary>
/// <remarks>Source: SoupBinTCP 3.00, Login Request Packet (47 bytes behind the length) and Login Rejected Packet.</remarks>
internal sealed class FakeOrderPort : IDisposable
{
    private const int LoginRequestBytes = 49;
    private const int UsernameAt = 3;

    // Length 2, type J, reason A: not authorised.
    private static readonly byte[] LoginRejected = [0, 2, (byte)'J', (byte)'A'];

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private int _logins;

    public FakeOrderPort()
    {
        _listener.Start();
        _ = ServeAsync();
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    public int Logins => Volatile.Read(ref _logins);

    public string LastUsername { get; private set; } = "";

    public void Dispose() => _listener.Dispose();

    private async Task ServeAsync()
    {
        byte[] request = new byte[LoginRequestBytes];
        try
        {
            while (true)
            {
                using TcpClient client = await _listener.AcceptTcpClientAsync();
                await client.GetStream().ReadExactlyAsync(request);
                LastUsername = System.Text.Encoding.ASCII.GetString(request, UsernameAt, 6).Trim();
                Interlocked.Increment(ref _logins);
                await client.GetStream().WriteAsync(LoginRejected);
            }
        }
        catch (Exception end) when (end is SocketException or ObjectDisposedException or IOException or OperationCanceledException)
        {
            // The listener was disposed, or the engine hung up.
        }
    }
}
