using MarketMaker.Contracts;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Execution;

/// <summary>
/// The open orders by UserRefNum: a bounded table indexed by the number's low bits, with the accepted ones in a list through it,
/// so that the oldest of them is known at once. Allocates only when it is made.
/// </summary>
internal sealed class OpenOrders
{
    // How many numbers a new order may skip when the slots of the next ones are still taken.
    private const int SkipMax = 64;
    private const int None = -1;

    private readonly OpenOrder[] _slots;
    private readonly uint _mask;
    private int _oldestAccepted = None;
    private int _newestAccepted = None;

    public OpenOrders(int ordersMax)
    {
        _slots = new OpenOrder[ordersMax];
        _mask = (uint)ordersMax - 1;
    }

    public int Count { get; private set; }

    public int Capacity => _slots.Length;

    /// <summary>Sequence number of the Accepted of the oldest unfinished order; 0 when none is accepted and unfinished.</summary>
    public long OldestAcceptedSequence => _oldestAccepted == None ? 0 : _slots[_oldestAccepted].AcceptedSequence;

    /// <summary>The slot at an index, for walks over the whole table.</summary>
    public ref OpenOrder At(int index) => ref _slots[index];

    /// <summary>Asks for the slot that the order of this number will take.</summary>
    public void Expect(uint userRefNum)
    {
        ref OpenOrder order = ref _slots[userRefNum & _mask];
        Prefetch.Item(in order.Execute);
        Prefetch.Item(in order.AcceptedSequence);
        Prefetch.Item(in order.IsOpen);
    }

    /// <summary>Finds a free number from <paramref name="userRefNum"/> on. One order that takes long must not stop all others.</summary>
    /// <returns>False when the table is full.</returns>
    public bool TryFindFree(ref uint userRefNum)
    {
        if (Count == _slots.Length) return false;
        for (uint i = 0; i < SkipMax; i++)
        {
            if (_slots[(userRefNum + i) & _mask].IsOpen) continue;
            userRefNum += i;
            return true;
        }

        return false;
    }

    /// <summary>Adds an order; its slot must be free.</summary>
    public ref OpenOrder Add(uint userRefNum, in ExecuteEvent execute)
    {
        ref OpenOrder order = ref _slots[userRefNum & _mask];
        order = new OpenOrder
        {
            Execute = execute,
            UserRefNum = userRefNum,
            LeavesShares = execute.QuantityShares,
            PreviousAccepted = None,
            NextAccepted = None,
            IsOpen = true,
        };
        Count++;
        return ref order;
    }

    /// <summary>Whether another order sits where this number belongs.</summary>
    public bool IsTakenByAnother(uint userRefNum) =>
        _slots[userRefNum & _mask] is { IsOpen: true } order && order.UserRefNum != userRefNum;

    /// <summary>Finds an open order. The reference is meaningless when the result is false.</summary>
    public ref OpenOrder Find(uint userRefNum, out bool found)
    {
        ref OpenOrder order = ref _slots[userRefNum & _mask];
        found = order.IsOpen && order.UserRefNum == userRefNum;
        return ref order;
    }

    /// <summary>Puts an order at the end of the list of accepted ones: sequence numbers only go up.</summary>
    public void Accept(ref OpenOrder order, long sequence)
    {
        int index = (int)(order.UserRefNum & _mask);
        order.AcceptedSequence = sequence;
        order.PreviousAccepted = _newestAccepted;
        if (_newestAccepted == None) _oldestAccepted = index;
        else _slots[_newestAccepted].NextAccepted = index;
        _newestAccepted = index;
    }

    /// <summary>Ends an order: its slot is free again; its fields stay readable until the slot is used.</summary>
    public void Remove(ref OpenOrder order)
    {
        order.IsOpen = false;
        Count--;
        if (!order.IsAccepted) return;
        if (order.PreviousAccepted == None) _oldestAccepted = order.NextAccepted;
        else _slots[order.PreviousAccepted].NextAccepted = order.NextAccepted;
        if (order.NextAccepted == None) _newestAccepted = order.PreviousAccepted;
        else _slots[order.NextAccepted].PreviousAccepted = order.PreviousAccepted;
    }
}
