using CsCheck;
using MarketMaker.VolatilityModel;
using MarketMaker.VolatilityModel.Estimation;

namespace MarketMaker.Tests.Specs.Volatility;

/// <summary>The estimator against what it estimates, on seeded walks, and against sums in floating point.</summary>
public sealed class VolatilityEstimatorSpecs
{
    private const long NsPerMs = 1_000_000;

    private static readonly VolatilityOptions Standard = new();

    [Theory]
    [InlineData(1_000, 60_000)]
    [InlineData(200, 300_000)]
    [InlineData(2_500, 300_000)]
    [InlineData(250_000, 300_000)]
    [InlineData(3_000_000, 300_000)]
    public void should_decay_as_the_exponential_does(long ms, int tauMs)
    {
        const long Value = 1L << 50;
        double exact = Value * Math.Exp(-ms / (double)tauMs);
        Assert.InRange(new DecayTable(tauMs).Decay(Value, ms) / exact, 1 - 1e-4, 1 + 1e-4);
    }

    [Fact]
    public void should_forget_everything_at_last() => Assert.Equal(0, new DecayTable(300_000).Decay(1L << 20, long.MaxValue));

    [Fact]
    public void should_take_the_root_of_every_whole_number_rounded_down() =>
        Gen.Long[0, long.MaxValue].Sample(value =>
        {
            long root = IntegerRoot.Of(value);
            return (Int128)root * root <= value && (Int128)(root + 1) * (root + 1) > value;
        });

    [Theory]
    [InlineData(1_000)]
    [InlineData(2_500)]
    [InlineData(10_000)]
    public void should_estimate_the_volatility_of_a_walk_whatever_the_time_between_polls(int pollMs)
    {
        const int Days = 40;
        double squares = 0;
        int count = 0;
        for (int seed = 1; seed <= Days; seed++)
        {
            VolatilityEstimator estimator = new(1, Standard);
            Walk walk = new(seed, sigma: 131, pollMs);
            for (int i = 0; i * pollMs < 1_800_000; i++)
            {
                walk.Poll(estimator);
                if (i * pollMs < 900_000 || i * pollMs % 60_000 != 0) continue;
                squares += (double)estimator.Sigma(0) * estimator.Sigma(0);
                count++;
            }
        }

        Assert.InRange(Math.Sqrt(squares / count), 131 * 0.95, 131 * 1.05);
    }

    [Fact]
    public void should_say_jump_at_one_large_return_however_soon_it_comes()
    {
        VolatilityEstimator estimator = new(1, Standard);
        Assert.False(estimator.OnPrice(0, 1_000_000, 0));
        Assert.False(estimator.OnPrice(0, 1_014_999, 10 * NsPerMs));
        Assert.True(estimator.OnPrice(0, 1_015_000, 20 * NsPerMs));
    }

    [Fact]
    public void should_say_jump_when_realised_variance_leaves_bipower_variance_behind()
    {
        VolatilityEstimator estimator = new(1, Standard);
        Walk walk = new(seed: 3, sigma: 131, pollMs: 2_500);
        for (int i = 0; i < 200; i++) Assert.False(walk.Poll(estimator));
        // 100 bp: less than a jump by itself, fifty sigma of these polls.
        walk.Shift(0.01);
        Assert.True(walk.Poll(estimator));
        Assert.False(walk.Poll(estimator));
    }

    [Fact]
    public void should_not_take_a_jump_for_a_rise()
    {
        VolatilityEstimator estimator = new(1, Standard);
        Walk walk = new(seed: 4, sigma: 131, pollMs: 2_500);
        for (int i = 0; i < 400; i++) walk.Poll(estimator);
        walk.Shift(0.03);
        Assert.True(walk.Poll(estimator));
        for (int i = 0; i < 400; i++)
        {
            walk.Poll(estimator);
            Assert.False(estimator.HasRisen(0));
        }

        Assert.True(estimator.IsCalm(0));
    }

    [Fact]
    public void should_follow_the_median_and_not_the_storm_with_the_baseline()
    {
        VolatilityEstimator estimator = new(1, Standard);
        Walk calm = new(seed: 5, sigma: 60, pollMs: 2_500);
        for (int i = 0; i < 9_360; i++) calm.Poll(estimator);
        int usual = estimator.Baseline(0);
        Assert.InRange(usual, 50, 70);
        calm.Sigma = 480;
        for (int i = 0; i < 240; i++) calm.Poll(estimator);
        Assert.True(estimator.HasRisen(0));
        Assert.InRange(estimator.Baseline(0), usual, usual * 1.1);
    }

    [Fact]
    public void should_pass_over_old_prices_and_nights()
    {
        VolatilityEstimator estimator = new(1, Standard);
        estimator.OnPrice(0, 1_000_000, 1_000_000 * NsPerMs);
        Assert.False(estimator.OnPrice(0, 2_000_000, 999_000 * NsPerMs));
        Assert.Equal(0, estimator.Sigma(0));
        estimator.OnPrice(0, 1_010_000, 60_000_000 * NsPerMs);
        Assert.Equal(0, estimator.Sigma(0));
        estimator.BeginDay();
        Assert.False(estimator.OnPrice(0, 2_000_000, 60_001_000 * NsPerMs));
    }

    [Fact]
    public void should_survive_every_price_and_every_time()
    {
        VolatilityEstimator estimator = new(1, Standard);
        Random random = new(7);
        long ns = 0;
        for (int i = 0; i < 100_000; i++)
        {
            ns += random.NextInt64(1, 400_000) * NsPerMs >> random.Next(20);
            estimator.OnPrice(0, random.Next(1, int.MaxValue) >> random.Next(30) | 1, ns);
            Assert.InRange(estimator.Sigma(0), 0, 1_000_000);
            Assert.InRange(estimator.FastSigma(0), 0, 1_000_000);
            Assert.InRange(estimator.Baseline(0), 1, 1_000_000);
        }
    }

    private sealed class Walk(int seed, double sigma, int pollMs)
    {
        private readonly Random _random = new(seed);
        private double _log = Math.Log(1_000_000);
        private long _ms;

        /// <summary>0.01 bp per square root of a second.</summary>
        public double Sigma { get; set; } = sigma;

        public void Shift(double by) => _log += by;

        public bool Poll(VolatilityEstimator estimator)
        {
            long ms = pollMs * (75 + _random.Next(51)) / 100;
            _ms += ms;
            double normal = Math.Sqrt(-2 * Math.Log(1 - _random.NextDouble())) * Math.Cos(2 * Math.PI * _random.NextDouble());
            _log += Sigma * 1e-6 * Math.Sqrt(ms / 1e3) * normal;
            return estimator.OnPrice(0, (int)Math.Exp(_log), _ms * NsPerMs);
        }
    }
}
