using MarketMaker.Contracts;

namespace MarketMaker.Ledger.Printing;

/// <summary>Writes records in one of the formats of <c>print</c>.</summary>
internal interface IRecordPrinter
{
    /// <summary>Before the first record.</summary>
    void Begin();

    /// <summary>One record.</summary>
    void Write(in JournalRecord record);
}
