using System.Buffers.Binary;
using System.Runtime.CompilerServices;

namespace MarketMaker.Protocols.Itch50;

/// <summary>Walks the framing of the venue's own files: a big-endian u16 length, the message, and again.</summary>
/// <remarks>Works on any stretch of a file that begins at a frame, so a large file can be read piece by piece.</remarks>
public ref struct ItchFileReader(ReadOnlySpan<byte> file)
{
    private const int LengthBytes = 2;

    private readonly int _bytes = file.Length;
    private ReadOnlySpan<byte> _rest = file;

    /// <summary>Bytes of whole frames read so far.</summary>
    public readonly int BytesConsumed => _bytes - _rest.Length;

    /// <summary>Bytes after the last whole frame, once <see cref="TryNext"/> has said no: a torn tail, or the rest of a piece.</summary>
    public readonly int TornBytes => _rest.Length;

    /// <summary>The next whole message; false at the end and at a torn tail, see <see cref="TornBytes"/>.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool TryNext(out ReadOnlySpan<byte> message)
    {
        if (_rest.Length >= LengthBytes)
        {
            int end = LengthBytes + BinaryPrimitives.ReadUInt16BigEndian(_rest);
            if (end <= _rest.Length)
            {
                message = _rest[LengthBytes..end];
                _rest = _rest[end..];
                return true;
            }
        }

        message = default;
        return false;
    }
}
