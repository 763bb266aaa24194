using System.Buffers.Binary;
using System.Text;

namespace MarketMaker.Protocols.Itch50;

/// <summary>Four ASCII characters, left-justified and padded with spaces, such as a participant's name.</summary>
/// <param name="Packed">The four bytes as one big-endian number.</param>
public readonly record struct Alpha4(uint Packed)
{
    /// <summary>Four spaces: nothing said.</summary>
    public static readonly Alpha4 Blank = new(0x20202020);

    /// <summary>Takes up to four ASCII characters; more are cut off.</summary>
    public static Alpha4 Of(string text)
    {
        Span<byte> wire = stackalloc byte[4];
        wire.Fill((byte)' ');
        for (int i = 0; i < text.Length && i < wire.Length; i++) wire[i] = (byte)text[i];
        return new(BinaryPrimitives.ReadUInt32BigEndian(wire));
    }

    /// <summary>The characters without padding. Allocates: for files and tests.</summary>
    public override string ToString()
    {
        Span<byte> wire = stackalloc byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(wire, Packed);
        return Encoding.ASCII.GetString(wire).TrimEnd(' ');
    }
}
