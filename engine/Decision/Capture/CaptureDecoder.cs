using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>What was read from a capture.</summary>
public enum CapturedKind : byte
{
    /// <summary>Nothing: the file is at its end.</summary>
    None,

    /// <summary>An offer, with its verdict.</summary>
    Offer,

    /// <summary>A price, tick, verdict or change of the denylist.</summary>
    Price,

    /// <summary>An answer, or Execution's word that nothing was sent.</summary>
    Response,

    /// <summary>What may not be done changed.</summary>
    Stops,

    /// <summary>A block ends: the orders up to here can be compared.</summary>
    BlockEnd,
}

/// <summary>Reads events that <see cref="CaptureEncoder"/> wrote.</summary>
internal sealed class CaptureDecoder(int tickers)
{
    private readonly CaptureMemory _memory = new(tickers);

    public OfferEvent Offer;
    public PriceEvent Price;
    public ResponseEvent Response;
    public RefusalReason Verdict;
    public TradingStops Stops;

    /// <summary>Reads the event at the start of some bytes.</summary>
    /// <returns>Bytes it took.</returns>
    /// <exception cref="CaptureException">No encoder writes such bytes.</exception>
    public int Take(ReadOnlySpan<byte> bytes, out CapturedKind kind)
    {
        VarReader reader = new(bytes);
        byte tag = reader.Byte();
        switch (tag & CaptureTag.KindMask)
        {
            case CaptureTag.Offer:
                TakeOffer(tag, ref reader);
                kind = CapturedKind.Offer;
                break;
            case CaptureTag.Price or CaptureTag.WholePrice:
                TakePrice(isWhole: (tag & CaptureTag.KindMask) == CaptureTag.WholePrice, ref reader);
                kind = CapturedKind.Price;
                break;
            case CaptureTag.Tick:
                _memory.NowNs += reader.Signed();
                Price = new PriceEvent { Kind = PriceEventKind.Tick, NowNs = _memory.NowNs, AsOfNs = _memory.NowNs };
                kind = CapturedKind.Price;
                break;
            case CaptureTag.Response:
                TakeResponse(ref reader);
                kind = CapturedKind.Response;
                break;
            case CaptureTag.Stops:
                Stops = (TradingStops)reader.Byte();
                kind = CapturedKind.Stops;
                break;
            default:
                throw new CaptureException($"the capture holds an event of the unknown kind {tag & CaptureTag.KindMask}");
        }

        return reader.Position;
    }

    private void TakeOffer(byte tag, ref VarReader reader)
    {
        Verdict = (tag >> CaptureTag.VerdictShift) switch
        {
            CaptureTag.VerdictEdge => RefusalReason.Edge,
            CaptureTag.VerdictTaken => RefusalReason.None,
            CaptureTag.VerdictBusy => RefusalReason.ExecutionBusy,
            _ => (RefusalReason)reader.Byte(),
        };
        Offer.Kind = OfferEventKind.Offer;
        Offer.OfferSide = (tag & CaptureTag.SellSide) != 0 ? Side.Sell : Side.Buy;
        ushort ticker = Offer.TickerIndex = reader.UInt16();
        ref CaptureMemory.Known known = ref _memory[ticker];
        Offer.FeedSequence = _memory.FeedSequence += (ulong)reader.Signed();
        Offer.OrderReference = _memory.OrderReference += (ulong)reader.Signed();
        Offer.ReceivedNs = _memory.ReceivedNs += reader.Signed();
        long nowNs = _memory.NowNs += reader.Signed();
        Offer.PricedDeltaNs = (uint)(nowNs - Offer.ReceivedNs);
        if ((tag & CaptureTag.AsKnown) != 0)
        {
            Offer.FairPrice = known.Price;
            Offer.PriceAgeUs = known.AgeUs(nowNs);
        }
        else
        {
            Offer.FairPrice = (int)(known.Price + reader.Signed());
            Offer.PriceAgeUs = (uint)reader.Unsigned();
        }

        Offer.Price = (int)(Offer.FairPrice + reader.Signed());
        Offer.QuantityShares = (int)reader.Signed();
        if ((tag & CaptureTag.SameFlags) == 0) known.Flags = (TickerFlags)reader.UInt16();
        Offer.Flags = known.Flags;
    }

    private void TakePrice(bool isWhole, ref VarReader reader)
    {
        Price = new PriceEvent { Kind = PriceEventKind.Price };
        if (isWhole)
        {
            Price.Kind = (PriceEventKind)reader.Byte();
            Price.Flags = (TickerFlags)reader.UInt16();
            Price.SigmaCentiBp = (int)reader.Signed();
            Price.OpenPrice = (int)reader.Signed();
        }

        Price.TickerIndex = reader.UInt16();
        long price = reader.Signed();
        Price.Price = (int)(Price.Kind == PriceEventKind.Price ? _memory[Price.TickerIndex].Price + price : price);
        Price.NowNs = _memory.NowNs + reader.Signed();
        Price.AsOfNs = Price.NowNs + reader.Signed();
        Price.ServiceTimeSeconds = _memory.ServiceTimeSeconds + reader.Signed();
        _memory.Remember(in Price);
    }

    private void TakeResponse(ref VarReader reader)
    {
        Response = new ResponseEvent
        {
            Kind = (ResponseKind)reader.Byte(),
            OrderSide = (Side)reader.Byte(),
            NotSentReason = (RefusalReason)reader.Byte(),
            TickerIndex = reader.UInt16(),
            AnsweredNs = _memory.NowNs + reader.Signed(),
        };
        Response.ReceivedNs = Response.AnsweredNs + reader.Signed();
        Response.DecodedDeltaNs = (uint)reader.Unsigned();
        Response.PricedDeltaNs = (uint)reader.Unsigned();
        Response.DecidedDeltaNs = (uint)reader.Unsigned();
        Response.SentDeltaNs = (uint)reader.Unsigned();
        Response.UserRefNum = (uint)reader.Unsigned();
        Response.QuantityShares = (int)reader.Signed();
        Response.LimitPrice = (int)reader.Signed();
        Response.ExecutionPrice = (int)(Response.LimitPrice + reader.Signed());
        Response.LeavesShares = (int)reader.Signed();
        Response.FairPrice = (int)(Response.LimitPrice + reader.Signed());
        Response.ExcessShares = (int)reader.Signed();
        Response.OfferReference = _memory.OrderReference + (ulong)reader.Signed();
    }
}
