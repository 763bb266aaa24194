using System.Buffers.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using Microsoft.Win32.SafeHandles;

namespace MarketMaker.Host;

/// <summary>Shows what the process allocates after warm-up, its collections and its anonymous memory. Allocates nothing itself.</summary>
internal sealed class MemoryWatch(CounterFile counters) : IDisposable
{
    private const long Unmeasured = -1;

    private readonly SafeFileHandle _status = File.OpenHandle("/proc/self/status");
    private readonly byte[] _text = new byte[4096];
    private long _allocatedAtWarm;
    private int _collectionsAtWarm;

    /// <summary>Shows that nothing has been counted yet: a run shorter than its warm-up has no figure.</summary>
    public void ShowUnmeasured()
    {
        counters.Set(Counter.HostAllocatedBytes, Unmeasured);
        counters.Set(Counter.HostCollections, Unmeasured);
    }

    /// <summary>Ends warm-up: from here on everything counts. Stops all threads for some microseconds, once.</summary>
    public void EndWarmUp()
    {
        _collectionsAtWarm = GC.CollectionCount(0);
        _allocatedAtWarm = GC.GetTotalAllocatedBytes(precise: true);
        CountAllocations();
    }

    /// <summary>Counts bytes and collections since warm-up, exactly. Stops all threads for some microseconds.</summary>
    public void CountAllocations()
    {
        counters.Set(Counter.HostAllocatedBytes, GC.GetTotalAllocatedBytes(precise: true) - _allocatedAtWarm);
        counters.Set(Counter.HostCollections, GC.CollectionCount(0) - _collectionsAtWarm);
    }

    /// <summary>Shows the anonymous resident memory.</summary>
    public void ShowResident() => counters.Set(Counter.HostRssAnonBytes, ReadRssAnonBytes());

    public void Dispose() => _status.Dispose();

    private long ReadRssAnonBytes()
    {
        const long BytesPerKb = 1024;
        ReadOnlySpan<byte> text = _text.AsSpan(0, RandomAccess.Read(_status, _text, 0));
        int at = text.IndexOf("RssAnon:"u8);
        if (at < 0) return 0;
        ReadOnlySpan<byte> number = text[(at + "RssAnon:"u8.Length)..].TrimStart(" \t"u8);
        return Utf8Parser.TryParse(number, out long kilobytes, out _) ? kilobytes * BytesPerKb : 0;
    }
}
