using System.Buffers.Binary;

namespace MarketMaker.Protocols.Itch50;

/// <summary>Walks the framing of the venue's own files: a big-endian u16 length, the message, and again.</summary>
/// <remarks>Works on any stretch of a file that begins at a frame, so a large file can be read piece by piece.</remarks>
public ref struct ItchFileReader(ReadOnlySpan<byte> file)
{
    private const int LengthBytes = 2;

    private readonly ReadOnlySpan<byte> _file = file;

    /// <summary>Bytes of whole frames read so far.</summary>
    public int BytesConsumed { get; private set; }

    /// <summary>Bytes after the last whole frame, once <see cref="TryNext"/> has said no: a torn tail, or the rest of a piece.</summary>
    public readonly int TornBytes => _file.Length - BytesConsumed;

    /// <summary>The next whole message; false at the end and at a torn tail, see <see cref="TornBytes"/>.</summary>
    public bool TryNext(out ReadOnlySpan<byte> message)
    {
        ReadOnlySpan<byte> rest = _file[BytesConsumed..];
        if (rest.Length >= LengthBytes)
        {
            int length = BinaryPrimitives.ReadUInt16BigEndian(rest);
            rest = rest[LengthBytes..];
            if (rest.Length >= length)
            {
                message = rest[..length];
                BytesConsumed += LengthBytes + length;
                return true;
            }
        }

        message = default;
        return false;
    }
}
