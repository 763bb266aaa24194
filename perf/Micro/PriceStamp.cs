using BenchmarkDotNet.Attributes;
using MarketMaker.Contracts;
using MarketMaker.Prices;

namespace MarketMaker.Micro;

/// <summary>
/// The price cache: offers over 5,000 tickers get price, age and state stamped. One operation is one offer. The rival is what was first thought of: a map of locked
/// entries under a reader-writer lock.
/// </summary>
[MemoryDiagnoser]
public class PriceStamp
{
    private const int Offers = 1 << 16;
    private const int Tickers = 5_000;
    private const int Price = 1_000_000;
    private const long NowNs = 1_000_000_000_000;

    private readonly OfferEvent[] _offers = new OfferEvent[Offers];
    private readonly Symbol[] _symbols = [.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:D4}"))];
    private readonly ReaderWriterLockSlim _mapLock = new();
    private readonly Dictionary<Symbol, Entry> _map = [];
    private PriceStamper _stamper = null!;

    /// <summary>A price for each ticker.</summary>
    [GlobalSetup]
    public void Fill()
    {
        Universe.TryCreate(_symbols, out Universe? universe, out _);
        _stamper = new PriceStamper(new PricesOptions(), new PriceCache(universe!));
        _stamper.Apply(new OfferEvent { Kind = OfferEventKind.MarketHours });
        for (int i = 0; i < Tickers; i++)
        {
            _stamper.Apply(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = (ushort)i, Price = Price, AsOfNs = NowNs, NowNs = NowNs });
            _map.Add(_symbols[i], new Entry { Price = Price, AsOfNs = NowNs });
        }

        Random random = new(1);
        for (int i = 0; i < Offers; i++)
            _offers[i] = new OfferEvent { Kind = OfferEventKind.Offer, TickerIndex = (ushort)random.Next(Tickers), Price = Price + random.Next(-8_000, 8_000), OfferSide = Side.Buy, ReceivedNs = NowNs };
        if (OneWriterCache() != LockedMap()) throw new InvalidOperationException("The two do not stamp the same prices.");
    }

    /// <summary>One array of cache lines, one writer, no lock.</summary>
    [Benchmark(Baseline = true, OperationsPerInvoke = Offers)]
    public long OneWriterCache()
    {
        long sum = 0;
        for (int i = 0; i < Offers; i++)
        {
            _stamper.Stamp(ref _offers[i], NowNs + 1_000);
            sum += _offers[i].FairPrice + _offers[i].PriceAgeUs;
        }

        return sum;
    }

    /// <summary>A map under a reader-writer lock, each entry under its own.</summary>
    [Benchmark(OperationsPerInvoke = Offers)]
    public long LockedMap()
    {
        long sum = 0;
        for (int i = 0; i < Offers; i++)
        {
            _mapLock.EnterReadLock();
            Entry entry = _map[_symbols[_offers[i].TickerIndex]];
            lock (entry.Gate) sum += entry.Price + (NowNs + 1_000 - entry.AsOfNs) / 1_000;
            _mapLock.ExitReadLock();
        }

        return sum;
    }

    private sealed class Entry
    {
        public readonly Lock Gate = new();
        public int Price;
        public long AsOfNs;
    }
}
