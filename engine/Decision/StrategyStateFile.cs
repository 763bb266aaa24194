using System.Buffers.Text;
using System.Globalization;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;
using MarketMaker.Platform.Files;

namespace MarketMaker.Decision;

/// <summary>The state file: lines of text a person can read, whole or not there, with a checksum at the end. A damaged one is never half believed.</summary>
/// <remarks>
/// <c>strategy-state 1</c>, <c>date D</c>, <c>opening-equity N</c> (or -), one line <c>TICKER sell-rate open low high</c> each, <c>end COUNT CHECKSUM</c>;
/// amounts in 1/10,000 dollar. The writer is a cold thread's and allocates nothing.
/// </remarks>
public sealed class StrategyStateFile
{
    private const string Title = "strategy-state 1";
    private const int BufferBytes = 16 << 10;
    private const int WordBytesMax = 64;
    private const ulong ChecksumOfNothing = 14_695_981_039_346_656_037;

    private readonly WholeFileWriter _writer;
    private readonly Universe _universe;
    private readonly int _date;
    private readonly byte[] _text = new byte[BufferBytes];
    private int _length;
    private ulong _checksum;

    /// <summary>Prepares the writer.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="universe">The day's tickers.</param>
    /// <param name="date">The trading date at the start, year * 10,000 + month * 100 + day.</param>
    public StrategyStateFile(string path, Universe universe, int date)
    {
        (_universe, _date) = (universe, date);
        _writer = new WholeFileWriter(path);
    }

    /// <summary>Writes what was copied.</summary>
    /// <returns>0, or the errno of what failed; the file is what it was before then.</returns>
    public int TryWrite(StrategySnapshot snapshot)
    {
        _writer.Begin();
        (_length, _checksum) = (0, ChecksumOfNothing);
        Put("strategy-state 1\ndate "u8);
        Put(snapshot.TradingDate == 0 ? _date : snapshot.TradingDate);
        Put("\nopening-equity "u8);
        if (snapshot.OpeningEquity == StrategyState.Unknown) Put("-"u8);
        else Put(snapshot.OpeningEquity);
        Span<byte> symbol = stackalloc byte[Symbol.Length];
        for (int i = 0; i < _universe.Count; i++)
        {
            Put("\n"u8);
            _universe[i].Write(symbol);
            Put(symbol.TrimEnd((byte)' '));
            Put(" "u8);
            Put(snapshot.SellRate(i));
            DayRange range = snapshot.Range(i);
            Put(" "u8);
            Put(range.Open);
            Put(" "u8);
            Put(range.Low);
            Put(" "u8);
            Put(range.High);
        }

        Put("\n"u8);
        Drain();
        ulong checksum = _checksum;
        Put("end "u8);
        Put(_universe.Count);
        Put(" "u8);
        Put((long)(checksum & long.MaxValue));
        Put("\n"u8);
        Drain();
        return _writer.TryReplace();
    }

    /// <summary>Reads what an earlier run left.</summary>
    /// <param name="path">Where the file is.</param>
    /// <param name="universe">The day's tickers; others in the file are passed over.</param>
    /// <param name="date">The trading date: of an earlier one only the sell rates are taken.</param>
    /// <param name="state">What is known; nothing when the file is missing or damaged.</param>
    /// <returns>Null, or a sentence on why nothing was taken.</returns>
    public static string? Read(string path, Universe universe, int date, out StrategyState state)
    {
        state = new StrategyState(universe.Count);
        StrategyState read = new(universe.Count);
        string? problem = !File.Exists(path) ? $"{path} is not there yet" : TryParse(path, universe, date, read);
        if (problem is null) state = read;
        return problem;
    }

    private static string? TryParse(string path, Universe universe, int date, StrategyState state)
    {
        byte[] content;
        try
        {
            content = File.ReadAllBytes(path);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return $"{path} cannot be read ({cause.Message})";
        }

        string[] lines = Encoding.ASCII.GetString(content).Split('\n');
        string damaged = $"{path} is damaged: delete it if this stays";
        // The last line ends in a line feed, so an empty one follows it.
        if (lines.Length < 5 || lines[0] != Title || lines[^1].Length != 0) return damaged;
        int end = content.AsSpan().LastIndexOf("\nend "u8) + 1;
        if (lines[^2] != string.Create(CultureInfo.InvariantCulture, $"end {lines.Length - 5} {(long)(Checksum(content.AsSpan(0, end)) & long.MaxValue)}")) return damaged;
        if (!TryNumber(lines[1], "date ", out long fileDate)) return damaged;
        bool isToday = fileDate == date;
        long equity = StrategyState.Unknown;
        if (lines[2] != "opening-equity -" && !TryNumber(lines[2], "opening-equity ", out equity)) return damaged;
        if (isToday) state.OpeningEquity = equity;
        foreach (string line in lines.AsSpan(3..^2))
        {
            string[] words = line.Split(' ');
            if (words.Length != 5 || !Symbol.TryParse(Encoding.ASCII.GetBytes(words[0]), out Symbol symbol) || !TryNumber(words[1], "", out long rate) || rate < 0
                || !TryPrice(words[2], out int open) || !TryPrice(words[3], out int low) || !TryPrice(words[4], out int high)) return damaged;
            ushort ticker = universe.IndexOf(symbol);
            if (ticker != Universe.NoTicker) state.Set(ticker, rate, isToday ? new DayRange(open, low, high) : default);
        }

        return null;
    }

    private static bool TryNumber(string line, string prefix, out long number)
    {
        number = 0;
        return line.StartsWith(prefix, StringComparison.Ordinal)
            && long.TryParse(line.AsSpan(prefix.Length), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number);
    }

    private static bool TryPrice(string text, out int price)
    {
        bool isPrice = TryNumber(text, "", out long number) && number is >= 0 and <= Money.PriceMax;
        price = isPrice ? (int)number : 0;
        return isPrice;
    }

    private void Put(ReadOnlySpan<byte> text)
    {
        MakeRoom();
        text.CopyTo(_text.AsSpan(_length));
        _length += text.Length;
    }

    private void Put(long number)
    {
        MakeRoom();
        Utf8Formatter.TryFormat(number, _text.AsSpan(_length), out int written);
        _length += written;
    }

    private void MakeRoom()
    {
        if (_length > _text.Length - WordBytesMax) Drain();
    }

    private void Drain()
    {
        Span<byte> text = _text.AsSpan(0, _length);
        _checksum = Checksum(text, _checksum);
        _writer.Append(text);
        _length = 0;
    }

    // FNV-1a, 64 bits: finds what a disk or an editor did to the file, not what an enemy did.
    private static ulong Checksum(ReadOnlySpan<byte> text, ulong sum = ChecksumOfNothing)
    {
        foreach (byte letter in text) sum = (sum ^ letter) * 1_099_511_628_211;
        return sum;
    }
}
