using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Decision.Signals;

namespace MarketMaker.Tests.Reference.Decision;

/// <summary>The integer signals of Decision beside the same thing said slowly, in floating point or decimals, on seeded random input.</summary>
public sealed class SignalsComparison
{
    private static readonly Gen<int> Price = Gen.OneOf(Gen.Int[1, 100], Gen.Int[1, Money.PriceMax]);

    [Fact]
    public void should_draw_the_collar_where_decimal_arithmetic_does()
    {
        CollarTable table = new(new CollarOptions());
        // Near the border, where a rounding would show.
        Gen.Select(Price, Gen.Int[-2, 2], Gen.Bool, Gen.Bool, Gen.UInt[0, 40_000_000]).Sample(
            (fair, beside, above, isVolatile, ageUs) =>
            {
                decimal distance = (isVolatile, ageUs) switch
                {
                    (false, <= 1_000_000) => 0.05m,
                    (false, <= 10_000_000) => 0.045m,
                    (false, <= 30_000_000) => 0.04m,
                    (false, _) => 0.035m,
                    (true, <= 1_000_000) => 0.045m,
                    (true, <= 10_000_000) => 0.034m,
                    (true, <= 30_000_000) => 0.028m,
                    (true, _) => -1m,
                };
                decimal border = Math.Max(0, distance);
                int price = (int)(fair * (1 + (above ? border : -border))) + beside;
                bool isWithin = Math.Abs((decimal)price - fair) <= distance * fair;
                Assert.Equal(isWithin, table.IsWithin(price, fair, ageUs, isVolatile));
            },
            iter: 100_000,
            seed: "0000000000011");
    }

    [Fact]
    public void should_let_the_floor_of_a_sell_off_fall_as_the_formula_does()
    {
        SellOff sellOff = new(new SellOffOptions(), 1);
        Gen.Select(Gen.Int[0, 20_000], Gen.Int[0, 3_000], Gen.Long[0, 400_000_000_000]).Sample(
            (sigma, cover, elapsedNs) =>
            {
                double giveAway = Math.Min(10_000, 0.25 * sigma * Math.Sqrt(Math.Min(cover, 2_000)));
                double floor = 2_500 - ((2_500 + giveAway) * Math.Min(1, elapsedNs / 300e9));
                // A ppm for each rounding: of the root, of what is given away, and of the line.
                Assert.InRange(sellOff.FloorPpm(5, 5 + elapsedNs, sigma, cover) - floor, -1.01, 1 + (0.25 * sigma / 1_024) + 1);
            },
            iter: 100_000,
            seed: "0000000000012");
    }

    [Fact]
    public void should_see_the_same_flow_of_offers_as_floating_point_does()
    {
        int stops = 0;
        Gen.Select(Gen.Int[10_000, Money.PriceMax / 2], Gen.Double[-150, 150], Gen.Double[-100, 100], Gen.UInt).Sample(
            (fair, moveBp, spreadBp, noiseSeed) =>
            {
                OfferFlowGuard guard = new(new OfferFlowOptions { MovedPpm = 4_500 }, 1);
                SlowFlow slow = new();
                guard.OnPrice(0, fair, 0);
                Random random = new((int)(noiseSeed >> 1));
                for (int i = 0; i < 400; i++)
                {
                    Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
                    double awayBp = (side == Side.Sell ? spreadBp : -spreadBp) + ((random.NextDouble() - 0.5) * 80) + (i < 200 ? 0 : moveBp);
                    int price = (int)(fair * (1 + (awayBp / 10_000)));
                    OfferEvent offer = new() { OfferSide = side, Price = price, FairPrice = fair, ReceivedNs = i };
                    slow.Observe(side, (price - (double)fair) / fair * 1e6);
                    // Within the error of the integers the threshold may be passed by one and not by the other.
                    if (Math.Abs(Math.Abs(slow.FlowPpm) - 4_500) < 40) return;
                    bool isStopped = guard.Observe(offer);
                    Assert.Equal(slow.IsMoved, isStopped);
                    stops += isStopped ? 1 : 0;
                    if (isStopped) return;
                }
            },
            iter: 2_000,
            seed: "0000000000013",
            threads: 1);
        Assert.InRange(stops, 300, 1_900);
    }

