using MarketMaker.Contracts;

namespace MarketMaker.Feed;

/// <summary>The venue's stock locate of the day to our ticker index: one array load.</summary>
internal sealed class LocateTable
{
    private readonly ushort[] _tickers = new ushort[ushort.MaxValue + 1];
    private readonly Universe _universe;

    public LocateTable(Universe universe)
    {
        _universe = universe;
        Array.Fill(_tickers, Universe.NoTicker);
    }

    /// <summary>The ticker of a locate, or <see cref="Universe.NoTicker"/>.</summary>
    public ushort this[ushort locate] => _tickers[locate];

    /// <summary>Takes a directory message. A locate does not change within a day, so what comes late changes nothing.</summary>
    public void Apply(ushort locate, Symbol stock, bool isRecovered)
    {
        if (!isRecovered || _tickers[locate] == Universe.NoTicker) _tickers[locate] = _universe.IndexOf(stock);
    }

    /// <summary>The ticker of a message that names its stock too: its directory message may still be missing.</summary>
    public ushort Find(ushort locate, Symbol stock)
    {
        ushort ticker = _tickers[locate];
        return ticker != Universe.NoTicker ? ticker : _universe.IndexOf(stock);
    }
}
