using System.Buffers.Binary;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.Verdicts;

/// <summary>V: what the volatility service thinks of one ticker.</summary>
/// <param name="Ticker">Its name.</param>
/// <param name="Level">What may be done in it.</param>
/// <param name="Reasons">Why.</param>
/// <param name="Snapshot">The snapshot it is part of, or <see cref="VerdictWire.NoSnapshot"/>.</param>
/// <param name="SigmaCentiBp">Volatility in 0.01 bp per square root of a second; 0: not known.</param>
/// <param name="OpenPrice">The day's first price in 1/10,000 dollar; 0: not known.</param>
/// <param name="ValidUntilNs">Wall clock after which it counts no longer, ns since 1970.</param>
/// <param name="PublishedNs">Wall clock of the publisher when it was sent, ns since 1970.</param>
public readonly record struct TickerVerdict(
    Symbol Ticker,
    VerdictLevel Level,
    VerdictReasons Reasons,
    ushort Snapshot,
    int SigmaCentiBp,
    int OpenPrice,
    long ValidUntilNs,
    long PublishedNs)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 38;

    private const VerdictReasons Known = VerdictReasons.Rise | VerdictReasons.Jump | VerdictReasons.DayMove | VerdictReasons.NoData;

    /// <summary>
    /// What it means for the engine. A day's move alone is no volatility, and neither is a service that has no price: the ticker is only sold, but not
    /// in haste, since a sell-off gives money away.
    /// </summary>
    public TickerFlags Flags => FlagsOf(Level, Reasons);

    /// <summary>What a level and its reasons mean for the engine.</summary>
    public static TickerFlags FlagsOf(VerdictLevel level, VerdictReasons reasons)
    {
        TickerFlags flags = level switch
        {
            VerdictLevel.Calm => TickerFlags.None,
            VerdictLevel.Volatile => TickerFlags.SellOnly,
            _ => TickerFlags.SellOnly | TickerFlags.Denied,
        };
        bool isUnrest = level != VerdictLevel.Calm && (reasons & ~(VerdictReasons.DayMove | VerdictReasons.NoData)) != 0;
        return isUnrest ? flags | TickerFlags.Volatile : flags;
    }

    /// <summary>Reads a message; false when it is none of this kind and version, or a value is out of range.</summary>
    public static bool TryRead(ReadOnlySpan<byte> message, out TickerVerdict verdict)
    {
        verdict = default;
        if (!VerdictWire.Is(message, VerdictMessageType.Verdict, Length)) return false;
        verdict = new(
            Symbol.Read(message[6..]),
            (VerdictLevel)message[2],
            (VerdictReasons)message[3],
            BinaryPrimitives.ReadUInt16BigEndian(message[4..]),
            BinaryPrimitives.ReadInt32BigEndian(message[14..]),
            BinaryPrimitives.ReadInt32BigEndian(message[18..]),
            BinaryPrimitives.ReadInt64BigEndian(message[22..]),
            BinaryPrimitives.ReadInt64BigEndian(message[30..]));
        // A level without a reason, or a reason without a level, comes from a broken sender.
        return verdict.Level <= VerdictLevel.Denied && (verdict.Reasons & ~Known) == 0
            && verdict.Level != VerdictLevel.Calm == (verdict.Reasons != VerdictReasons.None)
            && verdict is { SigmaCentiBp: >= 0, OpenPrice: >= 0 };
    }

    /// <summary>Writes <see cref="Length"/> bytes to the start of <paramref name="message"/>, which must be long enough.</summary>
    public void Write(Span<byte> message)
    {
        message = message[..Length];
        message[0] = (byte)VerdictMessageType.Verdict;
        message[1] = VerdictWire.Version;
        message[2] = (byte)Level;
        message[3] = (byte)Reasons;
        BinaryPrimitives.WriteUInt16BigEndian(message[4..], Snapshot);
        Ticker.Write(message[6..]);
        BinaryPrimitives.WriteInt32BigEndian(message[14..], SigmaCentiBp);
        BinaryPrimitives.WriteInt32BigEndian(message[18..], OpenPrice);
        BinaryPrimitives.WriteInt64BigEndian(message[22..], ValidUntilNs);
        BinaryPrimitives.WriteInt64BigEndian(message[30..], PublishedNs);
    }
}
