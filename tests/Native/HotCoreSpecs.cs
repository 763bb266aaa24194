using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

/// <summary>The core of a hot stage is that stage's alone, as far as the engine's own threads go.</summary>
public sealed class HotCoreSpecs
{
    private const string HotCore = "0";

    [SkippableFact]
    public void should_run_every_thread_but_the_stages_on_the_other_cores()
    {
        Skip.If(Environment.ProcessorCount < 2, "this host has one core: there is no other");
        using TestNode node = new TestNode().Prepare();
        foreach (string stage in new[] { "feed", "prices", "decision", "execution" }) node.Set("threads", stage, HotCore);
        node.StartVenue("sim", "--tickers", "50", "--rate", "1000");
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters)
        {
            (string Name, string Cores)[] threads = [.. Directory.GetDirectories($"/proc/{engine.Id}/task").SelectMany(Read)];
            Assert.Equal(["Feed+Prices+Dec"], threads.Where(thread => thread.Cores == HotCore).Select(thread => thread.Name));
            (string Name, string Cores)[] others = [.. threads.Where(thread => thread.Cores != HotCore)];
            Assert.Contains("Journal", others.Select(thread => thread.Name));
            Assert.All(others, thread => Assert.False(thread.Cores.StartsWith(HotCore, StringComparison.Ordinal), $"{thread.Name} may run on {thread.Cores}"));
            Assert.Equal(0, engine.Stop());
        }
    }

    private static IEnumerable<(string Name, string Cores)> Read(string task)
    {
        string[] status;
        try
        {
            status = File.ReadAllLines(Path.Combine(task, "status"));
        }
        catch (IOException)
        {
            // It ended meanwhile.
            return [];
        }

        return [(Field("Name:"), Field("Cpus_allowed_list:"))];

        string Field(string name) => status.First(line => line.StartsWith(name, StringComparison.Ordinal))[name.Length..].Trim();
    }
}
