using System.Numerics;

namespace MarketMaker.Market;

/// <summary>A seeded generator of 64-bit numbers (xoshiro256**, seeded by splitmix64): one or two ns a draw, the same on every host.</summary>
/// <remarks>A mutable struct: keep it in a field that is not readonly, one per independent stream of choices.</remarks>
public struct MarketRandom
{
    private ulong _a;
    private ulong _b;
    private ulong _c;
    private ulong _d;

    /// <summary>Starts a stream. Streams of one seed are independent of each other.</summary>
    public MarketRandom(ulong seed, ulong stream)
    {
        ulong state = seed * 0xD1342543DE82EF95 + stream;
        _a = SplitMix(ref state);
        _b = SplitMix(ref state);
        _c = SplitMix(ref state);
        _d = SplitMix(ref state);
    }

    /// <summary>64 random bits.</summary>
    public ulong Next()
    {
        ulong result = BitOperations.RotateLeft(_b * 5, 7) * 9;
        ulong shifted = _b << 17;
        _c ^= _a;
        _d ^= _b;
        _b ^= _c;
        _a ^= _d;
        _c ^= shifted;
        _d = BitOperations.RotateLeft(_d, 45);
        return result;
    }

    /// <summary>A number from 0 to <paramref name="bound"/> - 1; the bias of the multiplication is below 2^-32 here.</summary>
    public int Below(int bound) => (int)((Next() >> 32) * (ulong)bound >> 32);

    /// <summary>True with a chance given by <see cref="Threshold"/>.</summary>
    public bool Chance(uint threshold) => (uint)(Next() >> 32) < threshold;

    /// <summary>A probability as a 32-bit threshold, so that no floating point is left in the loop.</summary>
    public static uint Threshold(double probability) => (uint)Math.Clamp(probability * 4294967296.0, 0, uint.MaxValue);

    private static ulong SplitMix(ref ulong state)
    {
        ulong z = state += 0x9E3779B97F4A7C15;
        z = (z ^ z >> 30) * 0xBF58476D1CE4E5B9;
        z = (z ^ z >> 27) * 0x94D049BB133111EB;
        return z ^ z >> 31;
    }
}