    [Fact]
    public void should_find_the_trend_that_floating_point_finds()
    {
        int falling = 0;
        Gen.Select(Gen.Int[0, 8].Array[16], Gen.Int[10, 60].Array[16]).Sample(
            (tenthsWon, tries) =>
            {
                WinRecord record = new(new WinRecordOptions { DiagnosisTriesMin = 20 });
                uint order = 0;
                for (int i = 0; i < 16; i++)
                {
                    for (int one = 0; one < tries[i]; one++)
                    {
                        Side side = i < 8 ? Side.Buy : Side.Sell;
                        record.OnResponse(new()
                        {
                            Kind = one % 10 < tenthsWon[i] ? ResponseKind.Executed : ResponseKind.Canceled,
                            OrderSide = side,
                            FairPrice = 1_000_000,
                            LimitPrice = 1_000_000 + ((side == Side.Buy ? -1 : 1) * (((i % 8) * 4_000) + 1_000)),
                            UserRefNum = ++order,
                        });
                    }
                }

                double errors = TrendInStandardErrors(record);
                if (Math.Abs(errors + 2) < 0.01) return;
                falling += errors < -2 ? 1 : 0;
                Assert.Equal(errors < -2, record.Diagnose().Finding == WinFinding.TooWide);
            },
            iter: 2_000,
            seed: "0000000000014",
            threads: 1);
        Assert.InRange(falling, 200, 1_800);
    }

    /// <summary>The slope of the share of wins over the bucket, each side about its own means, in units of its standard error.</summary>
    private static double TrendInStandardErrors(WinRecord record)
    {
        double slope = 0, variance = 0;
        foreach (Side side in (Side[])[Side.Buy, Side.Sell])
        {
            (double Bucket, double Tries, double Wins)[] row =
                [.. Enumerable.Range(0, record.Buckets).Select(i => ((double)i, (double)record[side, i].Tries, (double)record[side, i].Wins))];
            double tries = row.Sum(b => b.Tries), share = row.Sum(b => b.Wins) / tries, mean = row.Sum(b => b.Bucket * b.Tries) / tries;
            slope += row.Sum(b => (b.Bucket - mean) * (b.Wins - (share * b.Tries)));
            variance += share * (1 - share) * row.Sum(b => b.Tries * (b.Bucket - mean) * (b.Bucket - mean));
        }

        return variance == 0 ? 0 : slope / Math.Sqrt(variance);
    }

    private sealed class SlowFlow
    {
        private readonly double[] _usual = new double[2];
        private readonly int[] _learned = new int[2];
        private readonly long[] _due = new long[2];
        private int _offers;

        public double FlowPpm { get; private set; }

        public bool IsMoved => Math.Abs(FlowPpm) > 4_500 && _offers >= 8;

        public void Observe(Side side, double awayPpm)
        {
            int i = side == Side.Buy ? 0 : 1;
            if (Math.Abs(FlowPpm) <= 4_500 / 4.0 && _due[i] == 0)
            {
                // The weight halves each time the number of offers doubles.
                int shift = _learned[i] == 0 ? 0 : (int)Math.Floor(Math.Log2(_learned[i])) + 1;
                if (shift >= 8) _due[i] = 1;
                _usual[i] += (Math.Clamp(awayPpm, -40_000, 40_000) - _usual[i]) / Math.Pow(2, Math.Min(8, shift));
                _learned[i]++;
            }

            if (_learned[i] < 16) return;
            FlowPpm += (Math.Clamp(awayPpm - _usual[i], -40_000, 40_000) - FlowPpm) / 16;
            _offers++;
        }
    }
}
