using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>Writes events as the file holds them: an ordinary offer takes 11 to 14 bytes.</summary>
/// <remarks>Hop Feed of an offer is not kept: no verdict depends on it.</remarks>
internal sealed class CaptureEncoder(int tickers)
{
    private readonly CaptureMemory _memory = new(tickers);
    private CapturedResponse _response;

    /// <summary>Writes one slot; the first part of a response waits for the rest.</summary>
    /// <returns>Bytes written.</returns>
    public int Put(in CaptureSlot slot, Span<byte> bytes)
    {
        VarWriter writer = new(bytes);
        switch (slot.Kind)
        {
            case CaptureSlotKind.Offer:
                Put(in slot.Offer, slot.Verdict, ref writer);
                break;
            case CaptureSlotKind.Price:
                Put(in slot.Price, ref writer);
                break;
            case CaptureSlotKind.Response:
                _response = slot.Response;
                break;
            case CaptureSlotKind.ResponseRest:
                Put(in _response, in slot.ResponseRest, ref writer);
                break;
            case CaptureSlotKind.Stops:
                writer.Byte(CaptureTag.Stops);
                writer.Byte((byte)slot.Stops);
                break;
        }

        return writer.Length;
    }

    private void Put(in OfferEvent offer, RefusalReason verdict, ref VarWriter writer)
    {
        ref CaptureMemory.Known known = ref _memory[offer.TickerIndex];
        long nowNs = offer.ReceivedNs + offer.PricedDeltaNs;
        bool isAsKnown = offer.FairPrice == known.Price && offer.PriceAgeUs == known.AgeUs(nowNs);
        bool isSameFlags = offer.Flags == known.Flags;
        byte shortVerdict = verdict switch
        {
            RefusalReason.Edge => CaptureTag.VerdictEdge,
            RefusalReason.None => CaptureTag.VerdictTaken,
            RefusalReason.ExecutionBusy => CaptureTag.VerdictBusy,
            _ => CaptureTag.VerdictNamed,
        };
        writer.Byte((byte)(CaptureTag.Offer | (offer.OfferSide == Side.Sell ? CaptureTag.SellSide : 0) | (isAsKnown ? CaptureTag.AsKnown : 0)
            | (isSameFlags ? CaptureTag.SameFlags : 0) | shortVerdict << CaptureTag.VerdictShift));
        if (shortVerdict == CaptureTag.VerdictNamed) writer.Byte((byte)verdict);
        writer.UInt16(offer.TickerIndex);
        writer.Signed((long)(offer.FeedSequence - _memory.FeedSequence));
        writer.Signed((long)(offer.OrderReference - _memory.OrderReference));
        writer.Signed(offer.ReceivedNs - _memory.ReceivedNs);
        writer.Signed(nowNs - _memory.NowNs);
        if (!isAsKnown)
        {
            writer.Signed((long)offer.FairPrice - known.Price);
            writer.Unsigned(offer.PriceAgeUs);
        }

        writer.Signed((long)offer.Price - offer.FairPrice);
        writer.Signed(offer.QuantityShares);
        if (!isSameFlags) writer.UInt16((ushort)offer.Flags);
        known.Flags = offer.Flags;
        (_memory.FeedSequence, _memory.OrderReference, _memory.ReceivedNs, _memory.NowNs) = (offer.FeedSequence, offer.OrderReference, offer.ReceivedNs, nowNs);
    }

    private void Put(in PriceEvent price, ref VarWriter writer)
    {
        bool isPlain = price.Flags == TickerFlags.None && price.SigmaCentiBp == 0 && price.OpenPrice == 0;
        if (isPlain && price.Kind == PriceEventKind.Tick && price.AsOfNs == price.NowNs && price.ServiceTimeSeconds == 0 && price.Price == 0 && price.TickerIndex == 0)
        {
            writer.Byte(CaptureTag.Tick);
            writer.Signed(price.NowNs - _memory.NowNs);
            _memory.NowNs = price.NowNs;
            return;
        }

        bool isPrice = isPlain && price.Kind == PriceEventKind.Price;
        writer.Byte(isPrice ? CaptureTag.Price : CaptureTag.WholePrice);
        if (!isPrice)
        {
            writer.Byte((byte)price.Kind);
            writer.UInt16((ushort)price.Flags);
            writer.Signed(price.SigmaCentiBp);
            writer.Signed(price.OpenPrice);
        }

        writer.UInt16(price.TickerIndex);
        // A verdict on all names no ticker, and a damaged ring could name any: only a ticker's own price is a difference.
        writer.Signed(price.Kind == PriceEventKind.Price ? (long)price.Price - _memory[price.TickerIndex].Price : price.Price);
        writer.Signed(price.NowNs - _memory.NowNs);
        writer.Signed(price.AsOfNs - price.NowNs);
        writer.Signed(price.ServiceTimeSeconds - _memory.ServiceTimeSeconds);
        _memory.Remember(in price);
    }

    private void Put(in CapturedResponse response, in CapturedResponseRest rest, ref VarWriter writer)
    {
        writer.Byte(CaptureTag.Response);
        writer.Byte((byte)response.Kind);
        writer.Byte((byte)response.OrderSide);
        writer.Byte((byte)response.NotSentReason);
        writer.UInt16(response.TickerIndex);
        writer.Signed(response.AnsweredNs - _memory.NowNs);
        writer.Signed(response.ReceivedNs - response.AnsweredNs);
        writer.Unsigned(response.DecodedDeltaNs);
        writer.Unsigned(response.PricedDeltaNs);
        writer.Unsigned(response.DecidedDeltaNs);
        writer.Unsigned(response.SentDeltaNs);
        writer.Unsigned(response.UserRefNum);
        writer.Signed(response.QuantityShares);
        writer.Signed(response.LimitPrice);
        writer.Signed((long)response.ExecutionPrice - response.LimitPrice);
        writer.Signed(rest.LeavesShares);
        writer.Signed((long)rest.FairPrice - response.LimitPrice);
        writer.Signed(rest.ExcessShares);
        writer.Signed((long)(response.OfferReference - _memory.OrderReference));
    }
}
