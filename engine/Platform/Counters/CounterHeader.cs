using System.Runtime.CompilerServices;
using System.Runtime.InteropServices;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Platform.Counters;

/// <summary>What a counter file says of itself: its layout, and who writes it. The first bytes of the file; the magic is written last.</summary>
[StructLayout(LayoutKind.Explicit, Size = Bytes)]
public struct CounterHeader
{
    /// <summary>Bytes of it.</summary>
    public const int Bytes = 192;

    internal const long RightMagic = 0x5354_4E55_4F43_4D4D; // "MMCOUNTS"
    internal const int RightVersion = 4;

    [FieldOffset(0)] internal long Magic;
    [FieldOffset(8)] internal int Version;
    [FieldOffset(12)] internal int CounterSlots;
    [FieldOffset(16)] internal ulong ListHash;
    [FieldOffset(24)] internal int HistogramCount;
    [FieldOffset(28)] internal int HistogramSlots;
    [FieldOffset(32)] internal int TickersMax;
    [FieldOffset(36)] internal int TickerCount;

    /// <summary>The engine that writes.</summary>
    [FieldOffset(40)] public ProcessIdentity Writer;

    /// <summary>When it made the file, ns since 1970.</summary>
    [FieldOffset(72)] public long StartedWallNs;

    /// <summary>When it made the file, monotonic ns.</summary>
    [FieldOffset(80)] public long StartedNs;

    /// <summary>Tells its configuration from others, defaults included.</summary>
    [FieldOffset(88)] public ulong ConfigurationHash;

    [FieldOffset(96)] private NodeName _node;

    /// <summary>The node's name.</summary>
    public string Node
    {
        readonly get
        {
            ReadOnlySpan<byte> name = _node;
            int end = name.IndexOf((byte)0);
            return Encoding.UTF8.GetString(end < 0 ? name : name[..end]);
        }

        internal set
        {
            Span<byte> name = _node;
            name.Clear();
            Encoding.UTF8.TryGetBytes(value, name, out _);
        }
    }

    /// <summary>One of this version for a writer.</summary>
    internal static CounterHeader Of(in CounterWriter writer) => new()
    {
        Version = RightVersion,
        CounterSlots = (int)Counter.SlotCount,
        ListHash = CounterList.Hash,
        HistogramCount = (int)HopHistogram.Count,
        HistogramSlots = Histogram.SlotCount,
        TickersMax = Universe.TickersMax,
        Writer = ProcessIdentity.Current,
        StartedWallNs = writer.WallNs,
        StartedNs = writer.MonotonicNs,
        ConfigurationHash = writer.ConfigurationHash,
        Node = writer.Node,
    };

    /// <summary>Why what this header describes cannot be read by this program; null: it can.</summary>
    public readonly string? WhyUnreadable()
    {
        if (Magic != RightMagic) return "it is not a counter file";
        if (Version != RightVersion) return $"it is of version {Version}, and this program reads version {RightVersion}: use the console of the engine's own version";
        bool fits = ListHash == CounterList.Hash && CounterSlots == (int)Counter.SlotCount && HistogramCount == (int)HopHistogram.Count
            && HistogramSlots == Histogram.SlotCount && TickersMax == Universe.TickersMax;
        return fits ? null : $"its list of counters ({ListHash:x16}) is not this program's ({CounterList.Hash:x16}): use the console of the engine's own version";
    }

    [InlineArray(64)]
    private struct NodeName
    {
        private byte _first;
    }
}

/// <summary>Who makes a counter file, for its header.</summary>
/// <param name="Node">The node's name, at most 64 bytes.</param>
/// <param name="ConfigurationHash">Tells its configuration from others.</param>
/// <param name="MonotonicNs">Now.</param>
/// <param name="WallNs">Now, ns since 1970.</param>
public readonly record struct CounterWriter(string Node, ulong ConfigurationHash, long MonotonicNs, long WallNs);
