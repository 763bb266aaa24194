using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace MarketMaker.Platform.Processes;

/// <summary>Tells systemd how the service is: ready, alive, stopping, and in a sentence. Without systemd it does nothing.</summary>
/// <remarks>
/// The protocol of sd_notify(3): one datagram a message, to the unix socket that NOTIFY_SOCKET names. All but <see cref="Status"/>
/// allocates nothing. Belongs to one thread. A message that systemd does not take is lost: the next one comes soon.
/// </remarks>
public sealed unsafe partial class ServiceNotifier : IDisposable
{
    private const int FamilyUnix = 1;
    private const int DatagramClosedOnExec = 0x80002;
    private const int NoSignalDontWait = 0x4040;
    private const int PathBytesMax = 108;
    private const int PathOffset = 2;
    private const long NsPerUs = 1_000;

    // As sockaddr_un has it: family, then the path, whose first byte is zero for an abstract name.
    private readonly byte[] _address;
    private readonly int _socket = -1;
    private long _nextAliveNs = long.MinValue;

    /// <summary>Opens the socket that is named; empty or null: there is no service manager.</summary>
    /// <param name="socketName">A path, or a name behind <c>@</c>.</param>
    /// <param name="watchdogUs">WATCHDOG_USEC: after so long without a sign of life the service is restarted; 0: never.</param>
    public ServiceNotifier(string? socketName, long watchdogUs)
    {
        byte[] name = Encoding.UTF8.GetBytes(socketName ?? "");
        _address = new byte[PathOffset + name.Length];
        // Another form than these two is none of ours.
        if (name.Length is 0 or > PathBytesMax - 1 || name[0] is not ((byte)'/' or (byte)'@')) return;
        _address[0] = FamilyUnix;
        name.CopyTo(_address, PathOffset);
        if (name[0] == (byte)'@') _address[PathOffset] = 0;
        _socket = Socket(FamilyUnix, DatagramClosedOnExec, 0);
        // Half of the time allowed, as systemd advises.
        AlivePeriodNs = IsPresent ? Math.Max(0, watchdogUs) * NsPerUs / 2 : 0;
    }

    /// <summary>What systemd put into the environment of this process.</summary>
    public static ServiceNotifier FromEnvironment()
    {
        // Meant for another process, such as a shell that started us, when the id is not ours.
        bool isOurs = Environment.GetEnvironmentVariable("WATCHDOG_PID") is not { Length: > 0 } id || id == Environment.ProcessId.ToString(CultureInfo.InvariantCulture);
        _ = long.TryParse(Environment.GetEnvironmentVariable("WATCHDOG_USEC"), NumberStyles.None, CultureInfo.InvariantCulture, out long watchdogUs);
        return new ServiceNotifier(Environment.GetEnvironmentVariable("NOTIFY_SOCKET"), isOurs ? watchdogUs : 0);
    }

    /// <summary>Whether somebody listens.</summary>
    public bool IsPresent => _socket >= 0;

    /// <summary>How often <see cref="Alive"/> sends; 0: it never does.</summary>
    public long AlivePeriodNs { get; }

    /// <summary>The start is over.</summary>
    public void Ready() => Send("READY=1"u8);

    /// <summary>The stop has begun.</summary>
    public void Stopping() => Send("STOPPING=1"u8);

    /// <summary>A sign of life, sent when half of the watchdog's time is over. Call it as often as you like; allocates nothing.</summary>
    /// <param name="nowNs">Monotonic ns.</param>
    /// <returns>Whether it was sent.</returns>
    public bool Alive(long nowNs)
    {
        if (AlivePeriodNs == 0 || nowNs < _nextAliveNs) return false;
        _nextAliveNs = nowNs + AlivePeriodNs;
        Send("WATCHDOG=1"u8);
        return true;
    }

    /// <summary>A sentence for <c>systemctl status</c>. Allocates: for changes, not for each turn.</summary>
    public void Status(string sentence)
    {
        if (IsPresent) Send(Encoding.UTF8.GetBytes($"STATUS={sentence.ReplaceLineEndings(" ")}"));
    }

    /// <summary>Closes the socket.</summary>
    public void Dispose()
    {
        if (IsPresent) _ = Close(_socket);
    }

    private void Send(ReadOnlySpan<byte> message)
    {
        if (!IsPresent) return;
        // SAFETY: both spans are pinned during the call, which reads as many bytes as it is told; the address is no longer than sockaddr_un.
        fixed (byte* text = message)
        fixed (byte* address = _address)
            _ = SendTo(_socket, text, (nuint)message.Length, NoSignalDontWait, address, (uint)_address.Length);
    }

    [LibraryImport("libc", EntryPoint = "socket")]
    private static partial int Socket(int family, int type, int protocol);

    [LibraryImport("libc", EntryPoint = "sendto")]
    private static partial nint SendTo(int socket, byte* bytes, nuint count, int flags, byte* address, uint addressBytes);

    [LibraryImport("libc", EntryPoint = "close")]
    private static partial int Close(int socket);
}
