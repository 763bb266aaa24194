using MarketMaker.Contracts;

namespace MarketMaker.Execution;

/// <summary>
/// A walk over all open orders that writes a response for some of them. The ring may fill meanwhile: then it goes on where it
/// stopped, and nothing is read from the venue before it is done.
/// </summary>
internal sealed class OrderSweep(OpenOrders orders, OrderAnswers answers, ResponseWriter responses)
{
    private int _at;
    private VenueMessage _message;

    public bool IsRunning { get; private set; }

    /// <summary>Whether this is, or was, the walk after the fence.</summary>
    public bool IsConcluded { get; private set; }

    /// <summary>Orders that never arrived, of the last walk after a fence.</summary>
    public int NeverArrived { get; private set; }

    /// <summary>All that is booked has been seen: Decision hears of every rebuilt order that is still open.</summary>
    public void BeginRestoring() => (IsRunning, IsConcluded, _at) = (true, false, 0);

    /// <summary>The fence stands: every order without an Accepted never reached the venue.</summary>
    /// <param name="massCancelResponse">The message that proves it.</param>
    /// <remarks>
    /// An order with an Accepted is the venue's: it stays reserved until its own end arrives, which the venue owes and replays.
    /// </remarks>
    public void BeginConcluding(in VenueMessage massCancelResponse)
    {
        (IsRunning, IsConcluded, _at, NeverArrived) = (true, true, 0, 0);
        _message = massCancelResponse;
    }

    /// <summary>Goes on as far as the ring has room.</summary>
    /// <returns>Responses written.</returns>
    public int Continue()
    {
        int written = 0;
        for (; _at < orders.Capacity; _at++)
        {
            ref OpenOrder order = ref orders.At(_at);
            bool isConcerned = order.IsOpen && (IsConcluded ? !order.IsAccepted : order.AwaitsRestore);
            if (!isConcerned) continue;
            if (!responses.TryReserve()) return written;
            if (IsConcluded) Conclude(ref order);
            else Restore(ref order);
            written++;
        }

        if (IsConcluded)
        {
            if (!responses.TryReserve()) return written;
            // Last, so that a restart after it has seen all of the above.
            answers.Fenced(_message);
            written++;
        }

        IsRunning = false;
        return written;
    }

    private void Conclude(ref OpenOrder order)
    {
        answers.NeverArrived(ref order);
        NeverArrived++;
    }

    private void Restore(ref OpenOrder order)
    {
        order.AwaitsRestore = false;
        responses.Conclude(ResponseKind.Restored, order, order.LeavesShares);
    }
}
