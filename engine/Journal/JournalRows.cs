using System.Runtime.InteropServices;

namespace MarketMaker.Journal;

/// <summary>A row of the table <c>sessions</c>: how far a SoupBinTCP session is booked. 32 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 32)]
internal struct SessionRow
{
    /// <summary>The last sequence number booked or passed over.</summary>
    [FieldOffset(0)] internal long BookedThrough;

    /// <summary>Where a restart logs in: the Accepted of the oldest unfinished order, else BookedThrough + 1.</summary>
    [FieldOffset(8)] internal long ReplayFrom;

    /// <summary>Year * 10,000 + month * 100 + day.</summary>
    [FieldOffset(16)] internal int TradingDate;

    /// <summary>The venue's clock less UTC on that date, minutes: kept, so that a changed setting moves no execution.</summary>
    [FieldOffset(20)] internal short UtcOffsetMinutes;

    /// <summary>How far the two above are to be believed.</summary>
    [FieldOffset(22)] internal SessionDating Dating;

    /// <summary>Id of the last record before the session began: its own lie above. 0 also when that is not known, as in format 1.</summary>
    [FieldOffset(24)] internal long AfterId;
}

/// <summary>How a session came to its trading date.</summary>
internal enum SessionDating : byte
{
    /// <summary>The date stands, and the venue's offset on it is not kept: a row of format 1, or one made by a tool.</summary>
    WithoutOffset = 0,

    /// <summary>Only the session's first message gave it: the first trade will say better.</summary>
    Provisional = 1,

    /// <summary>For good.</summary>
    Dated = 2,
}

/// <summary>A row of the table <c>blocks</c>: what is left of a leased block of ids. 24 bytes.</summary>
[StructLayout(LayoutKind.Explicit, Size = 24)]
internal struct BlockRow
{
    /// <summary>Counter of the next id.</summary>
    [FieldOffset(0)] internal long Next;

    /// <summary>First counter that is not ours.</summary>
    [FieldOffset(8)] internal long End;

    /// <summary>Wall clock when it was imported, ns since 1970, UTC.</summary>
    [FieldOffset(16)] internal long ImportedAtNs;
}
