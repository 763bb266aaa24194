using System.Runtime.CompilerServices;
using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>What writer and reader both remember of the events before, so that the next one is written as its difference.</summary>
internal sealed class CaptureMemory(int tickers)
{
    private const long NsPerUs = 1_000;

    private readonly Known[] _tickers = new Known[tickers];

    public ulong FeedSequence;
    public ulong OrderReference;
    public long ReceivedNs;
    public long NowNs;
    public long ServiceTimeSeconds;

    /// <summary>What was last known of a ticker.</summary>
    public ref Known this[int ticker] => ref _tickers[ticker];

    /// <summary>Takes a price as the last known one.</summary>
    public void Remember(in PriceEvent price)
    {
        NowNs = price.NowNs;
        ServiceTimeSeconds = price.ServiceTimeSeconds;
        if (price.Kind == PriceEventKind.Price) (_tickers[price.TickerIndex].Price, _tickers[price.TickerIndex].AsOfNs) = (price.Price, price.AsOfNs);
    }

    /// <summary>The last price of a ticker.</summary>
    internal struct Known
    {
        public long AsOfNs;
        public int Price;
        public TickerFlags Flags;

        /// <summary>The age Prices stamps, if the last price Decision took is the one Prices had.</summary>
        [MethodImpl(MethodImplOptions.AggressiveInlining)]
        public readonly uint AgeUs(long nowNs) => Price == 0 ? uint.MaxValue : (uint)Math.Clamp((nowNs - AsOfNs) / NsPerUs, 0, uint.MaxValue);
    }
}

/// <summary>The first byte of an event in the file: three bits of kind, five that shorten it.</summary>
internal static class CaptureTag
{
    public const byte KindMask = 7;
    public const byte Offer = 0;
    public const byte Price = 1;
    public const byte Tick = 2;

    /// <summary>A price event with every field.</summary>
    public const byte WholePrice = 3;
    public const byte Response = 4;
    public const byte Stops = 5;

    public const byte SellSide = 8;

    /// <summary>Fair price and age follow from the ticker's last price.</summary>
    public const byte AsKnown = 16;

    /// <summary>The flags are those of the ticker's last offer.</summary>
    public const byte SameFlags = 32;

    public const int VerdictShift = 6;
    public const byte VerdictEdge = 0;
    public const byte VerdictTaken = 1;
    public const byte VerdictBusy = 2;

    /// <summary>The verdict is in the next byte.</summary>
    public const byte VerdictNamed = 3;
}
