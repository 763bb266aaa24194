using System.Buffers.Binary;
using System.Text;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>The name of a stream: ten ASCII bytes, padded with spaces on the right. The default value, all zero, means none yet.</summary>
/// <param name="First">The first eight bytes, big-endian.</param>
/// <param name="Last">The last two bytes, big-endian.</param>
public readonly record struct MoldSession(ulong First, ushort Last)
{
    /// <summary>Bytes on the wire.</summary>
    public const int Length = 10;

    /// <summary>Whether no session is known.</summary>
    public bool IsNone => First == 0 && Last == 0;

    /// <summary>Reads the ten wire bytes at the start of <paramref name="wire"/>, which must be at least that long.</summary>
    public static MoldSession Read(ReadOnlySpan<byte> wire) =>
        new(BinaryPrimitives.ReadUInt64BigEndian(wire), BinaryPrimitives.ReadUInt16BigEndian(wire[8..]));

    /// <summary>Writes the ten wire bytes to the start of <paramref name="wire"/>.</summary>
    public void Write(Span<byte> wire)
    {
        BinaryPrimitives.WriteUInt64BigEndian(wire, First);
        BinaryPrimitives.WriteUInt16BigEndian(wire[8..], Last);
    }

    /// <summary>Takes a name of 1 to 10 printable ASCII characters, whichever side its padding is on.</summary>
    public static bool TryParse(string text, out MoldSession session)
    {
        session = default;
        text = text.Trim(' ');
        if (text.Length is 0 or > Length) return false;
        Span<byte> wire = stackalloc byte[Length];
        wire.Fill((byte)' ');
        for (int i = 0; i < text.Length; i++)
        {
            if (text[i] is <= ' ' or > '~') return false;
            wire[i] = (byte)text[i];
        }

        session = Read(wire);
        return true;
    }

    /// <summary>The name without padding; empty when there is none. Allocates: for logs, files and tests.</summary>
    public override string ToString()
    {
        if (IsNone) return "";
        Span<byte> wire = stackalloc byte[Length];
        Write(wire);
        return Encoding.ASCII.GetString(wire).Trim(' ');
    }
}
