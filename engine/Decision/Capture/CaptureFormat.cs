namespace MarketMaker.Decision.Capture;

/// <summary>How a capture file is laid out.</summary>
/// <remarks>
/// <para>Preamble: <c>MMCAPTUR</c>, version (4 bytes), bytes of the header (4), XxHash3 of both and the header (8). The header: sections of
/// number (4), length (4) and content, see <see cref="CaptureHeader"/>.</para>
/// <para>Then blocks: XxHash3 (8) of what follows, seeded with the hash before it, so that none can be missing or elsewhere; bytes of the content (4);
/// kind (4); content. A data block's content begins with the orders and their hash up to its end (16), so that a file without an end can be
/// verified as far as it goes. The trailer is the last block, see <see cref="CaptureTrailer"/>. Numbers are little-endian.</para>
/// </remarks>
internal static class CaptureFormat
{
    public const uint Version = 1;
    public const int PreambleBytes = 24;
    public const int HeaderBytesMax = 64 * 1024 * 1024;
    public const int BlockHeadBytes = 16;
    public const int TallyBytes = 16;

    /// <summary>Content of a data block at most: big writes, and little to lose at a kill.</summary>
    public const int BlockContentMax = 256 * 1024;

    /// <summary>No event takes more: a response of the largest numbers has 150.</summary>
    public const int EventBytesMax = 192;

    public const uint DataBlock = 1;
    public const uint TrailerBlock = 2;

    public static ReadOnlySpan<byte> Magic => "MMCAPTUR"u8;
}

/// <summary>How a capture ended.</summary>
public enum CaptureEnding : byte
{
    /// <summary>With the engine's orderly stop: every input is there.</summary>
    Complete = 1,

    /// <summary>The ring <c>captures</c> was full: the file is whole up to the first input that was lost, and goes no further.</summary>
    RingFull = 2,

    /// <summary>It reached its size limit, and is whole up to there.</summary>
    SizeLimit = 3,

    /// <summary>There is no end: the engine was killed or its disk was full. Whole up to its last block.</summary>
    Truncated = 4,
}

/// <summary>A capture cannot be read or made; the message is for the user and names the remedy.</summary>
public sealed class CaptureException(string message) : Exception(message);
