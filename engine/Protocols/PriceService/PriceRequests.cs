using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Protocols.PriceService;

/// <summary>The request of every ticker, written out once at start: sending one is a copy.</summary>
/// <remarks>Immutable after construction. Holds some 80 bytes per ticker.</remarks>
public sealed class PriceRequests
{
    private readonly Universe _universe;
    private readonly byte[] _bytes;
    private readonly int[] _offsets;

    /// <summary>Writes out the requests.</summary>
    /// <param name="universe">The tickers, in the order of their index.</param>
    /// <param name="hostHeader">Value of the Host header, such as <c>127.0.0.1:8080</c>.</param>
    public PriceRequests(Universe universe, string hostHeader)
    {
        StringBuilder text = new();
        _universe = universe;
        _offsets = new int[universe.Count + 1];
        for (int i = 0; i < universe.Count; i++)
        {
            Append(text, Path(universe[i]), hostHeader);
            _offsets[i + 1] = text.Length;
            LengthMax = Math.Max(LengthMax, text.Length - _offsets[i]);
        }

        _bytes = Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>The bytes of the request of one ticker.</summary>
    public ReadOnlySpan<byte> this[int tickerIndex] => _bytes.AsSpan(_offsets[tickerIndex].._offsets[tickerIndex + 1]);

    /// <summary>The ticker that the request names, as its answer must name it.</summary>
    public Symbol TickerOf(int tickerIndex) => _universe[tickerIndex];

    /// <summary>Length of the longest request in bytes.</summary>
    public int LengthMax { get; }

    /// <summary>The request for the list of all tickers. Allocates: sent once.</summary>
    public static byte[] ForAll(string hostHeader)
    {
        StringBuilder text = new();
        Append(text, "all", hostHeader);
        return Encoding.ASCII.GetBytes(text.ToString());
    }

    /// <summary>Whether a name can be asked for by path and comes back in a plain JSON string.</summary>
    /// <remarks>
    /// Servers treat a slash, escaped or not, and the dot segments as structure (RFC 3986, section 3.3); <c>/all</c> is the
    /// list.
    /// </remarks>
    public static bool CanName(ReadOnlySpan<byte> name) =>
        !name.ContainsAny("\"\\/"u8) && !name.SequenceEqual("."u8) && !name.SequenceEqual(".."u8) && !name.SequenceEqual("all"u8);

    private static void Append(StringBuilder text, string path, string hostHeader) =>
        text.Append("GET /").Append(path).Append(" HTTP/1.1\r\nHost: ").Append(hostHeader).Append("\r\n\r\n");

    private static string Path(Symbol symbol)
    {
        // Symbols such as BRK.A stay as they are; ITCH suffixes like + # ^ are escaped (RFC 3986, section 2.1).
        StringBuilder path = new();
        foreach (char character in symbol.ToString())
        {
            if (char.IsAsciiLetterOrDigit(character) || character is '-' or '.' or '_' or '~') path.Append(character);
            else path.Append('%').Append(((int)character).ToString("X2"));
        }

        return path.ToString();
    }
}
