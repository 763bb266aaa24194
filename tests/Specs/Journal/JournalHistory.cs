using MarketMaker.Contracts;
using MarketMaker.Journal;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

/// <summary>A random life of a journal, and an oracle that adds up every record it ever saw.</summary>
internal sealed class JournalHistory : IDisposable
{
    private readonly int _seed;
    private readonly Random _random;
    private readonly JournalBench _bench;
    private readonly List<JournalRecord> _seen = [];
    private readonly List<(ulong Match, ResponseEvent Event)> _open = [];
    private int _day = 1;
    private long _sequence;
    private ulong _match;

    public JournalHistory(int seed)
    {
        (_seed, _random) = (seed, new Random(seed));
        _bench = new JournalBench(DefaultOptions() with { CheckpointRecords = _random.Next(1, 30), RetentionDays = 0, ExecutionsMax = 1_000 });
    }

    private string SessionName => $"S{_day}";

    public void Step()
    {
        switch (_random.Next(12))
        {
            case 0: _bench.Restart(); break;
            case 1:
                _bench.Writer.Flush();
                _bench.Restart();
                break;
            case 2: BeginDay(); break;
            case 3: Adjust(); break;
            case 4: Break(); break;
            case 5: Purge(); break;
            default: Trade(); break;
        }
    }

    public void CheckAgainstAllRecords()
    {
        NoteNew();
        _bench.Restart();
        RecoveredState state = _bench.Store.Recovered;
        string where = $"seed {_seed}, {_seen.Count} records";
        Assert.True(_seen.Count == state.Transactions, $"{where}: {state.Transactions} transactions");
        Assert.True(_seen.Count == 0 || state.LastId == _seen[^1].Id && state.LastChecksum == _seen[^1].Checksum, $"{where}: last record");
        long cash = OpeningCash + _seen.Sum(record => record.Kind == JournalRecordKind.Adjustment ? record.CashAmount : -Shares(record) * record.Price);
        Assert.True(cash == state.Cash, $"{where}: cash {state.Cash}, sum {cash}");
        foreach (IGrouping<Symbol, JournalRecord> ticker in _seen.GroupBy(record => record.Symbol))
            Assert.True(ticker.Sum(Shares) == state.PositionOf(ticker.Key), $"{where}: {ticker.Key} {state.PositionOf(ticker.Key)}");
        List<JournalRecord> trades = [.. _seen.Where(record => record.Kind != JournalRecordKind.Adjustment)];
        Assert.True(trades.Where(record => Shares(record) > 0).Sum(Shares) == _bench.Counters.Read(Counter.JournalSharesBought), $"{where}: shares bought");
        Assert.True(trades.Count(record => Shares(record) < 0) == _bench.Counters.Read(Counter.JournalSells), $"{where}: sales");
        List<JournalRecord> session = [.. trades.Where(record => record.Session == state.Session)];
        HashSet<ulong> broken = [.. session.Where(record => record.Kind == JournalRecordKind.Break).Select(record => record.MatchNumber)];
        IEnumerable<ulong> unbroken = session.Select(record => record.MatchNumber).Where(match => !broken.Contains(match));
        Assert.Equal(unbroken, state.Executions.Select(execution => execution.MatchNumber));
    }

    public void Dispose() => _bench.Dispose();

    private static long Shares(JournalRecord record) =>
        record.Side == Side.Buy != (record.Kind == JournalRecordKind.Break) ? record.QuantityShares : -record.QuantityShares;

    private void Trade()
    {
        for (int i = _random.Next(1, 25); i > 0; i--)
        {
            Side side = _random.Next(2) == 0 ? Side.Buy : Side.Sell;
            ResponseEvent executed = Executed(++_sequence, ++_match, side, _random.Next(1, 4) * 100, _random.Next(1, 90_0000), (ushort)_random.Next(2), SessionName);
            _open.Add((_match, executed));
            _bench.Publish(executed);
        }

        _bench.Writer.DoWork();
    }

    private void Break()
    {
        if (_open.Count == 0) return;
        int index = _random.Next(_open.Count);
        ResponseEvent broken = _open[index].Event;
        _open.RemoveAt(index);
        (broken.Kind, broken.VenueSequence) = (ResponseKind.Broken, ++_sequence);
        broken.ReplayFrom = _sequence + 1;
        _bench.Book(broken);
    }

    private void BeginDay()
    {
        _day++;
        _sequence = 0;
        _open.Clear();
    }

    private void Adjust()
    {
        NoteNew();
        _bench.Stop();
        using (JournalEditor editor = JournalEditor.Open(_bench.Options))
        {
            // Also in a ticker that the universe does not name.
            Symbol symbol = Symbol.Parse(_random.Next(3) switch { 0 => "AAPL", 1 => "MSFT", _ => "GONE" });
            editor.Append(new JournalRecord
            {
                Kind = JournalRecordKind.Adjustment,
                ReasonCode = AdjustmentReason.Correction,
                CashAmount = _random.Next(-5000, 5000),
                Symbol = symbol,
                Side = _random.Next(2) == 0 ? Side.Buy : Side.Sell,
                QuantityShares = _random.Next(3) * 100,
            });
            editor.Commit();
        }

        _bench.Start();
    }

    private void Purge()
    {
        NoteNew();
        if (_seen.Count == 0) return;
        _bench.WriteShipped(_seen[_random.Next(_seen.Count)].Id);
        for (int i = 0; i < 4; i++)
        {
            _bench.Time.MonotonicNs += 61_000_000_000;
            _bench.Writer.DoWork();
        }
    }

    // Before a purge can take them away.
    private void NoteNew() => _seen.AddRange(_bench.Records().Where(record => _seen.Count == 0 || record.Id > _seen[^1].Id));
}
