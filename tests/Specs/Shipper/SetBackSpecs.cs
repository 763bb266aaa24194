using System.Globalization;
using MarketMaker.Journal;
using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;
using MarketMaker.Tests.Specs.Journal;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>A ledger that was set back to an older state, as by a restored backup.</summary>
public sealed class SetBackSpecs
{
    private const long Block = 7L << 32;
    private const long NsPerDay = 86_400_000_000_000;

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public void should_ship_again_what_the_ledger_lost_and_say_so(int keptRows)
    {
        using ShippingBench bench = Shipped();
        SetBack(bench, keptRows);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        ShippingSpecs.AssertSame(bench);
        Assert.Contains($"once had this journal through {Block + 10} and now has it through {(keptRows == 0 ? 0 : Block + keptRows)}", bench.Log.ToString(), StringComparison.Ordinal);
        Assert.Equal(Block + 10, Mark(bench));
    }

    [Fact]
    public void should_take_its_mark_back_before_anything_is_shipped_so_that_no_more_is_purged()
    {
        using ShippingBench bench = Shipped();
        SetBack(bench, 4);
        using LedgerDatabase inner = new(bench.Dialect());
        using Refusing refusing = new(inner);
        bench.Options = bench.Options with { StopGraceMs = 20 };
        Assert.Equal(ShippingEnd.Incomplete, bench.ShipOnce(refusing));
        Assert.Equal(Block + 4, Mark(bench));
        SetBack(bench, 0);
        Assert.Equal(ShippingEnd.Incomplete, bench.ShipOnce(refusing));
        Assert.False(File.Exists(bench.ShippedFile));
    }

    [Theory]
    [InlineData(4)]
    [InlineData(0)]
    public void should_ship_nothing_into_a_ledger_that_lacks_what_the_journal_has_purged(int keptRows)
    {
        using ShippingBench bench = Purged();
        SetBack(bench, keptRows);
        Assert.Equal(ShippingEnd.SetBack, bench.ShipOnce());
        Assert.Equal(keptRows, bench.Scalar("select count(*) from transactions"));
        string log = bench.Log.ToString();
        Assert.Contains("ALARM: the ledger at ", log, StringComparison.Ordinal);
        Assert.Contains($"purged through {Block + 10}", log, StringComparison.Ordinal);
        Assert.Contains("shipping_cursors", log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task should_stay_red_until_a_person_made_the_ledger_whole_and_then_go_on_by_itself()
    {
        using ShippingBench bench = Purged();
        List<object[]> lost = bench.Query("select id from transactions where id > " + (Block + 4));
        bench.Query($"update shipping_cursors set last_id = {Block + 4}");
        bench.Options = bench.Options with { StatusFile = Path.Combine(bench.Journal.Options.Path, "status.json") };
        using JournalReader reader = bench.Journal.Store.OpenReader();
        using LedgerDatabase database = new(bench.Dialect());
        using CancellationTokenSource stop = new();
        Task<ShippingEnd> run = Task.Run(() => new ShippingLoop(bench.Options, reader, database, TextWriter.Synchronized(bench.Log)).Run(stop.Token));
        bench.WaitForStatus(status => status.GetProperty("color").GetString() == "red" && status.GetProperty("alarms").EnumerateArray().Any(alarm => alarm.GetString()!.StartsWith("journal-set-back:", StringComparison.Ordinal)));
        // The engine is not held up: it books on, and that waits in the journal.
        bench.Journal.Book(JournalBench.Executed(2, 12, session: "S2"));
        Assert.Equal(6, lost.Count);
        bench.Query($"update shipping_cursors set last_id = {Block + 10}");
        bench.WaitForStatus(status => status.GetProperty("color").GetString() == "green" && status.GetProperty("lastId").GetInt64() == Block + 12);
        await stop.CancelAsync();
        Assert.Equal(ShippingEnd.Complete, await run);
        Assert.Equal(12, bench.Scalar("select count(*) from transactions"));
        Assert.Equal(1, bench.Log.ToString().Split("was set back. ").Length - 1);
    }

    [Fact]
    public void should_ship_nothing_of_a_journal_that_was_restored_from_an_older_copy()
    {
        using ShippingBench bench = new();
        string data = Path.Combine(bench.Journal.Options.Path, "data.mdb");
        bench.Book(1, 4);
        bench.Journal.Stop();
        byte[] copy = File.ReadAllBytes(data);
        bench.Journal.Start();
        bench.Book(5, 10);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        bench.Journal.Stop();
        File.WriteAllBytes(data, copy);
        bench.Journal.Start();
        Assert.Equal(ShippingEnd.SetBack, bench.ShipOnce());
        Assert.Contains("mm-shipper restore --node NODE1", bench.Log.ToString(), StringComparison.Ordinal);
        // The ids are given a second time, to other executions, until they pass the cursor.
        for (int sequence = 1; sequence <= 8; sequence++) bench.Journal.Book(JournalBench.Executed(sequence, (ulong)(20 + sequence), session: "S2"));
        Assert.Equal(ShippingEnd.SetBack, bench.ShipOnce());
        Assert.Equal(10, bench.Scalar("select count(*) from transactions"));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_ship_an_adopted_copy_when_the_ledger_has_what_its_original_purged(bool isSetBack)
    {
        using ShippingBench bench = Purged();
        if (isSetBack) SetBack(bench, 4);
        bench.Journal.Stop();
        JournalOptions elsewhere = bench.Journal.Options with { HostId = "other-host" };
        LeaseFile.Whole(8, "NODE1", JournalStore.Adopt(elsewhere).Uuid).Write(elsewhere.Path);
        using JournalStore store = JournalStore.Open(elsewhere);
        using JournalReader reader = store.OpenReader();
        using LedgerDatabase database = new(bench.Dialect());
        ShippingEnd end = new ShippingLoop(bench.Options with { Once = true }, reader, database, bench.Log).Run(CancellationToken.None);
        Assert.Equal((isSetBack ? ShippingEnd.SetBack : ShippingEnd.Complete, isSetBack ? 4 : 11), (end, bench.Scalar("select count(*) from transactions")));
    }

    private static ShippingBench Shipped()
    {
        ShippingBench bench = new();
        bench.Book(1, 10);
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce());
        return bench;
    }

    // Ten records shipped, old, and of an earlier session: gone from the journal; one more is left in it.
    private static ShippingBench Purged()
    {
        ShippingBench bench = Shipped();
        bench.Journal.Book(JournalBench.Executed(1, 11, session: "S2"));
        bench.Journal.Time.WallClockNs += 31 * NsPerDay;
        bench.Journal.Time.MonotonicNs += 61_000_000_000;
        for (int i = 0; i < 4; i++)
        {
            bench.Journal.Writer.DoWork();
            bench.Journal.Time.MonotonicNs += 25_000_000;
        }

        Assert.Single(bench.Journal.Records());
        return bench;
    }

    private static void SetBack(ShippingBench bench, int keptRows)
    {
        long through = keptRows == 0 ? 0 : Block + keptRows;
        bench.Query($"delete from transactions where id > {through}");
        bench.Query($"update shipping_cursors set last_id = {through}");
    }

    private static long Mark(ShippingBench bench) => long.Parse(File.ReadAllText(bench.ShippedFile), CultureInfo.InvariantCulture);

    /// <summary>Lets a shipper in and takes nothing.</summary>
    private sealed class Refusing(ILedgerDatabase inner) : PassingLedger(inner)
    {
        public override ShipmentOutcome Ship(Shipment shipment) => throw new IOException("no");
    }
}
