using System.Globalization;
using Xunit.Abstractions;

namespace MarketMaker.Tests.Simulation;

/// <summary>The real stages under seeded faults. A seed that fails runs alone with MARKETMAKER_SEED=N.</summary>
public sealed class CrashSpecs(ITestOutputHelper output)
{
    private const int SeedCount = 60;
    private const int VirtualMs = 3_000;
    private const double CutsPerSecond = 3;
    private const double KillsPerSecond = 1.5;

    [Fact]
    public void should_book_every_execution_once_whenever_connection_and_engine_break()
    {
        (int kills, int cuts, int fills, int breaks, long sent) = (0, 0, 0, 0, 0);
        List<string> failures = [];
        foreach (int seed in Seeds())
        {
            using World world = new(seed);
            try
            {
                Run(world);
            }
            catch (Exception failure) when (failure is Xunit.Sdk.XunitException or InvalidOperationException or Platform.InvariantBrokenException)
            {
                failures.Add($"MARKETMAKER_SEED={seed}: {failure.Message}");
                continue;
            }

            kills += world.Kills;
            cuts += world.Cuts;
            fills += world.Venue.Fills.Count;
            breaks += world.Venue.Fills.Count(fill => fill.IsBreak);
            sent += world.Sent;
        }

        output.WriteLine($"{kills} kills, {cuts} cuts, {sent} orders sent, {fills} executions, {breaks} of them breaks");
        Assert.True(failures.Count == 0, string.Join('\n', failures.Take(10).Prepend($"{failures.Count} seeds failed")));
        // Seeds that never trade or never break would prove nothing.
        if (Only() is null) Assert.True(kills > SeedCount && cuts > SeedCount && fills > 20 * SeedCount && breaks > SeedCount / 2, $"{kills} kills, {cuts} cuts, {fills} executions, {breaks} breaks");
    }

    [Fact]
    public void should_send_the_same_bytes_at_the_same_times_for_the_same_seed()
    {
        foreach (int seed in Seeds().Take(3))
        {
            using World first = new(seed);
            using World second = new(seed);
            Run(first);
            Run(second);
            Assert.Equal((first.SendsHash, first.Sent, first.Venue.Fills.Count), (second.SendsHash, second.Sent, second.Venue.Fills.Count));
            using World other = new(seed + 1_000);
            Run(other);
            Assert.NotEqual(first.SendsHash, other.SendsHash);
        }
    }

    private static void Run(World world)
    {
        world.Trade(VirtualMs, CutsPerSecond, KillsPerSecond);
        world.StopInOrder();
        WorldChecks.AtTheEnd(world);
    }

    private static IEnumerable<int> Seeds() => Only() is { } seed ? [seed] : Enumerable.Range(1, SeedCount);

    private static int? Only() =>
        int.TryParse(Environment.GetEnvironmentVariable("MARKETMAKER_SEED"), NumberStyles.None, CultureInfo.InvariantCulture, out int seed) ? seed : null;
}
