using System.Buffers.Text;
using System.Text;
using MarketMaker.Contracts;

namespace MarketMaker.Records;

/// <summary>The venue's own record of a day, a CSV file: the rows of one participant, in the venue's order.</summary>
/// <remarks>
/// Columns: <c>session,sequence,match,ticker,side,price,quantity,participant,kind</c>; price in 1/10,000 dollar, kind EXECUTION or
/// BREAK. Reads through a buffer of fixed size.
/// </remarks>
public sealed class VenueRecord : ITransactionSource
{
    /// <summary>The first line of such a file.</summary>
    public const string Header = "session,sequence,match,ticker,side,price,quantity,participant,kind";

    private readonly string _path;
    private readonly byte[] _participant;
    private readonly FileStream _file;
    private readonly byte[] _buffer = new byte[1 << 16];
    private int _start, _end;
    private long _line;

    /// <summary>Opens a file and reads its first line.</summary>
    /// <param name="path">The file.</param>
    /// <param name="participant">Whose rows are wanted.</param>
    /// <exception cref="InvalidDataException">It is no such record.</exception>
    public VenueRecord(string path, string participant)
    {
        (_path, _participant) = (path, Encoding.ASCII.GetBytes(participant));
        _file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite, bufferSize: 0);
        if (TryReadLine(out ReadOnlySpan<byte> first) && first.SequenceEqual(Encoding.ASCII.GetBytes(Header))) return;
        _file.Dispose();
        throw new InvalidDataException($"{path} is no record of the venue: its first line should be {Header}");
    }

    /// <summary>The sessions the participant has rows in, by a first reading of the whole file.</summary>
    public static HashSet<SessionId> SessionsOf(string path, string participant)
    {
        using VenueRecord record = new(path, participant);
        HashSet<SessionId> sessions = [];
        Transaction[] batch = new Transaction[1024];
        SessionId last = default;
        for (int count = record.Read(batch); count > 0; count = record.Read(batch))
        {
            foreach (ref readonly Transaction transaction in batch.AsSpan(0, count))
            {
                if (transaction.Session == last) continue;
                last = transaction.Session;
                sessions.Add(last);
            }
        }

        return sessions;
    }

    /// <inheritdoc/>
    /// <exception cref="InvalidDataException">A line cannot be understood; the message names it.</exception>
    public int Read(Span<Transaction> into)
    {
        int count = 0;
        while (count < into.Length && TryReadLine(out ReadOnlySpan<byte> line))
        {
            if (TryParse(line, out into[count])) count++;
        }

        return count;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    /// <returns>False for the row of another participant.</returns>
    private bool TryParse(ReadOnlySpan<byte> line, out Transaction transaction)
    {
        transaction = default;
        ReadOnlySpan<byte> rest = line;
        bool isWhole = SessionId.TryCreate(Cell(ref rest), out transaction.Session)
            & TryNumber(Cell(ref rest), out transaction.Sequence)
            & TryMatch(Cell(ref rest), out transaction.MatchNumber)
            & Symbol.TryParse(Cell(ref rest), out transaction.Symbol)
            & TrySide(Cell(ref rest), out transaction.Side)
            & TryNumber(Cell(ref rest), out long price)
            & TryNumber(Cell(ref rest), out long quantity);
        bool isOurs = Cell(ref rest).SequenceEqual(_participant);
        isWhole &= TryKind(rest, out transaction.Kind) && price is >= 0 and <= int.MaxValue && quantity is > 0 and <= int.MaxValue;
        if (!isWhole) throw new InvalidDataException($"{_path}, line {_line}, cannot be understood: '{Encoding.ASCII.GetString(line)}'");
        (transaction.Price, transaction.QuantityShares) = ((int)price, (int)quantity);
        return isOurs;
    }

    private static ReadOnlySpan<byte> Cell(ref ReadOnlySpan<byte> rest)
    {
        int comma = rest.IndexOf((byte)',');
        ReadOnlySpan<byte> cell = comma < 0 ? rest : rest[..comma];
        rest = comma < 0 ? default : rest[(comma + 1)..];
        return cell;
    }

    private static bool TryNumber(ReadOnlySpan<byte> cell, out long number) =>
        Utf8Parser.TryParse(cell, out number, out int length) && length == cell.Length;

    private static bool TryMatch(ReadOnlySpan<byte> cell, out ulong number) =>
        Utf8Parser.TryParse(cell, out number, out int length) && length == cell.Length;

    private static bool TrySide(ReadOnlySpan<byte> cell, out Side side)
    {
        side = cell.SequenceEqual("BUY"u8) ? Side.Buy : cell.SequenceEqual("SELL"u8) ? Side.Sell : default;
        return side != default;
    }

    private static bool TryKind(ReadOnlySpan<byte> cell, out JournalRecordKind kind)
    {
        kind = cell.SequenceEqual("EXECUTION"u8) ? JournalRecordKind.Execution : cell.SequenceEqual("BREAK"u8) ? JournalRecordKind.Break : default;
        return kind != default;
    }

    // A last line without its line feed is being written: it is left for another time.
    private bool TryReadLine(out ReadOnlySpan<byte> line)
    {
        line = default;
        while (true)
        {
            int length = _buffer.AsSpan(_start, _end - _start).IndexOf((byte)'\n');
            if (length >= 0)
            {
                line = _buffer.AsSpan(_start, length);
                _start += length + 1;
                _line++;
                return true;
            }

            _buffer.AsSpan(_start, _end - _start).CopyTo(_buffer);
            (_start, _end) = (0, _end - _start);
            if (_end == _buffer.Length) throw new InvalidDataException($"{_path}, line {_line + 1}, is longer than {_buffer.Length} bytes");
            int read = _file.Read(_buffer, _end, _buffer.Length - _end);
            if (read == 0) return false;
            _end += read;
        }
    }
}
