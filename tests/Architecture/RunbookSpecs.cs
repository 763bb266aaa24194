using System.Text.RegularExpressions;
using MarketMaker.Contracts;

namespace MarketMaker.Tests.Architecture;

/// <summary>Whoever is woken by an alarm finds it in the runbook.</summary>
public sealed partial class RunbookSpecs
{
    private static readonly string Runbook = File.ReadAllText(Repository.Absolute("deploy/RUNBOOK.md"));

    [Fact]
    public void should_have_a_section_for_every_alarm_and_for_no_other()
    {
        string[] sections = [.. AlarmSection().Matches(Runbook).Select(match => match.Groups[1].Value)];
        Assert.Equal(Alarms.All.Select(alarm => alarm.Id).Order(), sections.Order());
    }

    [Fact]
    public void should_say_something_in_each_of_them()
    {
        Assert.All(AlarmSection().Split(Runbook).Where((_, i) => i > 0 && i % 2 == 0), text => Assert.True(text.Split("\n## ")[0].Trim().Length > 15, text));
    }

    [Theory]
    [InlineData("Start of day")]
    [InlineData("End of day")]
    [InlineData("Lost venue")]
    [InlineData("Lost database")]
    [InlineData("Full disk")]
    [InlineData("Restore on a new host")]
    [InlineData("Rotation of secrets")]
    [InlineData("Upgrade")]
    [InlineData("Rollback")]
    public void should_have_a_section_for_every_occasion(string occasion)
    {
        Assert.Contains($"\n## {occasion}\n", Runbook, StringComparison.Ordinal);
    }

    [GeneratedRegex("(?m)^### (.+)$")]
    private static partial Regex AlarmSection();
}
