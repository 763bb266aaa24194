using MarketMaker.Contracts;

namespace MarketMaker.Journal;

/// <summary>How many bytes of map and disk the answers in flight can need once nothing more is sent.</summary>
public static class AnswerReserve
{
    private const int PageBytes = 4096;
    private const int PageHeaderBytes = 16;
    private const int RowOverheadBytes = 18; // LMDB: header of 8, key of 8, and 2 in the page's index
    private const int PagesCopiedByCommit = 10; // four levels of records, two of free pages, and one leaf of each other table and of their roots

    /// <summary>The bytes.</summary>
    /// <param name="responseSlots">Slots of the ring <c>responses</c>: each may hold an execution that is not booked yet.</param>
    /// <param name="openOrders">Orders the venue may still answer, each in a commit of its own.</param>
    /// <remarks>
    /// Every execution is a record on a fresh page; every commit copies the pages it changes, and while a reader pins the old ones
    /// none of them is used again. What waits in the ring is booked in few commits, what trickles in afterwards in many.
    /// </remarks>
    public static long BytesFor(int responseSlots, int openOrders)
    {
        int recordsPerPage = (PageBytes - PageHeaderBytes) / (JournalRecord.SizeBytes + RowOverheadBytes);
        long recordPages = ((long)responseSlots + openOrders) / recordsPerPage + 1;
        long branchPages = recordPages / 100 + 1;
        return (recordPages + branchPages + (long)openOrders * PagesCopiedByCommit) * PageBytes;
    }
}
