using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class LeaseAheadSpecs
{
    private const long Wanted = 1_000_000;

    [Fact]
    public void should_lay_the_next_block_once_ids_run_low_and_no_other_while_it_lies_there()
    {
        using ShippingBench bench = new();
        GiveAwayIds(bench);
        for (int i = 0; i < 3; i++) Look(bench);
        string file = Assert.Single(Leases(bench));
        Assert.Equal((1, bench.Journal.Meta.Uuid), (LeaseFile.Read(file).Block, LeaseFile.Read(file).Journal));
        Assert.Equal(1, bench.Scalar("select count(*) from id_blocks"));
    }

    [Fact]
    public void should_lay_no_block_while_ids_are_plenty_or_when_told_never_to()
    {
        using ShippingBench bench = new();
        Look(bench);
        Assert.Empty(Leases(bench));
        GiveAwayIds(bench);
        Look(bench, wanted: 0);
        Assert.Empty(Leases(bench));
    }

    [Fact]
    public void should_lay_no_second_block_after_the_engine_took_the_first_in()
    {
        using ShippingBench bench = new();
        GiveAwayIds(bench);
        Look(bench);
        bench.Journal.Restart();
        Assert.Empty(Leases(bench));
        Look(bench);
        Assert.Empty(Leases(bench));
        Assert.Equal(1, bench.Scalar("select count(*) from id_blocks"));
    }

    [Fact]
    public void should_waste_a_block_and_nothing_more_when_it_dies_before_the_file_is_there()
    {
        using ShippingBench bench = new();
        GiveAwayIds(bench);
        using (LedgerDatabase database = new(bench.Dialect()))
        {
            database.Connect();
            database.LeaseBlock("NODE1", bench.Journal.Meta.Uuid);
        }

        Look(bench);
        Assert.Equal(2, LeaseFile.Read(Assert.Single(Leases(bench))).Block);
    }

    // The bench's journal begins with a block of its own; here it is made a nearly used one.
    private static void GiveAwayIds(ShippingBench bench)
    {
        bench.Journal.Stop();
        JournalStore.Adopt(bench.Journal.Options with { HostId = "another-host" });
        bench.Journal.Options = bench.Journal.Options with { HostId = "another-host" };
        new LeaseFile(9, 1, 70_000, "NODE1", bench.Journal.Meta.Uuid).Write(bench.Journal.Options.Path);
        bench.Journal.Start();
    }

    private static void Look(ShippingBench bench, long wanted = Wanted)
    {
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(bench.Dialect());
        database.Connect();
        new LeaseAhead(bench.Options with { LeaseAheadIds = wanted }, reader, database, bench.Log).Tick();
    }

    private static string[] Leases(ShippingBench bench) => Directory.GetFiles(bench.Journal.Options.Path, LeaseFile.SearchPattern);
}
