namespace MarketMaker.Tests.Architecture;

/// <summary>The list of planted bugs stays alive: each names code that is there, once.</summary>
public sealed class PlantedBugSpecs
{
    private const int BugsMin = 20;

    public static TheoryData<string> Bugs => [.. Files().Select(file => Path.GetFileNameWithoutExtension(file))];

    [Fact]
    public void should_have_twenty_bugs_to_plant_at_least() => Assert.True(Files().Length >= BugsMin, $"{Files().Length} bugs");

    [Theory]
    [MemberData(nameof(Bugs))]
    public void should_find_the_code_that_a_planted_bug_replaces_exactly_once(string bug)
    {
        string[] lines = File.ReadAllLines(Path.Combine(Repository.Root, "tests", "PlantedBugs", "bugs", $"{bug}.bug"));
        string source = File.ReadAllText(Path.Combine(Repository.Root, Field("file")));
        string original = Section("--- original", "--- planted");
        Assert.NotEqual("", original);
        Assert.Equal(2, source.Split(original).Length);
        Assert.NotEqual(original, Section("--- planted", "--- end"));
        Assert.NotEqual("", Field("why"));
        Assert.True(Directory.Exists(Path.Combine(Repository.Root, Field("caught-by").Split(' ')[0])), "caught-by names a test project and a filter");

        string Field(string name) => lines.First(line => line.StartsWith($"{name}: ", StringComparison.Ordinal))[(name.Length + 2)..];
        string Section(string from, string to) => string.Join('\n', lines.SkipWhile(line => line != from).Skip(1).TakeWhile(line => line != to));
    }

    private static string[] Files() => Directory.GetFiles(Path.Combine(Repository.Root, "tests", "PlantedBugs", "bugs"), "*.bug");
}
