using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Venue.Feed;

/// <summary>What a late joiner needs to know: system events so far, and each stock's directory entry, trading state and halts.</summary>
/// <remarks>Written by the market thread for the rare messages that matter, read by the snapshot's thread; a lock guards both.</remarks>
public sealed class DirectoryState
{
    private const int Locates = ushort.MaxValue + 1;

    private readonly Lock _gate = new();
    private readonly List<byte[]> _systemEvents = [];
    private readonly byte[]?[] _directory = new byte[Locates][];
    private readonly byte[]?[] _tradingActions = new byte[Locates][];
    private readonly byte[]?[] _operationalHalts = new byte[Locates][];
    private ulong _nextSequence = 1;

    /// <summary>The number of the feed's next message, published by the market thread after <see cref="Note"/>.</summary>
    public ulong NextSequence
    {
        get => Volatile.Read(ref _nextSequence);
        set => Volatile.Write(ref _nextSequence, value);
    }

    /// <summary>Keeps a message if a late joiner needs it.</summary>
    public void Note(ReadOnlySpan<byte> message)
    {
        ushort locate = ItchHeader.LocateOf(message);
        byte[]?[]? table = (ItchMessageType)message[0] switch
        {
            ItchMessageType.SystemEvent => null,
            ItchMessageType.StockDirectory => _directory,
            ItchMessageType.TradingAction => _tradingActions,
            ItchMessageType.OperationalHalt => _operationalHalts,
            _ => [],
        };
        if (table is { Length: 0 }) return;
        lock (_gate)
        {
            if (table is null) _systemEvents.Add(message.ToArray());
            else table[locate] = message.ToArray();
        }
    }

    /// <summary>Whether <see cref="Note"/> would keep a message of this type.</summary>
    public static bool IsKept(byte type) => type is (byte)'S' or (byte)'R' or (byte)'H' or (byte)'h';

    /// <summary>The messages of a snapshot, and last the number of the feed's message to go on from.</summary>
    /// <remarks>The number is read first: whatever comes in between is in the snapshot and on the feed, which does no harm.</remarks>
    public List<byte[]> Snapshot()
    {
        byte[] end = new byte[SnapshotEnd.Length];
        SnapshotEnd.Write(NextSequence, end);
        List<byte[]> messages = [];
        lock (_gate)
        {
            messages.AddRange(_systemEvents);
            foreach (byte[]?[] table in (ReadOnlySpan<byte[]?[]>)[_directory, _tradingActions, _operationalHalts])
                messages.AddRange(table.OfType<byte[]>());
        }

        messages.Add(end);
        return messages;
    }
}
