using MarketMaker.Contracts;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Protocols.Verdicts;
using MarketMaker.Tests.Specs.Prices;
using MarketMaker.Tests.Specs.Prices.Verdicts;
using MarketMaker.Volatility.Publishing;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Tests.Specs.Volatility;

/// <summary>The service's publisher and the engine's listener with a bad line between them, in virtual time.</summary>
public sealed class ChannelSpecs
{
    private const int StepMs = 10;
    private const int Tickers = 3;
    private const int Open = 1_000_000;

    /// <summary>Silence, and what a gap takes to be noticed by the next snapshot and given up.</summary>
    private const long LongestMs = 3_000 + 500 + 2 * StepMs;

    private readonly AlertsLab _lab = new();
    private readonly long?[] _unsafeSinceNs = new long?[Tickers];

    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    [InlineData(4)]
    public void should_never_let_a_ticker_be_bought_for_long_after_its_verdict_whatever_the_line_does(int seed)
    {
        Random random = new(seed);
        Assert.True(Universe.TryCreate([Symbol.Parse("AAPL"), Symbol.Parse("IBM"), Symbol.Parse("MSFT")], out Universe? universe, out _));
        VerdictBook book = new(Tickers, new VolatilityOptions { StayMs = 4_000, BaselineDefault = 131 });
        BadLine line = new(random);
        VerdictPublisher publisher = Start();
        int trusted = 0, verdicts = 0;
        for (int step = 0; step < 60_000; step++)
        {
            long nowNs = _lab.Time.Ns;
            if (step % 100 == 0) publisher.PublishSnapshot(AlertsLab.TradingDate, _lab.Time.WallNs);
            int ticker = random.Next(Tickers);
            int price = random.Next(300) == 0 ? Open * (random.Next(2) == 0 ? 102 : 98) / 100 : book[ticker].LastPrice == 0 ? Open : book[ticker].LastPrice;
            if (book.OnPrice(ticker, price, nowNs, nowNs)) publisher.PublishChange(ticker, _lab.Time.WallNs);
            for (int i = 0; i < Tickers; i++)
            {
                if (book.Review(i, nowNs)) publisher.PublishChange(i, _lab.Time.WallNs);
                bool isUnsafe = book[i].Level != VerdictLevel.Calm;
                if (isUnsafe && _unsafeSinceNs[i] is null) verdicts++;
                _unsafeSinceNs[i] = isUnsafe ? _unsafeSinceNs[i] ?? nowNs : null;
            }

            publisher.Flush(nowNs);
            if (random.Next(20_000) == 0) publisher = Start();
            line.Deliver(_lab, nowNs);
            foreach (MoldHeader wanted in _lab.TakeRequests()) Answer(wanted);
            _lab.Time.Advance(StepMs * ManualTime.NsPerMs);
            _lab.Work();
            if (_lab.ForAll == TickerFlags.None) trusted++;
            AssertNothingIsBoughtTooLong(seed, step);
        }

        // The line is bad, not dead: a test in which nothing is ever trusted would prove nothing.
        Assert.InRange(trusted, 10_000, 59_000);
        Assert.InRange(verdicts, 50, int.MaxValue);
        line.Heal();
        for (int step = 0; step < 400; step++)
        {
            if (step % 100 == 0) publisher.PublishSnapshot(AlertsLab.TradingDate, _lab.Time.WallNs);
            publisher.Flush(_lab.Time.Ns);
            line.Deliver(_lab, _lab.Time.Ns);
            _lab.Advance(StepMs);
        }

        Assert.Equal(TickerFlags.None, _lab.ForAll);
        for (int i = 0; i < Tickers; i++) Assert.Equal(TickerVerdict.FlagsOf(book[i].Level, book[i].Reasons), _lab.Flags[i]);

        VerdictPublisher Start() => new(SessionName.At(_lab.Time.WallNs), universe!, book, validityMs: 5_000, line);

        void Answer(MoldHeader wanted)
        {
            byte[] request = new byte[MoldHeader.Length];
            wanted.Write(request);
            ReadOnlySpan<byte> answer = publisher.Answer(request);
            if (!answer.IsEmpty) line.Send(answer);
        }
    }

    private void AssertNothingIsBoughtTooLong(int seed, int step)
    {
        for (int i = 0; i < Tickers; i++)
        {
            bool mayBuy = _lab.ForAll == TickerFlags.None && (_lab.Flags[i] & TickerFlags.SellOnly) == 0;
            long forMs = _unsafeSinceNs[i] is { } since ? (_lab.Time.Ns - since) / ManualTime.NsPerMs : 0;
            Assert.False(mayBuy && forMs > LongestMs, $"seed {seed}, step {step}: ticker {i} is free to be bought {forMs} ms after its verdict");
        }
    }

    /// <summary>Loses, doubles, delays; is dead for some seconds now and then.</summary>
    private sealed class BadLine(Random random) : IVerdictLine
    {
        private readonly List<(byte[] Packet, long DueNs)> _underWay = [];
        private long _deadUntilNs;
        private long _nowNs;
        private bool _isGood;

        public void Send(ReadOnlySpan<byte> packet)
        {
            int copies = _isGood ? 1 : random.Next(100) switch { < 15 => 0, > 95 => 2, _ => 1 };
            if (_nowNs < _deadUntilNs) return;
            for (int i = 0; i < copies; i++)
            {
                long delayMs = !_isGood && random.Next(10) == 0 ? random.Next(60) : 0;
                _underWay.Add((packet.ToArray(), _nowNs + delayMs * ManualTime.NsPerMs));
            }
        }

        public void Flush()
        {
        }

        public void Heal() => (_isGood, _deadUntilNs) = (true, 0);

        public void Deliver(AlertsLab lab, long nowNs)
        {
            _nowNs = nowNs;
            if (!_isGood && random.Next(2_000) == 0) _deadUntilNs = nowNs + random.NextInt64(6_000) * ManualTime.NsPerMs;
            for (int i = 0; i < _underWay.Count; i++)
            {
                if (_underWay[i].DueNs > nowNs) continue;
                lab.Deliver(_underWay[i].Packet);
                _underWay.RemoveAt(i--);
            }
        }
    }
}
