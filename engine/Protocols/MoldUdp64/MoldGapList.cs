using MarketMaker.Platform;

namespace MarketMaker.Protocols.MoldUdp64;

/// <summary>The open gaps in ascending order, a bounded number. The first is also the oldest: gaps open at the far end only.</summary>
internal sealed class MoldGapList(int capacity)
{
    private readonly MoldGap[] _gaps = new MoldGap[capacity];

    public int Count { get; private set; }

    public ref MoldGap this[int index] => ref _gaps[index];

    /// <summary>Opens a gap beyond all others.</summary>
    /// <returns>Messages of the oldest gap, given up to make room; mostly 0.</returns>
    public ulong Open(ulong first, ulong end, long nowNs, long firstRequestDelayNs)
    {
        Invariant.Debug(first < end && (Count == 0 || _gaps[Count - 1].End <= first), "gaps open at the far end only");
        ulong given = Count == _gaps.Length ? GiveUpOldest() : 0;
        _gaps[Count++] = new MoldGap { First = first, End = end, OpenedNs = nowNs, DueNs = nowNs + firstRequestDelayNs };
        return given;
    }

    /// <summary>Forgets the oldest gap.</summary>
    /// <returns>How many messages it was short of.</returns>
    public ulong GiveUpOldest()
    {
        ulong messages = _gaps[0].End - _gaps[0].First;
        RemoveAt(0);
        return messages;
    }

    /// <summary>Takes a number out of the gap it is missing from.</summary>
    /// <returns>False when it is missing from none, or when it would split a gap and there is no room: it stays missing then.</returns>
    public bool TryFill(ulong sequence, out bool isGapClosed)
    {
        isGapClosed = false;
        int index = Find(sequence);
        if (index < 0) return false;
        ref MoldGap gap = ref _gaps[index];
        if (sequence == gap.First)
        {
            gap.First++;
        }
        else if (sequence == gap.End - 1)
        {
            gap.End--;
        }
        else
        {
            if (Count == _gaps.Length) return false;
            Split(index, sequence);
        }

        gap.Attempts = 0;
        if (gap.First != gap.End) return true;
        isGapClosed = true;
        RemoveAt(index);
        return true;
    }

    /// <summary>An answer to the request that began at this number has come: what is left of that gap may be asked for at once.</summary>
    public void OnAnswer(ulong requestedFirst, long nowNs)
    {
        for (int i = 0; i < Count; i++)
        {
            ref MoldGap gap = ref _gaps[i];
            if (!gap.IsAwaited || gap.RequestedFirst != requestedFirst) continue;
            gap.IsAwaited = false;
            gap.DueNs = nowNs;
            return;
        }
    }

    private int Find(ulong sequence)
    {
        int low = 0;
        int high = Count - 1;
        while (low <= high)
        {
            int middle = (low + high) >>> 1;
            if (sequence < _gaps[middle].First) high = middle - 1;
            else if (sequence >= _gaps[middle].End) low = middle + 1;
            else return middle;
        }

        return -1;
    }

    private void Split(int index, ulong sequence)
    {
        Array.Copy(_gaps, index, _gaps, index + 1, Count - index);
        Count++;
        _gaps[index].End = sequence;
        // The request in flight began in the first part; the second waits for its turn.
        _gaps[index + 1].First = sequence + 1;
        _gaps[index + 1].IsAwaited = false;
    }

    private void RemoveAt(int index)
    {
        Count--;
        Array.Copy(_gaps, index + 1, _gaps, index, Count - index);
    }
}
