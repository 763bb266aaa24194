namespace MarketMaker.Venue.Replay;

/// <summary>Finds what is known of an order by its reference: an open-addressing table of fixed size, without allocation.</summary>
/// <param name="capacityPowerOfTwo">Places; keep it at least half empty.</param>
public sealed class ReferenceIndex(int capacityPowerOfTwo)
{
    private readonly ulong[] _keys = new ulong[capacityPowerOfTwo];
    private readonly int[] _values = new int[capacityPowerOfTwo];
    private readonly int _mask = capacityPowerOfTwo - 1;

    /// <summary>References in the table.</summary>
    public int Count { get; private set; }

    /// <summary>Whether no more may be added.</summary>
    public bool IsFull => Count > _mask / 2;

    /// <summary>Finds a reference.</summary>
    public bool TryGet(ulong reference, out int value)
    {
        int place = Find(reference);
        value = _values[place];
        return _keys[place] == reference + 1;
    }

    /// <summary>Adds a reference or changes its value. The caller sees to it that the table is not full.</summary>
    public void Set(ulong reference, int value)
    {
        int place = Find(reference);
        if (_keys[place] == 0) Count++;
        // 0 marks an empty place, so keys are stored one higher.
        _keys[place] = reference + 1;
        _values[place] = value;
    }

    /// <summary>Forgets a reference, and moves later ones up so that no gap breaks their probe path.</summary>
    public void Remove(ulong reference)
    {
        int hole = Find(reference);
        if (_keys[hole] == 0) return;
        Count--;
        for (int place = (hole + 1) & _mask; _keys[place] != 0; place = (place + 1) & _mask)
        {
            int home = Home(_keys[place] - 1);
            bool reachesHole = ((place - home) & _mask) >= ((place - hole) & _mask);
            if (!reachesHole) continue;
            (_keys[hole], _values[hole]) = (_keys[place], _values[place]);
            hole = place;
        }

        _keys[hole] = 0;
    }

    private int Find(ulong reference)
    {
        int place = Home(reference);
        while (_keys[place] != 0 && _keys[place] != reference + 1) place = (place + 1) & _mask;
        return place;
    }

    private int Home(ulong reference) => (int)(reference * 0x9E3779B97F4A7C15 >> 32) & _mask;
}
