using System.Buffers.Binary;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>Walks the message blocks of a packet that <see cref="MoldPacket.TryRead"/> has found whole.</summary>
public ref struct MoldBlocks
{
    private ReadOnlySpan<byte> _rest;

    internal MoldBlocks(ReadOnlySpan<byte> blocks) => _rest = blocks;

    /// <summary>The next message; false after the last.</summary>
    public bool TryNext(out ReadOnlySpan<byte> message)
    {
        if (_rest.IsEmpty)
        {
            message = default;
            return false;
        }

        int end = MoldPacket.BlockLengthBytes + BinaryPrimitives.ReadUInt16BigEndian(_rest);
        message = _rest[MoldPacket.BlockLengthBytes..end];
        _rest = _rest[end..];
        return true;
    }
}
