using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class LeaseAheadSpecs
{
    private const long Wanted = 1_000_000;
    private static readonly LeaseFile NearItsEnd = new(9, 1, 80_000, "NODE1", Guid.Empty);

    [Fact]
    public void should_lay_the_next_block_once_ids_run_low_and_no_other_while_it_lies_there()
    {
        using ShippingBench bench = new(lease: NearItsEnd);
        for (int i = 0; i < 3; i++) Look(bench);
        string file = Assert.Single(Leases(bench));
        Assert.Equal((1, bench.Journal.Meta.Uuid), (LeaseFile.Read(file).Block, LeaseFile.Read(file).Journal));
        Assert.Equal(1, bench.Scalar("select count(*) from id_blocks"));
    }

    [Fact]
    public void should_lay_no_block_while_ids_are_plenty_or_when_told_never_to()
    {
        using ShippingBench bench = new(lease: NearItsEnd);
        Look(bench, wanted: 70_000);
        Assert.Empty(Leases(bench));
        Look(bench, wanted: 0);
        Assert.Empty(Leases(bench));
    }

    [Fact]
    public void should_lay_no_second_block_after_the_engine_took_the_first_in()
    {
        using ShippingBench bench = new(lease: NearItsEnd);
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
        using ShippingBench bench = new(lease: NearItsEnd);
        using (LedgerDatabase database = new(bench.Dialect()))
        {
            database.Connect();
            database.LeaseBlock("NODE1", bench.Journal.Meta.Uuid);
        }

        Look(bench);
        Assert.Equal(2, LeaseFile.Read(Assert.Single(Leases(bench))).Block);
    }

    [Fact]
    public void should_take_one_block_however_often_its_file_cannot_be_written()
    {
        using ShippingBench bench = new(lease: NearItsEnd);
        // In the file's way, as a full disk is.
        string inTheWay = Path.Combine(bench.Journal.Options.Path, $"lease-1.lease.{Environment.ProcessId}.tmp");
        Directory.CreateDirectory(inTheWay);
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(bench.Dialect());
        database.Connect();
        LeaseAhead lease = new(bench.Options with { LeaseAheadIds = Wanted, LeaseLookMs = 0 }, reader, database, bench.Log);
        for (int i = 0; i < 3; i++) lease.Tick();
        Assert.Empty(Leases(bench));
        Directory.Delete(inTheWay);
        lease.Tick();
        Assert.Equal(1, LeaseFile.Read(Assert.Single(Leases(bench))).Block);
        Assert.Equal(1, bench.Scalar("select count(*) from id_blocks"));
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
