namespace MarketMaker.OperatorConsole.Recording;

/// <summary>The form of a recording: eight bytes of magic, then frames, each its length and checksum (4 bytes each, little-endian) and its bytes.</summary>
internal static class RecordingFile
{
    /// <summary>Bytes before a frame's own.</summary>
    public const int FrameHeadBytes = 8;

    /// <summary>A frame is never so long: what says so is damaged.</summary>
    public const int FrameBytesMax = 64 * 1024 * 1024;

    /// <summary>Frames from one key frame to the next: a jump to any moment reads no more than these.</summary>
    public const int FramesPerKey = 60;

    /// <summary>The first bytes; the last of them is the version.</summary>
    public static ReadOnlySpan<byte> Magic => "MMREC\0\0\u0001"u8;
}
