namespace MarketMaker.Market;

/// <summary>Draws a ticker by its activity (Zipf) in constant time: Walker's alias method with integer thresholds.</summary>
public sealed class ActivityTable
{
    private readonly uint[] _keepBelow;
    private readonly ushort[] _alias;
    private readonly double[] _share;

    /// <summary>Gives the ticker of rank k an activity of 1 / k^exponent; which ticker has which rank is drawn.</summary>
    public ActivityTable(int tickers, double zipfExponent, ref MarketRandom random)
    {
        _share = Shares(tickers, zipfExponent, ref random);
        _keepBelow = new uint[tickers];
        _alias = new ushort[tickers];
        double[] scaled = Array.ConvertAll(_share, s => s * tickers);
        Stack<int> small = new();
        Stack<int> large = new();
        for (int i = 0; i < tickers; i++) (scaled[i] < 1 ? small : large).Push(i);
        while (small.Count > 0 && large.Count > 0)
        {
            int poor = small.Pop();
            int rich = large.Peek();
            _keepBelow[poor] = MarketRandom.Threshold(scaled[poor]);
            _alias[poor] = (ushort)rich;
            scaled[rich] -= 1 - scaled[poor];
            if (scaled[rich] >= 1) continue;
            small.Push(large.Pop());
        }

        foreach (int rest in small.Concat(large)) (_keepBelow[rest], _alias[rest]) = (uint.MaxValue, (ushort)rest);
    }

    /// <summary>Draws a ticker with 64 random bits.</summary>
    public int Draw(ulong bits)
    {
        int column = (int)((bits >> 32) * (ulong)_alias.Length >> 32);
        return (uint)bits < _keepBelow[column] ? column : _alias[column];
    }

    /// <summary>A ticker's share of all offers, 0 to 1. For sizing at start.</summary>
    public double Share(int ticker) => _share[ticker];

    private static double[] Shares(int tickers, double zipfExponent, ref MarketRandom random)
    {
        double[] share = new double[tickers];
        double sum = 0;
        for (int i = 0; i < tickers; i++) sum += share[i] = Math.Pow(i + 1, -zipfExponent);
        for (int i = 0; i < tickers; i++) share[i] /= sum;
        for (int i = tickers - 1; i > 0; i--)
        {
            int other = random.Below(i + 1);
            (share[i], share[other]) = (share[other], share[i]);
        }

        return share;
    }
}
