using System.Numerics;
using MarketMaker.Contracts;
using MarketMaker.Platform;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>The intents that are durable and not yet over: a bounded table beside the one on disk. Belongs to the journal's thread.</summary>
/// <remarks>
/// An intent is removed in the commit that also moves the session over the message that ended its order, so a restart either finds it or
/// never sees that message again. Allocates only when it is made.
/// </remarks>
internal sealed class IntentBook
{
    // How many numbers a new intent may skip when the slots of the next ones are still taken.
    private const int SkipMax = 64;
    private const int ListedMax = 20;
    private const long NsPerMs = 1_000_000;

    private readonly Slot[] _slots;
    private readonly int[] _ended;
    private readonly JournalTables _tables;
    private readonly Universe _universe;
    private readonly CounterFile _counters;
    private readonly NodeTag _node;
    private long _lastNumber;
    private long _storedNumber;
    private int _endedCount;
    private long _endedSinceNs;

    internal IntentBook(JournalOptions options, JournalStore store, Universe universe, CounterFile counters)
    {
        Invariant.Check(NodeTag.TryParse(options.Node, out _node), "the node's name was checked when the journal was opened");
        (_tables, _universe, _counters) = (store.Tables, universe, counters);
        _lastNumber = _storedNumber = store.Intents.LastNumber;
        // Those of earlier runs sit wherever there is room, so that no order of theirs can take the room of this run's.
        int capacity = (int)BitOperations.RoundUpToPowerOf2((uint)Math.Max(options.IntentsMax, 2 * store.Intents.Open.Length));
        _slots = new Slot[capacity];
        _ended = new int[capacity];
        foreach (IntentRecord intent in store.Intents.Open) Restore(intent.Number);
        Show();
    }

    /// <summary>Says which orders of earlier runs may be at the venue.</summary>
    internal static void List(IntentState state, LogWriter log)
    {
        Span<byte> ticker = stackalloc byte[Symbol.Length];
        foreach (IntentRecord intent in state.Open.Take(ListedMax))
        {
            intent.Symbol.Write(ticker);
            log.Write(LogMessage.IntentOpen, intent.Number, intent.QuantityShares, ticker);
        }

        if (state.Open.Length > ListedMax) log.Write(LogMessage.IntentsOpen, state.Open.Length);
    }

    /// <summary>Intents that are open on disk, or will be with the next commit.</summary>
    internal int Open { get; private set; }

    /// <summary>Whether ended intents wait for a commit to be removed.</summary>
    internal bool HasEnded => _endedCount > 0;

    /// <summary>Whether ended intents have waited long enough for a commit of their own.</summary>
    internal bool IsRemovalDue(int afterMs, long nowNs)
    {
        if (_endedCount == 0) return false;
        if (_endedSinceNs == 0) _endedSinceNs = nowNs;
        return nowNs - _endedSinceNs >= afterMs * NsPerMs;
    }

    /// <summary>Takes a number for an intent, if there is room for it.</summary>
    internal bool TryTake(out long number)
    {
        for (number = _lastNumber + 1; number <= _lastNumber + SkipMax; number++)
        {
            ref Slot slot = ref SlotOf(number);
            if (slot.Number != 0) continue;
            slot = new Slot { Number = number };
            _lastNumber = number;
            Open++;
            return true;
        }

        number = 0;
        return false;
    }

    /// <summary>Puts an intent; it is durable with the commit.</summary>
    internal LmdbStatus Put(ref ExecuteEvent execute, SessionId session, long wallClockNs, LmdbTransaction transaction)
    {
        IntentRecord record = default;
        record.Version = IntentRecord.CurrentVersion;
        record.Side = execute.OrderSide;
        record.IsShortSale = execute.IsShortSale ? (byte)1 : (byte)0;
        record.QuantityShares = execute.QuantityShares;
        record.Number = execute.IntentNumber;
        record.OfferReference = execute.OfferReference;
        record.Symbol = _universe[execute.TickerIndex];
        record.LimitPrice = execute.LimitPrice;
        record.FairPrice = execute.FairPrice;
        record.WrittenAtNs = wallClockNs;
        record.Session = session;
        record.Node = _node;
        RecordChecksum.Seal(ref record);
        return transaction.Put(_tables.Intents, record.Number, StructBytes.Of(ref record), LmdbPutOptions.Append);
    }

    /// <summary>Follows what became of the order: known to the venue, over, or proven by the fence never to have arrived.</summary>
    internal void Follow(ref ResponseEvent response)
    {
        if (response.Kind == ResponseKind.Fenced) ConcludeEarlier();
        if (response.IntentNumber == 0) return;
        int index = Find(response.IntentNumber);
        if (index < 0) return;
        _slots[index].IsKnownToVenue = true;
        bool mayEnd = response.Kind is ResponseKind.Executed or ResponseKind.Canceled or ResponseKind.Rejected or ResponseKind.NeverArrived or ResponseKind.NotSent;
        if (mayEnd && response.LeavesShares == 0) End(index);
    }

    /// <summary>Removes those that ended from the disk, and gives their room back.</summary>
    internal LmdbStatus Store(LmdbTransaction transaction)
    {
        for (int i = 0; i < _endedCount; i++)
        {
            ref Slot slot = ref _slots[_ended[i]];
            LmdbStatus status = transaction.Delete(_tables.Intents, slot.Number);
            if (status != LmdbStatus.Success) return status;
            slot = default;
        }

        Open -= _endedCount;
        _endedCount = 0;
        _endedSinceNs = 0;
        Show();
        if (_storedNumber == _lastNumber) return LmdbStatus.Success;
        _storedNumber = _lastNumber;
        return transaction.Put(_tables.Meta, JournalMeta.LastIntentKey, StructBytes.Of(ref _storedNumber));
    }

    // The fence stands: what an earlier run intended and the venue has told nothing of was never sent, or never arrived.
    private void ConcludeEarlier()
    {
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i] is { IsOfEarlierRun: true, IsKnownToVenue: false }) End(i);
        }
    }

    private void End(int index)
    {
        if (_slots[index].IsEnded) return;
        _slots[index].IsEnded = true;
        _ended[_endedCount++] = index;
    }

    private void Restore(long number)
    {
        int index = (int)(number & (_slots.Length - 1));
        while (_slots[index].Number != 0) index = index + 1 & _slots.Length - 1;
        _slots[index] = new Slot { Number = number, IsOfEarlierRun = true };
        Open++;
    }

    private int Find(long number)
    {
        int home = (int)(number & (_slots.Length - 1));
        if (_slots[home].Number == number) return home;
        // Only an intent of an earlier run may lie elsewhere than at home, and of those there are few.
        for (int i = 0; i < _slots.Length; i++)
        {
            if (_slots[i].Number == number) return i;
        }

        return -1;
    }

    private ref Slot SlotOf(long number) => ref _slots[number & (_slots.Length - 1)];

    private void Show() => _counters.Set(Counter.JournalOpenIntents, Open);

    private struct Slot
    {
        public long Number;
        public bool IsOfEarlierRun;
        public bool IsKnownToVenue;
        public bool IsEnded;
    }
}
