using System.Buffers.Binary;

namespace MarketMaker.Tests.Crash.Cuts;

internal enum ShimEventKind
{
    Write = 1,
    WriteDsync = 2,
    Sync = 3,
    Truncate = 4,
    Allocate = 5,
    Mark = 6,
    Fault = 7,
}

/// <summary>One thing that happened to the watched file, as <c>disk_shim.c</c> recorded it.</summary>
internal sealed record ShimEvent(ShimEventKind Kind, long Offset, long Error, byte[] Bytes)
{
    private const int HeaderBytes = 32;

    internal bool IsWrite => Kind is ShimEventKind.Write or ShimEventKind.WriteDsync;

    internal static List<ShimEvent> ReadAll(string logFile)
    {
        List<ShimEvent> events = [];
        ReadOnlySpan<byte> log = File.ReadAllBytes(logFile);
        while (log.Length >= HeaderBytes)
        {
            int length = (int)BinaryPrimitives.ReadInt64LittleEndian(log[16..]);
            if (log.Length < HeaderBytes + length) break;
            events.Add(new ShimEvent(
                (ShimEventKind)BinaryPrimitives.ReadUInt32LittleEndian(log), BinaryPrimitives.ReadInt64LittleEndian(log[8..]),
                BinaryPrimitives.ReadInt64LittleEndian(log[24..]), log.Slice(HeaderBytes, length).ToArray()));
            log = log[(HeaderBytes + length)..];
        }

        return events;
    }
}
