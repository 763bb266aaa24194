namespace MarketMaker.Clairvoyant;

/// <summary>
/// Looks for the prices of cash with the lowest bound, by deflected subgradient steps, coarse in time first and finer then; the average of the
/// solutions on the way is made possible by <see cref="CashRepair"/> and tells how far the bound can be off.
/// </summary>
/// <remarks>Its floating point only proposes prices: each is rounded, and the bound of a rounded price holds as well as any.</remarks>
internal sealed class CashPriceSearch
{
    private const double Deflection = 0.3;
    private const int PatienceSteps = 12;

    private readonly TradingDay _day;
    private readonly Accounting _accounting;
    private readonly CashRelaxation _relaxation;
    private readonly CashRepair _repair;
    private readonly long[] _cashPrices;
    private readonly double[] _average;
    private readonly long[] _rounded;
    private double[] _masses = [0];
    private double[] _direction = [0];
    private double _stepScale = 1;

    public CashPriceSearch(TradingDay day, Accounting accounting)
    {
        (_day, _accounting) = (day, accounting);
        _relaxation = new CashRelaxation(day, accounting);
        _repair = new CashRepair(day);
        _cashPrices = new long[_relaxation.Count];
        _average = new double[_relaxation.Count];
        _rounded = new long[_relaxation.Count];
        Best = new TradePlan(day, _rounded);
    }

    /// <summary>The lowest bound found, 1/10,000 dollar.</summary>
    public long Bound { get; private set; } = long.MaxValue;

    /// <summary>The best possible plan found.</summary>
    public TradePlan Best { get; private set; }

    /// <summary>Solutions of the relaxation so far.</summary>
    public int Steps { get; private set; }

    /// <summary>What share of the bound is not yet reached by the best plan, in ppm.</summary>
    public long GapPpm => Bound <= 0 ? 0 : (long)((Int128)(Bound - Best.Profit(_accounting)) * 1_000_000 / Bound);

    /// <summary>Searches until the gap is closed or the steps are used up.</summary>
    /// <exception cref="OperationCanceledException">A stop was asked for.</exception>
    public void Run(int stepsMax, long gapPpm, CancellationToken stop)
    {
        if (_relaxation.Count == 0)
        {
            Bound = Best.Profit(_accounting);
            return;
        }

        Step(isFirst: true);
        int binsMax = Math.Min(_relaxation.Count, 4_096);
        int levels = 1 + (int)Math.Ceiling(Math.Log2(binsMax) / 2);
        for (int level = 0; level < levels && GapPpm > gapPpm; level++)
        {
            int bins = (int)Math.Min(binsMax, 1L << (level * 2));
            Refine(bins);
            // The fine levels do most of the work.
            int until = Steps + (stepsMax - Steps) / (level == levels - 1 ? 1 : Math.Min(6, levels - level + 1));
            int lastGain = Steps;
            while (Steps < until && GapPpm > gapPpm)
            {
                stop.ThrowIfCancellationRequested();
                long before = Bound;
                Step(isFirst: false);
                if (before - Bound > Bound / 100_000) lastGain = Steps;
                if (Steps - lastGain < PatienceSteps) continue;
                lastGain = Steps;
                _stepScale /= 2;
                if (_stepScale < 1e-3) break;
            }

            _stepScale = 1;
        }
    }

    private void Step(bool isFirst)
    {
        Spread();
        long bound = _relaxation.Solve(_cashPrices);
        Bound = Math.Min(Bound, bound);
        double weight = isFirst ? 1 : 0.1;
        for (int i = 0; i < _average.Length; i++) _average[i] += weight * (_relaxation.Taken[i] - _average[i]);
        if (Steps++ % 8 == 0 || GapPpm < 20_000) Repair();
        Move(bound);
    }

    private void Repair()
    {
        for (int i = 0; i < _average.Length; i++) _rounded[i] = (long)Math.Round(_average[i]);
        Keep(_repair.Repair(_rounded));
        Keep(_repair.Repair(_relaxation.Taken));

        void Keep(TradePlan plan)
        {
            if (plan.Profit(_accounting) > Best.Profit(_accounting)) Best = plan;
        }
    }

    /// <summary>One step along the averaged slack of cash, as long as the distance to the best plan suggests (Polyak).</summary>
    private void Move(long bound)
    {
        int bins = _masses.Length;
        double square = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            (int from, int to) = Range(bin);
            double slack = 0;
            for (int i = from; i < to; i++) slack += _day.Cash - _relaxation.Used[i];
            slack /= to - from;
            _direction[bin] += Deflection * (slack - _direction[bin]);
            // Where no price can go lower, the slack says nothing.
            if (_masses[bin] <= 0 && _direction[bin] > 0) continue;
            square += _direction[bin] * _direction[bin];
        }

        if (square == 0) return;
        double step = _stepScale * Math.Max(bound - Best.Profit(_accounting), 1) / square;
        double sum = 0;
        for (int bin = 0; bin < bins; bin++)
        {
            _masses[bin] = Math.Max(0, _masses[bin] - step * _direction[bin]);
            sum += _masses[bin];
        }

        const double SumMax = 30;
        if (sum <= SumMax) return;
        for (int bin = 0; bin < bins; bin++) _masses[bin] *= SumMax / sum;
    }

    /// <summary>Splits the bins of the prices, so that they can follow time more closely.</summary>
    private void Refine(int bins)
    {
        double[] masses = new double[bins];
        double[] direction = new double[bins];
        int[] children = new int[_masses.Length];
        for (int bin = 0; bin < bins; bin++) children[Parent(bin)]++;
        for (int bin = 0; bin < bins; bin++)
        {
            int parent = Parent(bin);
            (masses[bin], direction[bin]) = (_masses[parent] / children[parent], _direction[parent]);
        }

        int Parent(int bin) => (int)((long)bin * children.Length / bins);
        (_masses, _direction) = (masses, direction);
    }

    private void Spread()
    {
        const double One = 1L << CashRelaxation.PriceShift;
        double owed = 0;
        for (int bin = 0; bin < _masses.Length; bin++)
        {
            (int from, int to) = Range(bin);
            double each = _masses[bin] * One / (to - from);
            for (int i = from; i < to; i++)
            {
                // What rounding leaves is carried on, so that small prices do not all vanish.
                owed += each;
                _cashPrices[i] = (long)owed;
                owed -= _cashPrices[i];
            }
        }
    }

    private (int From, int To) Range(int bin)
    {
        long count = _relaxation.Count;
        return ((int)(bin * count / _masses.Length), (int)((bin + 1) * count / _masses.Length));
    }
}
