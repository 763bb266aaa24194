using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>The other takers: each looks at an offer with some chance, wants an edge of its own, and takes its time to react.</summary>
/// <remarks>They know the true fair price, or that of a while ago. They win by arriving first, as everybody does: nothing is decided here.</remarks>
public sealed class Competitors
{
    private const int UnderWayMax = 1 << 16;
    private const long PpmOne = 1_000_000;
    private const int HoursMax = 24;

    private readonly int[] _edgePpm;
    private readonly LatencyTable[] _reaction;
    private readonly int[] _presentByHour = new int[HoursMax];
    private readonly uint _look;
    private readonly FairPrices? _delayed;
    private readonly ArrivalQueue _underWay = new(UnderWayMax);
    private MarketRandom _random;

    /// <summary>Builds the competitors of a market.</summary>
    /// <param name="options">How many, how fast and how choosy.</param>
    /// <param name="prices">Where they look up old fair prices.</param>
    public Competitors(MarketOptions options, FairPrices prices)
    {
        int count = options.Competitors;
        _random = new MarketRandom(options.Seed, stream: 4);
        _look = MarketRandom.Threshold(options.CompetitorLook);
        _edgePpm = new int[count];
        _reaction = new LatencyTable[count];
        for (int i = 0; i < count; i++)
        {
            double place = count == 1 ? 0.5 : (double)i / (count - 1);
            // The fastest is not also the greediest: edges run through the competitors in strides.
            double edgePlace = count == 1 ? 0.5 : (double)(i * 3 % count) / (count - 1);
            double median = options.CompetitorMedianUs * Math.Pow(options.CompetitorSpread, 2 * place - 1);
            double edge = options.CompetitorEdgeLowest + (options.CompetitorEdgeHighest - options.CompetitorEdgeLowest) * edgePlace;
            _edgePpm[i] = (int)(edge * 1e6);
            _reaction[i] = options.CompetitorLatency ?? LatencyTable.LogNormal(median, options.CompetitorSigma);
        }

        if (options.CompetitorCapitalDollars > 0) Books = new CompetitorBooks(count, options.Tickers, options.CompetitorCapitalDollars);
        if (options.CompetitorDelayMs > 0) _delayed = prices;
        EdgePpmLowest = count == 0 ? int.MaxValue : _delayed is not null ? int.MinValue : _edgePpm.Min();
        MarketRandom hours = new(options.Seed, stream: 8);
        for (int hour = 0; hour < HoursMax; hour++)
            _presentByHour[hour] = options.CompetitorsByHour.Count == 0 ? count : options.CompetitorsByHour[hours.Below(options.CompetitorsByHour.Count)];
    }

    /// <summary>Below this edge, in ppm, nobody looks.</summary>
    public int EdgePpmLowest { get; }

    /// <summary>How many there are.</summary>
    public int Count => _edgePpm.Length;

    /// <summary>Orders that were not sent because too many were under way.</summary>
    public long Missed { get; private set; }

    /// <summary>What each may spend and sell; null: without bound.</summary>
    public CompetitorBooks? Books { get; }

    /// <summary>How many of them take part in an hour of the day.</summary>
    public int Present(int hour) => _presentByHour[hour];

    /// <summary>Lets everybody look at an offer that was published at <paramref name="nowNs"/>.</summary>
    public void Look(int ticker, Side offerSide, int price, int shares, int edgePpm, long nowNs)
    {
        if (_delayed is not null) edgePpm = EdgePpm(offerSide, price, _delayed.DelayedPrice(ticker));
        int present = _presentByHour[OfferTraits.HourOf(nowNs)];
        for (int i = 0; i < present; i++)
        {
            if (edgePpm < _edgePpm[i]) continue;
            ulong bits = _random.Next();
            if ((uint)(bits >> 32) >= _look) continue;
            int wanted = Books?.Reserve(i, ticker, offerSide.Opposite(), price, shares) ?? shares;
            if (wanted == 0) continue;
            long arrivalNs = nowNs + _reaction[i].Draw(bits) + (long)(bits >> 16 & 1023);
            OrderUnderWay order = new(arrivalNs, 0, price, wanted, (ushort)ticker, (ushort)i, offerSide.Opposite());
            if (_underWay.TryAdd(order)) continue;
            Missed++;
            Books?.Settle(order, executed: 0, notional: 0);
        }
    }

    /// <summary>Takes the next order that has arrived by <paramref name="nowNs"/>, in the order of arrival.</summary>
    public bool TryTakeArrived(long nowNs, out OrderUnderWay order) => _underWay.TryTakeArrived(nowNs, out order);

    private static int EdgePpm(Side offerSide, int price, int fair) =>
        (int)((offerSide == Side.Buy ? (long)price - fair : (long)fair - price) * PpmOne / fair);
}
