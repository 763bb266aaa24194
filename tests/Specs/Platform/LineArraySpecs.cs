using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Tests.Specs.Platform;

public sealed class LineArraySpecs
{
    private const int HugePageBytes = 2 * 1024 * 1024;

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_begin_on_a_cache_line_zeroed_and_keep_each_record_apart(bool isInArena)
    {
        LineArena? arena = isInArena ? new LineArena(10_000) : null;
        LineArray<int> odd = new(3, arena);
        LineArray<Line> lines = new(5, arena);
        Assert.Equal(0, AddressOf(ref odd[0]) % 64);
        Assert.Equal(0, AddressOf(ref lines[0]) % 64);
        for (int i = 0; i < lines.Length; i++)
        {
            Assert.Equal(0, lines[i].Last);
            (lines[i].First, lines[i].Last) = (i + 1, -i - 1);
        }

        odd.Span.Fill(7);
        for (int i = 0; i < lines.Length; i++) Assert.Equal((i + 1, -i - 1), (lines[i].First, lines[i].Last));
        Assert.Equal([7, 7, 7], odd.Span.ToArray());
    }

    [Theory]
    [InlineData(-1)]
    [InlineData(3)]
    [InlineData(int.MaxValue)]
    public void should_refuse_a_record_that_it_does_not_have(int index)
    {
        LineArray<long> array = new(3, new LineArena(1));
        Assert.Throws<ArgumentOutOfRangeException>(() => array[index]);
        Assert.Throws<ArgumentOutOfRangeException>(() => array.Expect(index));
    }

    [Fact]
    public void should_lay_tables_side_by_side_within_one_huge_page_and_refuse_what_does_not_fit()
    {
        LineArena arena = new(HugePageBytes - 64);
        LineArray<Line> first = new(HugePageBytes / 64 - 2, arena);
        LineArray<byte> second = new(65, arena);
        nint start = AddressOf(ref first[0]);
        Assert.Equal(0, start % HugePageBytes);
        Assert.Equal(start + HugePageBytes - 128, AddressOf(ref second[0]));
        Assert.Contains("asked for", Assert.Throws<InvalidOperationException>(() => new LineArray<byte>(1, arena)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_keep_the_memory_as_long_as_a_table_of_it_is_held()
    {
        LineArray<long> array = Made();
        for (int i = 0; i < 3; i++)
        {
            GC.Collect();
            GC.WaitForPendingFinalizers();
        }

        Assert.Equal(42, array[9]);

        [MethodImpl(MethodImplOptions.NoInlining)]
        static LineArray<long> Made()
        {
            LineArray<long> made = new(10, new LineArena(1));
            made[9] = 42;
            return made;
        }
    }

    private static nint AddressOf<T>(ref T record) => Unsafe.ByteOffset(ref Unsafe.NullRef<byte>(), ref Unsafe.As<T, byte>(ref record));

    [StructLayout(LayoutKind.Explicit, Size = 64)]
    private struct Line
    {
        [FieldOffset(0)] public int First;
        [FieldOffset(60)] public int Last;
    }
}
