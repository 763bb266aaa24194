using MarketMaker.Contracts;
using MarketMaker.Platform;
using MarketMaker.Platform.Clock;

namespace MarketMaker.Journal;

/// <summary>Makes the record of one Executed or Broken, chained to the record before.</summary>
internal sealed class RecordBuilder
{
    private readonly NodeTag _node;
    private ulong _previousChecksum;

    internal RecordBuilder(JournalOptions options, ulong previousChecksum)
    {
        Invariant.Check(NodeTag.TryParse(options.Node, out _node), "the node's name was checked when the journal was opened");
        _previousChecksum = previousChecksum;
    }

    /// <summary>Checksum of the last record made; the head of the chain.</summary>
    internal ulong LastChecksum => _previousChecksum;

    internal JournalRecord Build<TClock>(ref ResponseEvent response, Symbol symbol, long id, long midnightNs, TClock clock) where TClock : struct, IClock
    {
        // A price of zero would be the venue's word too, and is booked like any other.
        Invariant.Check(response.QuantityShares > 0 && response.ExecutionPrice >= 0, "an execution has shares and a price");
        JournalRecord record = default;
        record.Version = JournalRecord.CurrentVersion;
        record.Kind = response.Kind == ResponseKind.Broken ? JournalRecordKind.Break : JournalRecordKind.Execution;
        record.Side = response.OrderSide;
        record.UserRefNum = response.UserRefNum;
        record.Id = id;
        record.VenueSequence = response.VenueSequence;
        record.MatchNumber = response.MatchNumber;
        record.OfferReference = response.OfferReference;
        record.Symbol = symbol;
        record.Session = response.Session;
        record.QuantityShares = response.QuantityShares;
        record.Price = response.ExecutionPrice;
        record.LimitPrice = response.LimitPrice;
        record.FairPrice = response.FairPrice;
        record.ReasonCode = response.Kind == ResponseKind.Broken ? response.ReasonCode : (byte)0;
        record.VenueTimeNs = response.VenueTimeNs;
        record.ExecutedAtNs = midnightNs + response.VenueTimeNs;
        record.BookedAtNs = clock.WallClockNs;
        record.ReceivedNs = response.ReceivedNs;
        record.AnsweredNs = response.AnsweredNs;
        record.JournaledNs = clock.MonotonicNs;
        record.DecodedDeltaNs = response.DecodedDeltaNs;
        record.PricedDeltaNs = response.PricedDeltaNs;
        record.DecidedDeltaNs = response.DecidedDeltaNs;
        record.SentDeltaNs = response.SentDeltaNs;
        record.PreviousChecksum = _previousChecksum;
        record.Node = _node;
        RecordChecksum.Seal(ref record);
        _previousChecksum = record.Checksum;
        return record;
    }
}
