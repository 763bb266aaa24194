namespace MarketMaker.Protocols.Verdicts;

/// <summary>What all messages of the channel share: a letter, then the version. The layout is described in VERDICTS.md.</summary>
public static class VerdictWire
{
    /// <summary>Version of the layout. A receiver drops and counts what is of another one.</summary>
    public const byte Version = 1;

    /// <summary>Length of the longest message.</summary>
    public const int LengthMax = TickerVerdict.Length;

    /// <summary>Snapshot number of a verdict that belongs to none: it is sent because it changed.</summary>
    public const ushort NoSnapshot = 0;

    /// <summary>Whether a message opens with this letter, this version, and has this length.</summary>
    internal static bool Is(ReadOnlySpan<byte> message, VerdictMessageType type, int length) =>
        message.Length == length && message[0] == (byte)type && message[1] == Version;
}
