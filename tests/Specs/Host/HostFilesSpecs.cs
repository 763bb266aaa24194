using MarketMaker.Host.Configuration;

namespace MarketMaker.Tests.Specs.Host;

public sealed class HostFilesSpecs
{
    private static readonly string Hosts = Path.Combine(Root(), "deploy", "hosts");

    public static TheoryData<string> CoreFiles => [.. new[] { 2, 4, 8, 16 }.Select(cores => $"cores-{cores}.ini")];

    [Theory]
    [MemberData(nameof(CoreFiles))]
    public void should_find_nothing_wrong_in_an_example_but_what_this_host_lacks(string file)
    {
        List<string> errors = [];
        EngineConfig.Load(Path.Combine(Hosts, file), errors);
        // The password's file and the card are the host's own, and this one may have fewer cores.
        string[] lacking = ["there is no such file", "cannot be used", "needs the name of an interface of this host"];
        Assert.All(errors, error => Assert.True(lacking.Any(what => error.Contains(what, StringComparison.Ordinal)), error));
    }

    [Theory]
    [MemberData(nameof(CoreFiles))]
    public void should_use_no_core_that_the_examples_host_does_not_have(string file)
    {
        int cores = int.Parse(file[6..^4]);
        string[] threads = [.. File.ReadLines(Path.Combine(Hosts, file)).SkipWhile(line => line != "[threads]").Skip(1).TakeWhile(line => !line.StartsWith('['))];
        string[] agents = ["feed", "prices", "decision", "execution", "journal", "price-client", "alerts", "capture"];
        int[] used = [.. threads.Select(line => line.Split('=', StringSplitOptions.TrimEntries)).Where(pair => agents.Contains(pair[0])).Select(pair => int.Parse(pair[1])).Where(core => core >= 0)];
        Assert.NotEmpty(used);
        Assert.All(used, core => Assert.InRange(core, 0, cores - 1));
    }

    private static string Root()
    {
        for (DirectoryInfo? up = new(AppContext.BaseDirectory); up is not null; up = up.Parent)
        {
            if (File.Exists(Path.Combine(up.FullName, "MarketMaker.sln"))) return up.FullName;
        }

        throw new DirectoryNotFoundException("The tests do not run inside the repository.");
    }
}
