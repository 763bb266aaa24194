using System.Globalization;
using System.Text;

namespace MarketMaker.Tests.Torture.Check;

/// <summary>Reads the venue's own record of what one participant executed, while the venue goes on writing it.</summary>
internal sealed class VenueRecord(string file, string participant) : IDisposable
{
    private const int Columns = 9;

    private readonly FileStream _file = new(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite);
    private readonly byte[] _buffer = new byte[1 << 16];
    private readonly List<byte> _line = [];
    private bool _isPastHeader;

    /// <summary>Takes the whole lines written since the last call.</summary>
    public void Read(Action<Trade> take)
    {
        int count;
        while ((count = _file.Read(_buffer)) > 0)
        {
            foreach (byte letter in _buffer.AsSpan(0, count))
            {
                if (letter != '\n')
                {
                    _line.Add(letter);
                    continue;
                }

                if (_isPastHeader && Parse(Encoding.ASCII.GetString([.. _line])) is { } trade) take(trade);
                _isPastHeader = true;
                _line.Clear();
            }
        }
    }

    public void Dispose() => _file.Dispose();

    // session,sequence,match,ticker,side,price,quantity,participant,kind
    private Trade? Parse(string line)
    {
        string[] cells = line.Split(',');
        if (cells.Length != Columns) throw new InvalidDataException($"{file}: '{line}' is no line of the venue's record");
        if (cells[7] != participant) return null;
        return new Trade(cells[0], Number(cells[1]), ulong.Parse(cells[2], CultureInfo.InvariantCulture), cells[8] == "BREAK", cells[3],
            cells[4] == "BUY", Number(cells[5]), Number(cells[6]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
