using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Decision.Capture;

namespace MarketMaker.Tests.Specs.Decision.Capture;

public sealed class CaptureCodecSpecs
{
    private const int Tickers = 5;

    private static readonly Gen<OfferEvent> Offers = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.UInt, Gen.UInt, Gen.Long, Gen.ULong, Gen.Int[0, Tickers - 1]).Select(
        (price, quantity, fair, ageUs, deltaNs, receivedNs, reference, ticker) => new OfferEvent
        {
            Kind = OfferEventKind.Offer,
            Price = price,
            QuantityShares = quantity,
            FairPrice = fair,
            PriceAgeUs = ageUs,
            PricedDeltaNs = deltaNs,
            ReceivedNs = receivedNs / 2,
            OrderReference = reference,
            FeedSequence = reference * 31,
            TickerIndex = (ushort)ticker,
            Flags = (TickerFlags)(quantity & 63),
            OfferSide = (price & 1) == 0 ? Side.Buy : Side.Sell,
        });

    private static readonly Gen<PriceEvent> Prices = Gen.Select(Gen.Int[1, 5], Gen.Int, Gen.Long, Gen.Long, Gen.Long, Gen.Int, Gen.Int[0, Tickers - 1], Gen.Bool).Select(
        (kind, price, nowNs, asOfNs, service, sigma, ticker, isPlain) => new PriceEvent
        {
            Kind = (PriceEventKind)kind,
            Price = price,
            NowNs = nowNs,
            AsOfNs = asOfNs,
            ServiceTimeSeconds = service,
            TickerIndex = (ushort)ticker,
            Flags = isPlain ? TickerFlags.None : (TickerFlags)(sigma & 63),
            SigmaCentiBp = isPlain ? 0 : sigma,
            OpenPrice = isPlain ? 0 : price / 3,
        });

    private static readonly Gen<ResponseEvent> Responses = Gen.Select(Gen.Int, Gen.Int, Gen.Int, Gen.UInt, Gen.Long, Gen.Long, Gen.ULong, Gen.UInt).Select(
        (quantity, limit, price, deltaNs, answeredNs, receivedNs, reference, number) => new ResponseEvent
        {
            Kind = (ResponseKind)(1 + number % 11),
            OrderSide = (number & 1) == 0 ? Side.Buy : Side.Sell,
            QuantityShares = quantity,
            LimitPrice = limit,
            ExecutionPrice = price,
            LeavesShares = price - limit,
            FairPrice = limit - quantity,
            ExcessShares = quantity / 2,
            DecodedDeltaNs = deltaNs,
            PricedDeltaNs = deltaNs / 2,
            DecidedDeltaNs = deltaNs / 3,
            SentDeltaNs = uint.MaxValue - deltaNs,
            AnsweredNs = answeredNs,
            ReceivedNs = receivedNs,
            OfferReference = reference,
            UserRefNum = number,
            TickerIndex = (ushort)number,
            NotSentReason = (RefusalReason)(number % 40),
        });

    [Fact]
    public void should_give_back_every_event_as_it_was_whatever_its_numbers()
    {
        Gen.Select(Gen.Int[0, 2].Array[1, 30], Offers.Array[30], Prices.Array[30], Responses.Array[30], Gen.Int[0, 39]).Sample((kinds, offers, prices, responses, verdict) =>
        {
            CaptureEncoder encoder = new(Tickers);
            CaptureDecoder decoder = new(Tickers);
            byte[] bytes = new byte[CaptureFormat.EventBytesMax];
            for (int i = 0; i < kinds.Length; i++)
            {
                int length = Put(encoder, kinds[i], offers[i], prices[i], responses[i], (RefusalReason)verdict, bytes);
                Assert.Equal(length, decoder.Take(bytes.AsSpan(0, length), out CapturedKind kind));
                Assert.Equal((CapturedKind)(kinds[i] + 1), kind);
                if (kind == CapturedKind.Offer) Assert.Equal((offers[i], (RefusalReason)verdict), (decoder.Offer, decoder.Verdict));
                else if (kind == CapturedKind.Price) Assert.Equal(prices[i], decoder.Price);
                else Assert.Equal(responses[i], decoder.Response);
            }
        });
    }

    [Fact]
    public void should_take_fourteen_bytes_for_an_ordinary_offer_at_most()
    {
        CaptureEncoder encoder = new(Tickers);
        byte[] bytes = new byte[CaptureFormat.EventBytesMax];
        Random random = new(1);
        long nowNs = 1_000_000_000_000;
        Put(encoder, 1, default, new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = 3, Price = 1_000_000, AsOfNs = nowNs, NowNs = nowNs }, default, default, bytes);
        long all = 0;
        for (int i = 0; i < 1_000; i++)
        {
            nowNs += random.Next(4_000);
            OfferEvent offer = new()
            {
                Kind = OfferEventKind.Offer,
                TickerIndex = 3,
                OfferSide = Side.Sell,
                Price = 1_000_000 + random.Next(-10_000, 10_000),
                QuantityShares = random.Next(1, 1_000),
                FeedSequence = (ulong)(i * 3),
                OrderReference = (ulong)(i * 5),
                ReceivedNs = nowNs,
                PricedDeltaNs = 900,
                FairPrice = 1_000_000,
                PriceAgeUs = (uint)((nowNs + 900 - 1_000_000_000_000) / 1_000),
            };
            if (i > 0) all += Put(encoder, 0, offer, default, default, RefusalReason.Edge, bytes);
            else Put(encoder, 0, offer, default, default, RefusalReason.Edge, bytes);
        }

        Assert.InRange(all / 999.0, 8, 14);
    }

    [Theory]
    [InlineData(typeof(OfferEvent))]
    [InlineData(typeof(PriceEvent))]
    public void should_find_the_last_two_bytes_of_an_event_free_for_what_its_slot_holds(Type type)
    {
        foreach (FieldInfo field in type.GetFields())
        {
            int bytes = field.FieldType.IsEnum ? Marshal.SizeOf(Enum.GetUnderlyingType(field.FieldType)) : Marshal.SizeOf(field.FieldType);
            Assert.InRange(field.GetCustomAttribute<FieldOffsetAttribute>()!.Value + bytes, 1, 62);
        }

        Assert.Equal(64, Unsafe.SizeOf<CaptureSlot>());
    }

    [Fact]
    public void should_tell_orders_apart_by_every_field_and_by_their_sequence()
    {
        ExecuteEvent order = new() { OfferReference = 1, FeedSequence = 2, ReceivedNs = 3, LimitPrice = 4, QuantityShares = 5, FairPrice = 6, TickerIndex = 7, OrderSide = Side.Buy };
        ExecuteEvent[] others =
        [
            order with { OfferReference = 9 }, order with { FeedSequence = 9 }, order with { ReceivedNs = 9 }, order with { LimitPrice = 9 }, order with { QuantityShares = 9 },
            order with { FairPrice = 9 }, order with { TickerIndex = 9 }, order with { OrderSide = Side.Sell }, order with { IsShortSale = true },
        ];
        ulong[] hashes = [HashOf(order), .. others.Select(other => HashOf(other)), HashOf(order, others[0]), HashOf(others[0], order), HashOf(order, order)];

        Assert.Equal(hashes.Length, hashes.Distinct().Count());
        Assert.Equal(HashOf(order), HashOf(order with { DecidedDeltaNs = 77, IntentNumber = 5 }));
    }

    private static ulong HashOf(params ReadOnlySpan<ExecuteEvent> orders)
    {
        OrdersHash hash = default;
        foreach (ExecuteEvent order in orders) hash.Add(in order);
        return hash.Value;
    }

    private static int Put(CaptureEncoder encoder, int kind, OfferEvent offer, PriceEvent price, ResponseEvent response, RefusalReason verdict, byte[] bytes)
    {
        CaptureRecorder recorder = new(16);
        if (kind == 0) recorder.Refused(in offer, verdict);
        else if (kind == 1) recorder.Price(in price);
        else recorder.Response(in response);
        recorder.EndBatch();
        int length = 0;
        for (long slot = recorder.Slots.Next, last = recorder.Slots.AvailableThrough(16); slot <= last; slot++)
            length += encoder.Put(in recorder.Slots[slot], bytes.AsSpan(length));
        return length;
    }
}
