using MarketMaker.Contracts;
using MarketMaker.Market;

namespace MarketMaker.Tests.Specs.Market;

/// <summary>Keeps every event of a market as text, a hash of them, and a slow, obvious book beside it.</summary>
internal sealed class MarketLog
{
    public List<(ulong Reference, int Ticker, Side Side, int Shares, int Price)> Added { get; } = [];

    public List<MarketFill> Fills { get; } = [];

    public List<MarketFill> Broken { get; } = [];

    public Dictionary<ulong, (int Ticker, Side Side, int Shares, int Price)> Book { get; } = [];

    public List<string> Contradictions { get; } = [];

    public ulong Hash { get; private set; } = 14_695_981_039_346_656_037;

    public long Events { get; private set; }

    public (ulong Reference, int Shares, ulong Match) LastExecuted { get; private set; }

    public void Note(char kind, ulong a, long b, long c, long d)
    {
        Events++;
        foreach (ulong value in (ReadOnlySpan<ulong>)[kind, a, (ulong)b, (ulong)c, (ulong)d]) Hash = (Hash ^ value) * 1_099_511_628_211;
    }

    public void Take(ulong reference, int shares, string by)
    {
        if (!Book.TryGetValue(reference, out var offer) || offer.Shares < shares || shares <= 0)
        {
            Contradictions.Add($"{by} {shares} of {reference}, displayed {offer.Shares}");
            return;
        }

        if (offer.Shares == shares) Book.Remove(reference);
        else Book[reference] = offer with { Shares = offer.Shares - shares };
    }

    public void OnExecuted(ulong reference, int shares, ulong match)
    {
        LastExecuted = (reference, shares, match);
        Take(reference, shares, "executed");
    }
}

internal readonly struct RecordingSink(MarketLog log) : IMarketSink
{
    public void Added(ulong reference, int ticker, Side side, int shares, int price)
    {
        log.Note('A', reference, ticker, shares, price * (side == Side.Buy ? 1L : -1));
        log.Added.Add((reference, ticker, side, shares, price));
        if (!log.Book.TryAdd(reference, (ticker, side, shares, price))) log.Contradictions.Add($"added {reference} twice");
    }

    public void Replaced(ulong oldReference, ulong newReference, int ticker, int shares, int price)
    {
        log.Note('U', oldReference, (long)newReference, shares, price);
        if (!log.Book.Remove(oldReference, out var old) || old.Ticker != ticker) log.Contradictions.Add($"replaced {oldReference}");
        log.Book.Add(newReference, (ticker, old.Side, shares, price));
    }

    public void Cancelled(ulong reference, int ticker, int shares)
    {
        log.Note('X', reference, ticker, shares, 0);
        log.Take(reference, shares, "cancelled");
    }

    public void Deleted(ulong reference, int ticker)
    {
        log.Note('D', reference, ticker, 0, 0);
        if (!log.Book.Remove(reference)) log.Contradictions.Add($"deleted {reference}");
    }

    public void Executed(ulong reference, int ticker, int shares, ulong match)
    {
        log.Note('E', reference, ticker, shares, (long)match);
        log.OnExecuted(reference, shares, match);
    }

    public void Filled(in MarketFill fill)
    {
        log.Note('f', fill.Match, fill.Order.Participant, fill.Price, fill.Quantity);
        log.Fills.Add(fill);
    }

    public void Broken(in MarketFill fill)
    {
        log.Note('b', fill.Match, fill.Order.Participant, 0, 0);
        log.Broken.Add(fill);
    }
}
