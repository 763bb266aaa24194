using System.Buffers.Text;
using System.Collections.Concurrent;
using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Venue.Fills;

/// <summary>
/// Writes what every participant executed, as CSV: the independent witness. Rows pass from the market thread to a writing thread
/// in blocks; they are never dropped, so a disk that stands still costs memory and not rows.
/// </summary>
public sealed class FillsWriter : IDisposable
{
    /// <summary>The first line.</summary>
    public const string Header = "session,sequence,match,ticker,side,price,quantity,participant,kind";

    private const int RowsPerBlock = 512;
    private const int RowBytesMax = 256;

    private readonly BlockingCollection<(Row[] Rows, int Count)> _blocks = [];
    private readonly ConcurrentBag<Row[]> _free = [];
    private readonly Func<int, byte[]> _ticker;
    private readonly Func<int, byte[]> _participant;
    private readonly byte[] _session;
    private readonly Stream _file;
    private readonly Thread _thread;
    private Row[] _rows = new Row[RowsPerBlock];
    private int _count;
    private Exception? _fault;

    /// <summary>Opens the file and writes the header.</summary>
    /// <param name="path">Where to; an existing file is replaced.</param>
    /// <param name="session">First column.</param>
    /// <param name="ticker">Name of a ticker number.</param>
    /// <param name="participant">Name of a participant number.</param>
    public FillsWriter(string path, string session, Func<int, byte[]> ticker, Func<int, byte[]> participant)
    {
        _session = System.Text.Encoding.ASCII.GetBytes(session);
        _ticker = ticker;
        _participant = participant;
        _file = new FileStream(path, FileMode.Create, FileAccess.Write, FileShare.Read, bufferSize: 1 << 16);
        _file.Write("session,sequence,match,ticker,side,price,quantity,participant,kind\n"u8);
        _thread = new Thread(WriteBlocks) { Name = "fills", IsBackground = true };
        _thread.Start();
    }

    /// <summary>Rows taken so far.</summary>
    public long Rows { get; private set; }

    /// <summary>Takes an execution, or the break of one. Market thread only.</summary>
    public void Write(in MarketFill fill, bool isBreak)
    {
        _rows[_count++] = new Row(fill, isBreak);
        Rows++;
        if (_count == RowsPerBlock) Flush();
    }

    /// <summary>Hands the rows taken so far to the writing thread.</summary>
    public void Flush()
    {
        if (_count == 0) return;
        _blocks.Add((_rows, _count));
        _rows = _free.TryTake(out Row[]? rows) ? rows : new Row[RowsPerBlock];
        _count = 0;
    }

    /// <summary>Writes everything out and closes the file.</summary>
    /// <exception cref="IOException">The file could not be written.</exception>
    public void Dispose()
    {
        if (_blocks.IsAddingCompleted) return;
        Flush();
        _blocks.CompleteAdding();
        _thread.Join();
        _file.Dispose();
        if (_fault is not null) throw new IOException("The fills could not be written.", _fault);
    }

    private void WriteBlocks()
    {
        try
        {
            foreach ((Row[] rows, int count) in _blocks.GetConsumingEnumerable())
            {
                foreach (ref readonly Row row in rows.AsSpan(0, count)) WriteRow(row);
                if (_blocks.Count == 0) _file.Flush();
                _free.Add(rows);
            }
        }
        catch (IOException fault)
        {
            _fault = fault;
        }
    }

    private void WriteRow(in Row row)
    {
        Span<byte> line = stackalloc byte[RowBytesMax];
        int at = 0;
        MarketFill fill = row.Fill;
        Put(line, ref at, _session);
        Put(line, ref at, fill.Sequence);
        Put(line, ref at, (long)fill.Match);
        Put(line, ref at, _ticker(fill.Order.Ticker));
        Put(line, ref at, fill.Order.Side == Side.Buy ? "BUY"u8 : "SELL"u8);
        Put(line, ref at, fill.Price);
        Put(line, ref at, fill.Quantity);
        Put(line, ref at, _participant(fill.Order.Participant));
        Put(line, ref at, row.IsBreak ? "BREAK"u8 : "EXECUTION"u8);
        line[at - 1] = (byte)'\n';
        _file.Write(line[..at]);
    }

    private static void Put(Span<byte> line, ref int at, ReadOnlySpan<byte> text)
    {
        text.CopyTo(line[at..]);
        at += text.Length;
        line[at++] = (byte)',';
    }

    private static void Put(Span<byte> line, ref int at, long value)
    {
        Utf8Formatter.TryFormat(value, line[at..], out int written);
        at += written;
        line[at++] = (byte)',';
    }

    private readonly record struct Row(MarketFill Fill, bool IsBreak);
}
