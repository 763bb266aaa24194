using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Lmdb;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>What a person changes in a journal while no engine runs. One edit is one durable transaction: all of it or nothing.</summary>
/// <remarks>Takes the journal's lock. Belongs to one thread. Without <see cref="Commit"/> nothing was changed.</remarks>
public sealed class JournalEditor : IDisposable
{
    private readonly JournalStore _store;
    private readonly NodeTag _node;
    private LmdbTransaction _transaction;

    private JournalEditor(JournalStore store)
    {
        _store = store;
        if (!NodeTag.TryParse(store.Meta.Node, out _node)) throw new JournalException($"the journal names the impossible node '{store.Meta.Node}'");
    }

    /// <summary>Opens a journal that no engine holds, and imports the leases beside it.</summary>
    /// <exception cref="JournalException">As <see cref="JournalStore.Open"/>; only ids are not asked for here.</exception>
    public static JournalEditor Open(JournalOptions options) => new(JournalStore.Open(options with { RequireIds = false }));

    /// <summary>Who the journal belongs to.</summary>
    public JournalMeta Meta => _store.Meta;

    /// <summary>Cash, positions and session, with what was appended so far.</summary>
    public RecoveredState State => _store.Recovered;

    /// <summary>Ids left.</summary>
    public long IdsLeft => _store.IdsLeft;

    /// <summary>
    /// Appends one record. Id, version, node, time of booking, chain and checksum are filled in; kind and everything else are the caller's.
    /// </summary>
    /// <returns>The record's id.</returns>
    /// <exception cref="JournalException">There is no id left: the message names the command.</exception>
    public long Append(in JournalRecord template)
    {
        if (Refuse(template) is { } reason) throw new JournalException($"this cannot be booked: {reason}.");
        Begin();
        if (!_store.Ids.TryTake(out long id)) throw new JournalException("the journal has no ids left: lease a block with 'mm-shipper lease --config FILE'.");
        JournalRecord record = template;
        record.Version = JournalRecord.CurrentVersion;
        record.Id = id;
        record.Node = _node;
        record.BookedAtNs = new SystemClock().WallClockNs;
        record.PreviousChecksum = State.LastChecksum;
        RecordChecksum.Seal(ref record);
        Check(_transaction.Put(_store.Tables.Executions, id, StructBytes.Of(ref record), LmdbPutOptions.Append), "appending a record");
        State.Add(record);
        return id;
    }

    /// <summary>
    /// Says that a venue session is over and booked completely: no order of it is open, and, when it is the last one, the next start may begin
    /// another. Its open intents are to be removed by <see cref="ClearIntents"/>.
    /// </summary>
    /// <param name="session">The session.</param>
    /// <param name="bookedThrough">The venue's last sequence number in it, 0 or more.</param>
    /// <exception cref="JournalException">The journal knows the session to be booked further.</exception>
    public void ResolveSession(SessionId session, long bookedThrough)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(bookedThrough);
        if (session.IsNone) throw new JournalException("a session without a name cannot be over.");
        Begin();
        LmdbStatus status = _transaction.Get(_store.Tables.Sessions, session, out ReadOnlySpan<byte> bytes);
        SessionRow row = new() { AfterId = State.LastId };
        if (status != LmdbStatus.NotFound)
        {
            Check(status, "reading a session");
            if (!StructBytes.TryRead(bytes, out row)) throw new JournalException($"the row of session {session} has a wrong length");
        }

        if (row.BookedThrough > bookedThrough)
            throw new JournalException($"the journal has session {session} booked through {row.BookedThrough}, beyond {bookedThrough}: the venue's record is cut short or of another session.");
        (row.BookedThrough, row.ReplayFrom) = (bookedThrough, bookedThrough + 1);
        Check(_transaction.Put(_store.Tables.Sessions, session, StructBytes.Of(ref row)), "putting a session");
        if (session != State.Session && !State.Session.IsNone) return;
        // Of an earlier session it would say nothing about the orders of this one.
        Check(_transaction.Put(_store.Tables.Meta, JournalMeta.InUseKey, Encoding.ASCII.GetBytes("no")), "marking the journal as idle");
        State.WasKilled = false;
        (State.BookedThrough, State.ReplayFrom) = (row.BookedThrough, row.ReplayFrom);
    }

    /// <summary>
    /// Removes a session's open intents: what became of the orders was booked or found in the venue's record. Those that name no session were
    /// written before the last one answered, and go with it.
    /// </summary>
    public void ClearIntents(SessionId session)
    {
        Begin();
        foreach (IntentRecord intent in _store.Intents.Open)
        {
            if (intent.Session != session && !(intent.Session.IsNone && session == State.Session)) continue;
            LmdbStatus status = _transaction.Delete(_store.Tables.Intents, intent.Number);
            if (status != LmdbStatus.NotFound) Check(status, "removing an open intent");
        }
    }

    /// <summary>
    /// Notes that a person has seen to what lies in quarantine, up to the first trade of another session that is not in the books and that nobody
    /// has seen to, so that the next start does not halt for it. The rows stay, as evidence.
    /// </summary>
    /// <param name="session">The session whose trades are booked now.</param>
    /// <returns>The session whose trade is next to be seen to; none when there is no other.</returns>
    public SessionId MarkQuarantineSeen(SessionId session)
    {
        Begin();
        (SessionId next, State.TradesNotBooked) = QuarantineState.MarkSeen(_transaction, _store.Tables, session);
        return next;
    }

    /// <summary>A reader on the journal as it was before this edit, for the same process.</summary>
    public JournalReader OpenReader() => _store.OpenReader();

    /// <summary>Makes the edit durable. More may follow, as another edit.</summary>
    /// <exception cref="JournalException">The disk refused: nothing of the edit is there.</exception>
    public void Commit()
    {
        if (!_transaction.IsOpen) return;
        Check(_store.Ids.Store(_transaction, _store.Tables), "putting the id blocks");
        JournalException.ThrowUnlessSuccess(_transaction.Commit(), "making the edit durable; nothing of it was booked");
    }

    /// <summary>Closes the journal; what was not committed never was.</summary>
    public void Dispose()
    {
        _transaction.Abort();
        _store.Dispose();
    }

    private static string? Refuse(in JournalRecord template) => template switch
    {
        { Kind: < JournalRecordKind.Execution or > JournalRecordKind.Adjustment } => "it is of no known kind",
        { QuantityShares: < 0 } => "shares are below zero; the side says which way they go",
        { Side: not (Side.Buy or Side.Sell), QuantityShares: > 0 } => "shares need a side",
        { Kind: not JournalRecordKind.Adjustment, QuantityShares: 0 } => "a trade has shares",
        { Kind: not JournalRecordKind.Adjustment, CashAmount: not 0 } => "the cash of a trade is its price and its shares",
        { Kind: JournalRecordKind.Adjustment } when !AdjustmentReason.IsKnown(template.ReasonCode) => "an adjustment has a reason",
        { QuantityShares: > 0, Symbol.Packed: 0 } => "shares need a ticker",
        _ => null,
    };

    private void Begin()
    {
        if (!_transaction.IsOpen) Check(LmdbTransaction.BeginWrite(_store.Environment, out _transaction), "beginning an edit");
    }

    private static void Check(LmdbStatus status, string action) => JournalException.ThrowUnlessSuccess(status, action);
}
