using System.Buffers.Binary;
using System.Diagnostics;
using System.Globalization;
using MarketMaker.Measuring;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Harness.Kill;

/// <summary>One packet with orders, as the kernel saw it leave.</summary>
/// <param name="WallNs">The kernel's time stamp, ns since 1970.</param>
/// <param name="Orders">Whole orders in it.</param>
internal readonly record struct TappedSend(long WallNs, int Orders);

/// <summary>A witness that is neither the engine nor the venue: tcpdump on loopback, with the kernel's time of every packet to the order port.</summary>
internal sealed class OrderTap : IDisposable
{
    private const int OrderBytes = 50; // SoupBinTCP header and type, OUCH Enter Order without appendages
    private const uint NanosecondMagic = 0xA1B2_3C4D;
    private const int FileHeaderBytes = 24, RecordHeaderBytes = 16, EthernetBytes = 14;

    private readonly Process _tcpdump;
    private readonly string _file;

    /// <summary>Begins to listen; returns when it does.</summary>
    /// <exception cref="MeasureException">There is no tcpdump, or it may not listen.</exception>
    public OrderTap(string file, int port)
    {
        _file = file;
        ProcessStartInfo start = new("tcpdump") { RedirectStandardError = true };
        string[] arguments = ["-i", "lo", "-n", "-Z", "root", "-s", "96", "-B", "8192", "-U", "--time-stamp-precision=nano", "-w", file, string.Create(CultureInfo.InvariantCulture, $"tcp dst port {port}")];
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        try
        {
            _tcpdump = Process.Start(start)!;
        }
        catch (System.ComponentModel.Win32Exception)
        {
            throw new MeasureException("tcpdump is missing: as root run apt-get install -y tcpdump");
        }

        // It says 'listening on lo' when its filter stands.
        string? line;
        do line = _tcpdump.StandardError.ReadLine();
        while (line is not null && !line.Contains("listening", StringComparison.Ordinal));
        if (line is null) throw new MeasureException("tcpdump cannot listen on lo: run this as root");
    }

    /// <summary>Ends it and reads what it saw, oldest first.</summary>
    /// <param name="dropped">Packets that the kernel could not hand to it: must be 0.</param>
    public List<TappedSend> Finish(out string dropped)
    {
        Stop();
        dropped = _tcpdump.StandardError.ReadToEnd().Split('\n').FirstOrDefault(line => line.Contains("dropped by kernel", StringComparison.Ordinal))?.Trim() ?? "";
        byte[] bytes = File.ReadAllBytes(_file);
        if (bytes.Length < FileHeaderBytes || BinaryPrimitives.ReadUInt32LittleEndian(bytes) != NanosecondMagic) throw new MeasureException($"{_file} is not what tcpdump writes");
        List<TappedSend> sends = [];
        for (int at = FileHeaderBytes; at + RecordHeaderBytes <= bytes.Length;)
        {
            ReadOnlySpan<byte> header = bytes.AsSpan(at);
            long wallNs = BinaryPrimitives.ReadUInt32LittleEndian(header) * 1_000_000_000L + BinaryPrimitives.ReadUInt32LittleEndian(header[4..]);
            int kept = (int)BinaryPrimitives.ReadUInt32LittleEndian(header[8..]);
            int orders = OrdersIn(bytes.AsSpan(at + RecordHeaderBytes, kept));
            if (orders > 0) sends.Add(new TappedSend(wallNs, orders));
            at += RecordHeaderBytes + kept;
        }

        return sends;
    }

    public void Dispose()
    {
        Stop();
        _tcpdump.Dispose();
    }

    private void Stop()
    {
        if (_tcpdump.HasExited) return;
        // What is still in its buffer comes within its read timeout.
        Thread.Sleep(1_500);
        ProcessSignal.Send(_tcpdump.Id, ProcessSignal.Terminate);
        if (!_tcpdump.WaitForExit(10_000)) ProcessSignal.Send(_tcpdump.Id, ProcessSignal.Kill);
        _tcpdump.WaitForExit();
    }

    // By the length in the IP header: only the first bytes of a packet are kept.
    private static int OrdersIn(ReadOnlySpan<byte> packet)
    {
        ReadOnlySpan<byte> ip = packet[EthernetBytes..];
        int ipBytes = (ip[0] & 0x0F) * 4;
        int tcpBytes = (ip[ipBytes + 12] >> 4) * 4;
        return (BinaryPrimitives.ReadUInt16BigEndian(ip[2..]) - ipBytes - tcpBytes) / OrderBytes;
    }
}
