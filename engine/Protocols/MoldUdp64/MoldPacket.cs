using System.Buffers.Binary;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>A downstream packet: checked as a whole first, then walked block by block.</summary>
public static class MoldPacket
{
    /// <summary>Bytes of the length in front of each message.</summary>
    public const int BlockLengthBytes = 2;

    /// <summary>
    /// Reads the header and checks that the blocks fill the packet exactly, so that nothing of a packet cut short, or with
    /// anything behind its last block, is ever delivered.
    /// </summary>
    public static bool TryRead(ReadOnlySpan<byte> packet, out MoldHeader header, out MoldBlocks blocks)
    {
        blocks = default;
        if (!MoldHeader.TryRead(packet, out header)) return false;
        if (header.SequenceNumber > ulong.MaxValue - MoldHeader.MessageCountMax) return false;
        ReadOnlySpan<byte> rest = packet[MoldHeader.Length..];
        blocks = new MoldBlocks(rest);
        for (int i = header.BlockCount; i > 0; i--)
        {
            if (rest.Length < BlockLengthBytes) return false;
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[BlockLengthBytes..];
            if (rest.Length < length) return false;
            rest = rest[length..];
        }

        return rest.IsEmpty;
    }
}
