using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Decision;

/// <summary>How often something happened within the last window, for several owners: all of it, and what is older by a seventh of the window at most.</summary>
/// <remarks>
/// Eight slices, each a seventh of the window: the running one and the seven before it always cover the whole window, so no window, wherever
/// it begins, holds more than a limit that is asked for before each event. Turned down: a token bucket (a window may hold its rate and its burst).
/// </remarks>
internal sealed class SlidingCounts(int owners, long windowNs, LineArena? tables = null)
{
    private const int Slices = 8;

    private readonly LineArray<Line> _lines = new(owners, tables);
    private readonly long _sliceNs = (windowNs + Slices - 2) / (Slices - 1);

    /// <summary>Asks for the line of an owner that will be counted soon.</summary>
    public void Expect(int owner) => _lines.Expect(owner);

    /// <summary>How many of an owner's events count now.</summary>
    public int Count(int owner, long nowNs)
    {
        ref Line line = ref _lines[owner];
        Slide(ref line, nowNs / _sliceNs);
        return line.Sum;
    }

    /// <summary>One event of an owner.</summary>
    public void Add(int owner, long nowNs)
    {
        ref Line line = ref _lines[owner];
        Slide(ref line, nowNs / _sliceNs);
        line.Counts[(int)(line.Slice % Slices)]++;
        line.Sum++;
    }

    private static void Slide(ref Line line, long slice)
    {
        if (slice <= line.Slice) return;
        if (slice - line.Slice >= Slices)
        {
            line.Counts = default;
            line.Sum = 0;
            line.Slice = slice;
            return;
        }

        while (line.Slice < slice)
        {
            ref int oldest = ref line.Counts[(int)(++line.Slice % Slices)];
            line.Sum -= oldest;
            oldest = 0;
        }
    }

    // A cache line: one look at memory for each owner.
    [StructLayout(LayoutKind.Sequential, Size = 64)]
    private struct Line
    {
        public long Slice;
        public int Sum;
        public SliceCounts Counts;
    }

    [InlineArray(Slices)]
    private struct SliceCounts
    {
        private int _first;
    }
}
