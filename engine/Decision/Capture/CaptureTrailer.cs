using System.Buffers.Binary;

namespace MarketMaker.Decision.Capture;

/// <summary>The last block of a capture: how it ended, what it holds, and the orders' hash.</summary>
public sealed class CaptureTrailer
{
    private const int FixedFields = 7;
    private const int Reasons = 64;

    /// <summary>Bytes of its content.</summary>
    internal const int Bytes = (FixedFields + Reasons) * sizeof(long);

    /// <summary>How it ended.</summary>
    public CaptureEnding Ending { get; internal set; }

    /// <summary>Offers on file.</summary>
    public long Offers { get; internal set; }

    /// <summary>Price events on file.</summary>
    public long Prices { get; internal set; }

    /// <summary>Responses on file.</summary>
    public long Responses { get; internal set; }

    /// <summary>Inputs that are not on file, as far as known when it ended.</summary>
    public long NotRecorded { get; internal set; }

    /// <summary>Orders sent.</summary>
    public long Orders { get; internal set; }

    /// <summary>Their hash.</summary>
    public ulong OrdersHash { get; internal set; }

    /// <summary>Offers by verdict, at the value of its reason; at None those taken.</summary>
    public long[] Verdicts { get; } = new long[Reasons];

    internal void Write(Span<byte> content)
    {
        ReadOnlySpan<long> fields = [(long)Ending, Offers, Prices, Responses, NotRecorded, Orders, (long)OrdersHash];
        for (int i = 0; i < FixedFields + Reasons; i++)
            BinaryPrimitives.WriteInt64LittleEndian(content[(i * sizeof(long))..], i < FixedFields ? fields[i] : Verdicts[i - FixedFields]);
    }

    internal static CaptureTrailer Read(ReadOnlySpan<byte> content)
    {
        if (content.Length != Bytes) throw new CaptureException("its last block is damaged");
        Span<long> fields = stackalloc long[FixedFields + Reasons];
        for (int i = 0; i < fields.Length; i++) fields[i] = BinaryPrimitives.ReadInt64LittleEndian(content[(i * sizeof(long))..]);
        CaptureTrailer trailer = new()
        {
            Ending = (CaptureEnding)fields[0],
            Offers = fields[1],
            Prices = fields[2],
            Responses = fields[3],
            NotRecorded = fields[4],
            Orders = fields[5],
            OrdersHash = (ulong)fields[6],
        };
        fields[FixedFields..].CopyTo(trailer.Verdicts);
        return trailer;
    }
}
