namespace MarketMaker.Tests.Crash.Cuts;

/// <summary>How many states are built where not all can be.</summary>
/// <param name="SubsetsMax">Seeded subsets of more than ten unsynced writes, for each sync.</param>
/// <param name="TearsMax">Seeded cuts inside one write, for each size of sector; all of them when there are no more.</param>
/// <param name="ScatterMax">States for each sync in which single sectors of all unsynced writes are missing.</param>
internal sealed record CutEffort(int SubsetsMax, int TearsMax, int ScatterMax)
{
    internal static CutEffort Short { get; } = new(64, 8, 8);

    internal static CutEffort Long { get; } = new(1024, int.MaxValue, 64);
}

/// <summary>
/// Every state in which a power cut may leave the file: all writes up to a point; each subset of the writes not synced yet; writes torn
/// at sectors of 512 and 4,096 bytes. What was synced is always there, what was not may be missing in any combination.
/// </summary>
internal sealed class CutStates(byte[] start, IReadOnlyList<ShimEvent> events, int seed, CutEffort effort)
{
    private const int AllSubsetsOf = 10;
    private static readonly int[] SectorBytes = [512, 4096];

    private readonly Random _random = new(seed);
    private readonly FileImage _synced = new(CapacityOf(start, events)), _state = new(CapacityOf(start, events));
    private readonly List<ShimEvent> _pending = [];

    /// <summary>Commits that were acknowledged before the state at hand.</summary>
    internal int Promised { get; private set; }

    /// <summary>Builds one state after the other in the same memory.</summary>
    internal IEnumerable<(string Name, FileImage Image)> All()
    {
        _synced.Apply(0, start);
        yield return ("before the first write", _synced);
        for (int at = 0; at < events.Count; at++)
        {
            ShimEvent now = events[at];
            if (now.IsWrite)
            {
                foreach (string tear in Tears(now)) yield return ($"event {at}: {now.Kind} {tear}", _state);
                _pending.Add(now);
                Build(index => true);
                yield return ($"event {at}: {now.Kind} of {now.Bytes.Length} bytes at {now.Offset}, everything before it", _state);
            }

            if (now.Kind is ShimEventKind.Sync or ShimEventKind.WriteDsync || at == events.Count - 1)
            {
                foreach (string subset in Subsets()) yield return ($"event {at}: {now.Kind}, {subset}", _state);
            }

            if (now.Kind == ShimEventKind.Sync) SyncAll();
            if (now.Kind == ShimEventKind.WriteDsync) SyncLast();
            if (now.Kind == ShimEventKind.Mark) Promised++;
        }
    }

    private IEnumerable<string> Tears(ShimEvent write)
    {
        foreach (int sector in SectorBytes)
        {
            List<int> cuts = [];
            for (long cut = (write.Offset / sector + 1) * sector; cut < write.Offset + write.Bytes.Length; cut += sector) cuts.Add((int)(cut - write.Offset));
            if (cuts.Count > effort.TearsMax) cuts = [.. _random.GetItems(cuts.ToArray(), effort.TearsMax)];
            foreach (int cut in cuts)
            {
                Build(index => true);
                _state.Apply(write.Offset, write.Bytes.AsSpan(0, cut));
                yield return $"torn at {sector}: its first {cut} bytes";
                Build(index => true);
                _state.Apply(write.Offset + cut, write.Bytes.AsSpan(cut));
                yield return $"torn at {sector}: all but its first {cut} bytes";
            }
        }
    }

    private IEnumerable<string> Subsets()
    {
        int count = _pending.Count;
        if (count <= AllSubsetsOf)
        {
            for (int subset = 0; subset < (1 << count) - 1; subset++)
            {
                Build(index => (subset >> index & 1) != 0);
                yield return $"subset {subset:x} of {count} unsynced writes";
            }
        }
        else
        {
            for (int i = 0; i < effort.SubsetsMax; i++)
            {
                // Few missing, half missing, few there: each finds other bugs.
                int missing = _random.Next(1, 10);
                Build(index => _random.Next(10) >= missing);
                yield return $"seeded subset {i} of {count} unsynced writes";
            }
        }

        for (int i = 0; count > 0 && i < effort.ScatterMax; i++)
        {
            int sector = SectorBytes[i % SectorBytes.Length];
            _state.CopyFrom(_synced);
            foreach (ShimEvent write in _pending) _state.ApplySectors(write.Offset, write.Bytes, sector, () => _random.Next(4) > 0);
            yield return $"seeded sectors of {sector}, number {i}, of {count} unsynced writes";
        }
    }

    private void Build(Func<int, bool> has)
    {
        _state.CopyFrom(_synced);
        for (int i = 0; i < _pending.Count; i++)
        {
            if (has(i)) _state.Apply(_pending[i].Offset, _pending[i].Bytes);
        }
    }

    private void SyncAll()
    {
        foreach (ShimEvent write in _pending) _synced.Apply(write.Offset, write.Bytes);
        _pending.Clear();
    }

    // O_DSYNC makes its own bytes durable and no others.
    private void SyncLast()
    {
        _synced.Apply(_pending[^1].Offset, _pending[^1].Bytes);
        _pending.RemoveAt(_pending.Count - 1);
    }

    private static int CapacityOf(byte[] start, IReadOnlyList<ShimEvent> events) =>
        (int)events.Where(now => now.IsWrite).Select(now => now.Offset + now.Bytes.Length).Append(start.Length).Max();
}
