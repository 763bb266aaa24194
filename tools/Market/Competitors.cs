using MarketMaker.Contracts;

namespace MarketMaker.Market;

/// <summary>The other takers: each looks at an offer with some chance, wants an edge of its own, and takes its time to react.</summary>
/// <remarks>They know the true fair price. They win by arriving first, as everybody does: nothing is decided here.</remarks>
public sealed class Competitors
{
    private const int UnderWayMax = 1 << 16;

    private readonly int[] _edgePpm;
    private readonly int[][] _reactionUs;
    private readonly uint _look;
    private readonly ArrivalQueue _underWay = new(UnderWayMax);
    private MarketRandom _random;

    /// <summary>Builds the competitors of a market.</summary>
    public Competitors(MarketOptions options)
    {
        int count = options.Competitors;
        _random = new MarketRandom(options.Seed, stream: 4);
        _look = MarketRandom.Threshold(options.CompetitorLook);
        _edgePpm = new int[count];
        _reactionUs = new int[count][];
        for (int i = 0; i < count; i++)
        {
            double place = count == 1 ? 0.5 : (double)i / (count - 1);
            // The fastest is not also the greediest: edges run through the competitors in strides.
            double edgePlace = count == 1 ? 0.5 : (double)(i * 3 % count) / (count - 1);
            double median = options.CompetitorMedianUs * Math.Pow(options.CompetitorSpread, 2 * place - 1);
            double edge = options.CompetitorEdgeLowest + (options.CompetitorEdgeHighest - options.CompetitorEdgeLowest) * edgePlace;
            _edgePpm[i] = (int)(edge * 1e6);
            _reactionUs[i] = SampleTables.LogNormal(median, options.CompetitorSigma, min: 1, max: 2_000_000);
        }

        EdgePpmLowest = count == 0 ? int.MaxValue : _edgePpm.Min();
    }

    /// <summary>Below this edge, in ppm, nobody looks.</summary>
    public int EdgePpmLowest { get; }

    /// <summary>How many there are.</summary>
    public int Count => _edgePpm.Length;

    /// <summary>Orders that were not sent because too many were under way.</summary>
    public long Missed { get; private set; }

    /// <summary>Lets everybody look at an offer that was published at <paramref name="nowNs"/>.</summary>
    public void Look(int ticker, Side offerSide, int price, int shares, int edgePpm, long nowNs)
    {
        for (int i = 0; i < _edgePpm.Length; i++)
        {
            if (edgePpm < _edgePpm[i]) continue;
            ulong bits = _random.Next();
            if ((uint)(bits >> 32) >= _look) continue;
            long arrivalNs = nowNs + _reactionUs[i][(int)bits & SampleTables.IndexMask] * 1_000L + (long)(bits >> 16 & 1023);
            OrderUnderWay order = new(arrivalNs, 0, price, shares, (ushort)ticker, (ushort)i, offerSide.Opposite());
            if (!_underWay.TryAdd(order)) Missed++;
        }
    }

    /// <summary>Takes the next order that has arrived by <paramref name="nowNs"/>, in the order of arrival.</summary>
    public bool TryTakeArrived(long nowNs, out OrderUnderWay order) => _underWay.TryTakeArrived(nowNs, out order);
}
