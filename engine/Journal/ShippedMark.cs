using System.Buffers.Text;
using MarketMaker.Platform.Files;

namespace MarketMaker.Journal;

/// <summary>What was found where the shipper leaves its mark.</summary>
public enum ShippedMarkState
{
    /// <summary>Nothing: nothing was shipped yet.</summary>
    Missing,

    /// <summary>Something that is no id.</summary>
    Garbage,

    /// <summary>An id.</summary>
    Read,
}

/// <summary>The file beside a journal in which its shipper says up to which record everything is in the database. Read without allocating.</summary>
/// <param name="folder">Of the journal.</param>
/// <param name="journal">Which one.</param>
public sealed class ShippedMark(string folder, Guid journal)
{
    private const int BytesMax = 64;

    private readonly SmallFile _file = new(PathOf(folder, journal), BytesMax);

    /// <summary>Where it lies: a name of its own for each journal, so that no other's mark is taken for this one's.</summary>
    internal static string PathOf(string folder, Guid journal) => Path.Combine(folder, $"shipped.{journal:D}");

    /// <summary>Reads it as it is now: one positive number and a line feed.</summary>
    public ShippedMarkState Read(out long id)
    {
        id = 0;
        if (!_file.TryRead(out ReadOnlySpan<byte> content)) return ShippedMarkState.Missing;
        bool isNumber = Utf8Parser.TryParse(content, out id, out int digits) && id > 0 && content[digits..].SequenceEqual("\n"u8);
        return isNumber ? ShippedMarkState.Read : ShippedMarkState.Garbage;
    }
}
