using System.Runtime.InteropServices;
using MarketMaker.Contracts;

namespace MarketMaker.Records;

/// <summary>
/// Finds for each of our executions and breaks the venue's, by (session, match number, kind). Both come in nearly the same order, so
/// that only what has no counterpart yet is held.
/// </summary>
internal sealed class VenueMatching(Action<Difference> report)
{
    /// <summary>Transactions without counterpart that may be held: some 300 MiB. More means that other days or accounts are compared.</summary>
    public const int PendingMax = 2_000_000;

    private readonly Dictionary<Key, Transaction> _own = [];
    private readonly Dictionary<Key, Transaction> _venue = [];

    /// <summary>Pairs found, agreeing or not.</summary>
    public long Pairs { get; private set; }

    /// <summary>Runs through both to their ends.</summary>
    public void Run(SourceHead own, SourceHead venue)
    {
        while (own.HasNext() && venue.HasNext())
        {
            bool isSameSession = own.Next.Session == venue.Next.Session;
            if (isSameSession && own.Next.MatchNumber == venue.Next.MatchNumber && own.Next.Kind == venue.Next.Kind)
            {
                Compare(own.Next, venue.Next);
                own.Take();
                venue.Take();
                continue;
            }

            long order = isSameSession ? own.Next.Sequence.CompareTo(venue.Next.Sequence) : 0;
            if (order >= 0) Add(venue, _own, _venue, isOwn: false);
            if (order <= 0) Add(own, _venue, _own, isOwn: true);
        }

        while (own.HasNext()) Add(own, _venue, _own, isOwn: true);
        while (venue.HasNext()) Add(venue, _own, _venue, isOwn: false);
        foreach (Transaction one in _own.Values.OrderBy(one => one.Id))
            report(new Difference(DifferenceKind.NotInVenueRecord, one, $"booked is {TransactionFields.Text(one)}, and the venue's record has no such match"));
        foreach (Transaction one in _venue.Values.OrderBy(one => one.Sequence))
            report(new Difference(DifferenceKind.NotBooked, one, $"the venue's record has {TransactionFields.Text(one)}, and it is not booked"));
    }

    private void Add(SourceHead from, Dictionary<Key, Transaction> others, Dictionary<Key, Transaction> mine, bool isOwn)
    {
        ref readonly Transaction next = ref from.Next;
        Key key = new(next.Session, next.MatchNumber, next.Kind);
        if (others.Remove(key, out Transaction other))
        {
            if (isOwn) Compare(next, other);
            else Compare(other, next);
        }
        else if (mine.Count == PendingMax)
        {
            throw new InvalidDataException($"more than {PendingMax:N0} transactions have no counterpart: are the venue's record and the journal of the same days and the same participant?");
        }
        else
        {
            ref Transaction slot = ref CollectionsMarshal.GetValueRefOrAddDefault(mine, key, out bool isTwice);
            if (isTwice) report(new Difference(DifferenceKind.Twice, next, $"{(isOwn ? "booked" : "in the venue's record")} twice is {TransactionFields.Text(next)}"));
            slot = next;
        }

        from.Take();
    }

    private void Compare(in Transaction own, in Transaction venue)
    {
        Pairs++;
        if (!TransactionFields.AgreeWithVenue(own, venue))
            report(new Difference(DifferenceKind.Content, own, TransactionFields.Describe("booked", own, "venue", venue, withVenue: true)));
    }

    private readonly record struct Key(SessionId Session, ulong MatchNumber, JournalRecordKind Kind);
}
