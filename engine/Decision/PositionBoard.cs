using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Decision;

/// <summary>
/// Shows stock and reservations of every ticker in the counter file: the watching thread asks, Decision writes some rows in each duty cycle, and
/// says when all are there. Neither ever waits for the other.
/// </summary>
/// <remarks>Rows are written at slightly different times; each is right by itself.</remarks>
public sealed class PositionBoard
{
    private const int Idle = 0;
    private const int Asked = 1;
    private const int Ready = 2;

    // Two cache misses a row at worst: a duty cycle becomes some 2 us longer, for as long as a round takes.
    private const int RowsPerTurn = 16;

    private readonly TradeBook _book;
    private readonly CounterFile _counters;
    private int _phase;
    private int _next;

    internal PositionBoard(TradeBook book, CounterFile counters) => (_book, _counters) = (book, counters);

    /// <summary>Whether all rows that were asked for are there.</summary>
    public bool IsReady => Volatile.Read(ref _phase) == Ready;

    /// <summary>Asks for a round, unless one is on its way or not yet released.</summary>
    public void Ask() => Interlocked.CompareExchange(ref _phase, Asked, Idle);

    /// <summary>The round is taken note of: another may be asked for.</summary>
    public void Release() => Interlocked.CompareExchange(ref _phase, Idle, Ready);

    /// <summary>Some rows, if a round was asked for. Decision's thread alone.</summary>
    internal void ServeSome()
    {
        if (Volatile.Read(ref _phase) == Asked) Show();
    }

    private void Show()
    {
        Span<TickerRow> rows = _counters.Tickers;
        int end = Math.Min(_next + RowsPerTurn, Math.Min(rows.Length, _book.TickerCount));
        for (int i = _next; i < end; i++)
        {
            ref readonly TickerState ticker = ref _book[i];
            ref TickerRow row = ref rows[i];
            row.PositionShares = ticker.PositionShares;
            row.Used = Math.Max(0, ticker.PositionShares) * ticker.FairPrice + ticker.ReservedCash + ticker.ShortCash;
            row.ReservedShares = (int)Math.Min(int.MaxValue, ticker.ReservedShares);
            row.OrdersInFlight = ticker.OrdersInFlight;
        }

        _next = end;
        if (end < Math.Min(rows.Length, _book.TickerCount)) return;
        _next = 0;
        Volatile.Write(ref _phase, Ready);
    }
}
