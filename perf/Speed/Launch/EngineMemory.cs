using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;
using MarketMaker.Speed.InMemory;

namespace MarketMaker.Speed.Launch;

/// <summary>What the engine's rings and caches take with the INI file's standard sizes: what its memory is compared with.</summary>
internal static class EngineMemory
{
    private const int OfferSlots = 65_536, PriceSlots = 8_192, ExecuteSlots = 4_096, ResponseSlots = 65_536;
    private const int SideTableBytes = 8 << 20, LocateTableBytes = 128 << 10;

    /// <summary>Bytes for so many tickers.</summary>
    public static long Bytes(int tickers) =>
        Of<OfferEvent>(OfferSlots) + Of<PriceEvent>(PriceSlots) + Of<ExecuteEvent>(ExecuteSlots) + Of<ResponseEvent>(ResponseSlots)
        + SideTableBytes + LocateTableBytes + InMemoryEngine.TableBytes(tickers);

    private static long Of<T>(int count) where T : unmanaged
    {
        T one = default;
        return (long)count * StructBytes.Of(ref one).Length;
    }
}
