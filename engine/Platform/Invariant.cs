using System.Diagnostics;
using System.Diagnostics.CodeAnalysis;

namespace MarketMaker.Platform;

/// <summary>Conditions that only a bug of ours can break. A broken one stops the sends, then the engine.</summary>
public static class Invariant
{
    /// <summary>Stays in the shipped binary, on control and journal paths.</summary>
    /// <exception cref="InvariantBrokenException">The condition does not hold.</exception>
    public static void Check([DoesNotReturnIf(false)] bool condition, string whatHolds)
    {
        if (!condition) Throw(whatHolds);
    }

    /// <summary>Joins per-event paths in debug, test and simulation builds only.</summary>
    /// <exception cref="InvariantBrokenException">The condition does not hold.</exception>
    [Conditional("DEBUG")]
    public static void Debug([DoesNotReturnIf(false)] bool condition, string whatHolds) => Check(condition, whatHolds);

    [DoesNotReturn]
    private static void Throw(string whatHolds) => throw new InvariantBrokenException(whatHolds);
}

/// <summary>An invariant of the engine does not hold: our bug, never an expected fault.</summary>
public sealed class InvariantBrokenException(string whatHolds) : Exception($"Invariant broken: {whatHolds}.");
