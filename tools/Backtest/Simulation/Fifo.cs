namespace MarketMaker.Backtest.Simulation;

/// <summary>What is under way on one line: leaves in the order it came, at its own time. Grows when it must.</summary>
internal sealed class Fifo<T>(int capacity) where T : struct
{
    private (long AtNs, T Item)[] _items = new (long, T)[capacity];
    private int _head;
    private long _lastNs = long.MinValue;

    /// <summary>How many are under way.</summary>
    public int Count { get; private set; }

    /// <summary>When the next one arrives; never, when none is under way.</summary>
    public long NextNs { get; private set; } = long.MaxValue;

    /// <summary>Sends one. It arrives when it should, but never before what was sent earlier.</summary>
    public void Add(long atNs, in T item)
    {
        if (Count == _items.Length) Grow();
        _lastNs = Math.Max(_lastNs, atNs);
        int tail = _head + Count++;
        if (tail >= _items.Length) tail -= _items.Length;
        _items[tail] = (_lastNs, item);
        if (Count == 1) NextNs = _lastNs;
    }

    /// <summary>Takes the one that arrives next. There must be one.</summary>
    public T Take()
    {
        T item = _items[_head].Item;
        if (++_head == _items.Length) _head = 0;
        NextNs = --Count == 0 ? long.MaxValue : _items[_head].AtNs;
        return item;
    }

    private void Grow()
    {
        (long, T)[] larger = new (long, T)[_items.Length * 2];
        for (int i = 0; i < Count; i++) larger[i] = _items[(_head + i) % _items.Length];
        (_items, _head) = (larger, 0);
    }
}
