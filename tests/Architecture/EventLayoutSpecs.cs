using System.Reflection;
using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Architecture;

/// <summary>Events fill whole cache lines, so that two slots of a ring never share one.</summary>
public sealed class EventLayoutSpecs
{
    private const int CacheLineBytes = 64;

    public static TheoryData<Type> Events =>
        [.. typeof(OfferEvent).Assembly.GetTypes().Where(type => type.IsValueType && !type.IsEnum && type.Name.EndsWith("Event", StringComparison.Ordinal))];

    [Theory]
    [InlineData(typeof(OfferEvent), CacheLineBytes)]
    [InlineData(typeof(PriceEvent), CacheLineBytes)]
    [InlineData(typeof(ExecuteEvent), CacheLineBytes)]
    [InlineData(typeof(LogEvent), CacheLineBytes)]
    [InlineData(typeof(ResponseEvent), 2 * CacheLineBytes)]
    [InlineData(typeof(TickerRow), CacheLineBytes)]
    public void should_have_the_size_its_ring_was_designed_for(Type type, int bytes)
    {
        Assert.Equal(bytes, SizeOf(type));
    }

    [Fact]
    public void should_know_the_size_of_every_event()
    {
        Assert.Equal(5, Events.Count);
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void should_lay_out_its_fields_by_hand_aligned_and_without_overlap(Type type)
    {
        Assert.True(type.IsExplicitLayout, $"{type.Name} leaves its layout to the compiler");
        int end = 0;
        foreach ((FieldInfo field, int offset) in Fields(type).OrderBy(field => field.Offset))
        {
            Assert.True(offset >= end, $"{type.Name}.{field.Name} at {offset} overlaps the field that ends at {end}");
            Assert.True(offset % AlignmentOf(field.FieldType) == 0, $"{type.Name}.{field.Name} at {offset} is not aligned");
            end = offset + SizeOf(field.FieldType);
        }

        Assert.True(end <= SizeOf(type), $"{type.Name} is {SizeOf(type)} bytes and its fields end at {end}");
    }

    [Theory]
    [MemberData(nameof(Events))]
    public void should_keep_what_must_be_cold_and_hot_in_plain_integers(Type type)
    {
        // References would drag the collector into the rings; floating point has no place in a decision.
        Assert.All(Fields(type), field => Assert.True(
            field.Field.FieldType.IsValueType && field.Field.FieldType != typeof(double) && field.Field.FieldType != typeof(float),
            $"{type.Name}.{field.Field.Name}"));
    }

    [Theory]
    [InlineData(typeof(SessionId), SessionId.Length)]
    [InlineData(typeof(Symbol), Symbol.Length)]
    public void should_be_as_long_as_on_the_wire(Type type, int bytes)
    {
        Assert.Equal(bytes, SizeOf(type));
    }

    private static IEnumerable<(FieldInfo Field, int Offset)> Fields(Type type) =>
        type.GetFields(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            .Select(field => (field, field.GetCustomAttribute<FieldOffsetAttribute>()!.Value));

    private static int SizeOf(Type type) => RuntimeHelpers.SizeOf(type.TypeHandle);

    // A text of bytes may lie anywhere; every other field is a number of its own size.
    private static int AlignmentOf(Type type) => type == typeof(SessionId) ? 1 : SizeOf(type);
}
