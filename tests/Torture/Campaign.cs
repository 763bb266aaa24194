using MarketMaker.Tests.Torture.Servers;
using MarketMaker.Tests.Torture.Wire;

namespace MarketMaker.Tests.Torture;

/// <summary>The whole run: day after day until it has had enough, with a new journal every few days.</summary>
internal sealed class Campaign(TortureOptions options, RunFolder folder, Totals totals, CancellationToken interrupted)
{
    private const int DaysPerJournal = 3;

    /// <summary>Cuts made, each counted once.</summary>
    public IReadOnlyCollection<Cut> Cuts { get; private set; } = [];

    /// <exception cref="Processes.TortureFailedException">Something is wrong that cannot wait for the end.</exception>
    public void Run()
    {
        Programs programs = new(options, folder);
        programs.BuildShim();
        using LedgerServer server = LedgerServer.Start(options.Database, folder);
        // The tables are made by the account they belong to; the shipper's may only fill them.
        programs.Set(("shipper", "database", server.Owner.Database), ("shipper", "password-file", server.Owner.PasswordFile));
        programs.MakeTables();
        programs.Set(("shipper", "database", server.Shipper.Database), ("shipper", "password-file", server.Shipper.PasswordFile));
        using OrderProxy proxy = new();
        bool IsOver() => this.IsOver(proxy);
        try
        {
            Day day = new(options, programs, folder, totals, proxy, server);
            Random seeds = new(options.Seed);
            NodeState node = new();
            for (int number = 0; !IsOver(); number++)
            {
                if (number % DaysPerJournal == 0)
                {
                    programs.Set(("journal", "path", folder.File($"journal.{number:000}")));
                    programs.MakeJournal();
                    node = new NodeState();
                }

                day.Run(number, node, new Random(seeds.Next()), new Queue<Cut>(CutsToMake(seeds, proxy.Done)), IsOver);
                if (totals.Problems.Count > 0) return;
            }
        }
        finally
        {
            Cuts = proxy.Done;
            totals.Cuts = proxy.Cuts;
        }
    }

    private bool IsOver(OrderProxy proxy)
    {
        if (interrupted.IsCancellationRequested) return true;
        bool isTimeUp = options.Minutes > 0 && totals.Seconds >= options.Minutes * 60;
        bool isEnough = options.Kills > 0 && totals.Kills.Engine >= options.Kills && totals.Kills.Shipper >= options.Kills
            && (options.Database != LedgerKind.Cluster || totals.Kills.Primary >= options.PrimaryKills);
        // What is left to chance may take a little longer, but not for ever: then the page says what was not reached.
        bool isWhole = !options.IsWhole || totals.Kills.Engine >= 2 * options.Kills
            || (proxy.Done.Count >= Cut.All.Count() && !totals.Kills.PointsNotReached().Any());
        return isTimeUp || (isEnough && isWhole);
    }

    // A life may end before its cut is made: those that were never made come first on the next day.
    private static IEnumerable<Cut> CutsToMake(Random random, IReadOnlyCollection<Cut> done)
    {
        Cut[] cuts = [.. Cut.All];
        random.Shuffle(cuts);
        HashSet<Cut> made = [.. done];
        return cuts.OrderBy(made.Contains);
    }
}
