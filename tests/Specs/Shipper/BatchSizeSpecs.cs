using MarketMaker.Shipper;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>Batches that take longer than the database may take to answer.</summary>
public sealed class BatchSizeSpecs
{
    private static readonly ShipperOptions Options = new() { JournalPath = "", Database = "", BatchRows = 1000, AnswerTimeoutMs = 10_000 };
    private readonly StringWriter _log = new();

    [Fact]
    public void should_ship_in_smaller_batches_when_a_large_one_is_never_answered_in_time()
    {
        using ShippingBench bench = new();
        bench.Options = bench.Options with { BatchRows = 1000 };
        bench.Book(1, 1000);
        using LedgerDatabase ledger = new(bench.Dialect());
        Assert.Equal(ShippingEnd.Complete, bench.ShipOnce(new SlowLedger(ledger, rowsInTime: 300)));
        ShippingSpecs.AssertSame(bench);
        Assert.Contains("a batch of 1000 rows was not answered for 10000 ms; the next have 500 rows at most", bench.Log.ToString(), StringComparison.Ordinal);
        Assert.Contains("a batch of 500 rows was not answered for 10000 ms; the next have 250 rows at most", bench.Log.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_halve_down_to_a_floor_and_not_for_so_few_rows_that_the_database_itself_must_be_silent()
    {
        BatchSize batch = new(Options, _log);
        foreach (int rows in (int[])[500, 250, 125, 100, 100])
        {
            batch.OnGivenUp(batch.Rows);
            Assert.Equal(rows, batch.Rows);
        }

        BatchSize idle = new(Options, _log);
        idle.OnGivenUp(BatchSize.FloorRows);
        Assert.Equal(Options.BatchRows, idle.Rows);
    }

    [Fact]
    public void should_grow_again_after_some_full_batches_were_answered_quickly()
    {
        BatchSize batch = new(Options, _log);
        batch.OnGivenUp(1000);
        Answer(4, rows: 499, tookMs: 1);
        Assert.Equal(500, batch.Rows);
        Answer(3, rows: 500, tookMs: 2500);
        Answer(1, rows: 500, tookMs: 2501);
        Answer(3, rows: 500, tookMs: 1);
        Assert.Equal(500, batch.Rows);
        Answer(1, rows: 500, tookMs: 1);
        Assert.Equal(1000, batch.Rows);
        Assert.Contains("the batches have 1000 rows again", _log.ToString(), StringComparison.Ordinal);

        void Answer(int times, int rows, long tookMs)
        {
            for (int i = 0; i < times; i++) batch.OnAnswered(rows, tookMs);
        }
    }

    /// <summary>Answers small batches alone.</summary>
    private sealed class SlowLedger(ILedgerDatabase inner, int rowsInTime) : PassingLedger(inner)
    {
        public override ShipmentOutcome Ship(Shipment shipment) =>
            shipment.Records.Length > rowsInTime ? throw new NoAnswerException(10_000, new IOException("shut")) : base.Ship(shipment);
    }
}
