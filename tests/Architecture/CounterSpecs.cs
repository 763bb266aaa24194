using MarketMaker.Contracts;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MarketMaker.Tests.Architecture;

/// <summary>Counters: one commented line each, in one list, each in the block of the stage that writes it.</summary>
public sealed class CounterSpecs
{
    private const int BlockSlots = 128;
    private const int RefusedOffset = 64;
    private static readonly string[] Stages = ["Feed", "Prices", "Decision", "Execution", "Journal", "PriceClient", "Host", "WinRecord", "Rings", "Alerts", "Threads", "PriceAges", "Shipping"];

    [Fact]
    public void should_document_every_counter_and_name_its_stage()
    {
        EnumDeclarationSyntax counters = Repository.Parse("engine/Contracts/Counter.cs").DescendantNodes().OfType<EnumDeclarationSyntax>()
            .Single(type => type.Identifier.ValueText == nameof(Counter));
        Assert.NotEmpty(counters.Members);
        foreach (EnumMemberDeclarationSyntax counter in counters.Members)
        {
            string comment = counter.GetLeadingTrivia().ToFullString();
            Assert.Contains("<summary>", comment, StringComparison.Ordinal);
            string? stage = StageOf(counter.Identifier.ValueText);
            if (stage is not null) Assert.Contains($"<summary>{stage}:", comment, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void should_give_every_counter_a_slot_of_its_own()
    {
        IEnumerable<int> twice = Enum.GetNames<Counter>().Select(ValueOf).GroupBy(value => value).Where(group => group.Count() > 1).Select(group => group.Key);
        Assert.Empty(twice);
    }

    [Fact]
    public void should_keep_the_counters_of_a_stage_in_one_block_apart_from_its_refusals()
    {
        foreach (string stage in Stages)
        {
            List<string> names = [.. Enum.GetNames<Counter>().Where(name => StageOf(name) == stage)];
            Assert.NotEmpty(names);
            int block = ValueOf(names[0]) / BlockSlots;
            foreach (string name in names)
            {
                Assert.True(ValueOf(name) / BlockSlots == block, $"{name} lies in the block of another stage");
                Assert.True(name == stage + "Refused" || ValueOf(name) % BlockSlots < RefusedOffset, $"{name} lies among the refusals");
            }
        }
    }

    [Fact]
    public void should_have_room_for_every_refusal_reason_in_the_upper_half_of_a_block()
    {
        Assert.True(Enum.GetValues<RefusalReason>().Max(reason => (int)reason) < BlockSlots - RefusedOffset);
        foreach (string name in Enum.GetNames<Counter>().Where(name => name.EndsWith("Refused", StringComparison.Ordinal)))
            Assert.Equal(RefusedOffset, ValueOf(name) % BlockSlots);
    }

    private static string? StageOf(string counter) => Array.Find(Stages, stage => counter.StartsWith(stage, StringComparison.Ordinal));

    private static int ValueOf(string counter) => (int)Enum.Parse<Counter>(counter);
}
