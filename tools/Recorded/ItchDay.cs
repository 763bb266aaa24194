using MarketMaker.Contracts;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Recorded;

/// <summary>A recorded ITCH 5.0 file as changes of books. A replacement becomes a withdrawal and a new order of the same moment.</summary>
public sealed class ItchDay(string path) : IRecordedDay
{
    private readonly ItchFile _file = new(path);
    private readonly int[] _tickerOfLocate = new int[ushort.MaxValue + 1];
    private readonly List<string> _names = [];
    private readonly Dictionary<ulong, Side> _sides = [];
    private RecordedChange? _next;

    /// <inheritdoc/>
    public IReadOnlyList<string> Names => _names;

    /// <inheritdoc/>
    public long Messages => _file.Messages;

    /// <inheritdoc/>
    public long Undecoded => _file.Malformed;

    /// <inheritdoc/>
    public int TornBytes => _file.TornBytes;

    /// <inheritdoc/>
    public bool TryNext(out RecordedChange change)
    {
        if (_next is { } kept)
        {
            (change, _next) = (kept, null);
            return true;
        }

        bool any = _file.TryNext(out ReadOnlySpan<byte> message);
        change = any ? Read(message) : default;
        return any;
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private RecordedChange Read(ReadOnlySpan<byte> message)
    {
        ItchHeader header = ItchHeader.Read(message);
        // Locates count from 1; 0 in the table stands for one that was not named yet.
        int ticker = _tickerOfLocate[header.StockLocate] - 1;
        RecordedChange change = new(header.TimestampNs, RecordedKind.Other, ticker);
        switch ((ItchMessageType)message[0])
        {
            case ItchMessageType.StockDirectory:
                return change with { Ticker = Name(header.StockLocate, StockDirectory.Read(message).Stock) };
            case ItchMessageType.AddOrder:
                AddOrder add = AddOrder.Read(message);
                return Add(change with { Ticker = Name(header.StockLocate, add.Stock) }, add.OrderReference, add.Side, add.Price, add.Shares);
            case ItchMessageType.AddOrderAttributed:
                AddOrderAttributed named = AddOrderAttributed.Read(message);
                return Add(change with { Ticker = Name(header.StockLocate, named.Stock) }, named.OrderReference, named.Side, named.Price, named.Shares);
            case ItchMessageType.OrderExecuted:
                OrderExecuted executed = OrderExecuted.Read(message);
                return change with { Kind = RecordedKind.Executed, Reference = executed.OrderReference, Shares = (int)executed.ExecutedShares };
            case ItchMessageType.OrderExecutedWithPrice:
                OrderExecutedWithPrice priced = OrderExecutedWithPrice.Read(message);
                return change with { Kind = RecordedKind.Executed, Reference = priced.OrderReference, Shares = (int)priced.ExecutedShares };
            case ItchMessageType.OrderCancel:
                OrderCancel cancel = OrderCancel.Read(message);
                return change with { Kind = RecordedKind.Cancelled, Reference = cancel.OrderReference, Shares = (int)cancel.CanceledShares };
            case ItchMessageType.OrderDelete:
                ulong deleted = OrderDelete.Read(message).OrderReference;
                _sides.Remove(deleted);
                return change with { Kind = RecordedKind.Deleted, Reference = deleted };
            case ItchMessageType.OrderReplace:
                return Replace(change, OrderReplace.Read(message));
            case ItchMessageType.TradingAction:
                return change with { Kind = TradingAction.Read(message).State == (byte)'T' ? RecordedKind.Resumed : RecordedKind.Halted };
            case ItchMessageType.OperationalHalt:
                return change with { Kind = OperationalHalt.Read(message).Action == 'H' ? RecordedKind.Halted : RecordedKind.Resumed };
            default:
                return change;
        }
    }

    private RecordedChange Add(in RecordedChange change, ulong reference, Side side, uint price, uint shares)
    {
        _sides[reference] = side;
        return change with { Kind = RecordedKind.Added, Reference = reference, Side = side, Price = (int)price, Shares = (int)shares };
    }

    /// <summary>The new order's side is that of the old one, which only this remembers.</summary>
    private RecordedChange Replace(in RecordedChange change, in OrderReplace replace)
    {
        if (_sides.Remove(replace.OriginalReference, out Side side)) _next = Add(change, replace.NewReference, side, replace.Price, replace.Shares);
        return change with { Kind = RecordedKind.Deleted, Reference = replace.OriginalReference };
    }

    private int Name(ushort locate, Symbol stock)
    {
        if (_tickerOfLocate[locate] == 0)
        {
            _names.Add(stock.ToString());
            _tickerOfLocate[locate] = _names.Count;
        }

        return _tickerOfLocate[locate] - 1;
    }
}
