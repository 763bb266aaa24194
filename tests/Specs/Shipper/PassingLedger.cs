using MarketMaker.Journal;
using MarketMaker.Shipper.Database;

namespace MarketMaker.Tests.Specs.Shipper;

/// <summary>A ledger in front of another: what a test wants otherwise it overrides. The inner one belongs to the caller.</summary>
internal abstract class PassingLedger(ILedgerDatabase inner) : ILedgerDatabase
{
    public string Description => inner.Description;

    public void Connect() => inner.Connect();

    public bool TryTakeJournal(Guid journal) => inner.TryTakeJournal(journal);

    public JournalElsewhere LookAt(Guid journal) => inner.LookAt(journal);

    public virtual LedgerPosition Enter(JournalMeta journal, long quarantineSeenThrough) => inner.Enter(journal, quarantineSeenThrough);

    public string? ChecksumOf(Guid journal, long id) => inner.ChecksumOf(journal, id);

    public long LeaseBlock(string node, Guid journal) => inner.LeaseBlock(node, journal);

    public virtual ShipmentOutcome Ship(Shipment shipment) => inner.Ship(shipment);

    public virtual void Dispose() { }

    protected ILedgerDatabase Inner => inner;
}
