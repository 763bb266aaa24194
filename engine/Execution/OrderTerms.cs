using MarketMaker.Contracts;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Execution;

/// <summary>An Accepted compared with the order that was sent, or turned back into the order of an earlier run.</summary>
internal static class OrderTerms
{
    /// <summary>Makes the order out of what the venue accepted. The ticker may be none of the universe.</summary>
    /// <returns>False when no order of ours can look like this.</returns>
    public static bool TryRebuild(in Accepted accepted, Universe universe, IntentTag intents, out ExecuteEvent execute)
    {
        execute = default;
        bool isOurs = accepted.Side is OuchSide.Buy or OuchSide.Sell or OuchSide.SellShort;
        if (!isOurs || accepted.Price > Money.PriceMax) return false;
        if (accepted.QuantityShares is 0 or > Money.QuantitySharesMax) return false;
        execute.TickerIndex = universe.IndexOf(accepted.Symbol);
        execute.IsShortSale = accepted.Side == OuchSide.SellShort;
        execute.OrderSide = accepted.Side == OuchSide.Buy ? Side.Buy : Side.Sell;
        execute.LimitPrice = (int)accepted.Price;
        execute.QuantityShares = (int)accepted.QuantityShares;
        execute.IntentNumber = intents.Read(accepted.ClOrdId);
        return true;
    }

    /// <summary>Whether the venue accepted what was sent; a better price is as good.</summary>
    public static bool IsAsSent(in Accepted accepted, in ExecuteEvent sent, Universe universe) =>
        accepted.Side == OuchSide.Of(sent) && accepted.QuantityShares == (uint)sent.QuantityShares &&
        accepted.Symbol == universe[sent.TickerIndex] &&
        (sent.OrderSide == Side.Buy ? accepted.Price <= (ulong)sent.LimitPrice : accepted.Price >= (ulong)sent.LimitPrice);

    /// <summary>Whether the payload is a message that concerns no order of ours, but belongs to the protocol.</summary>
    public static bool IsKnownAside(ReadOnlySpan<byte> payload) =>
        SystemEvent.TryRead(payload, out _, out _) || Replaced.TryRead(payload, out _, out _) ||
        CancelPending.TryRead(payload, out _, out _) || CancelReject.TryRead(payload, out _, out _) ||
        OrderPriorityUpdate.TryRead(payload, out _, out _) || OrderModified.TryRead(payload, out _, out _) ||
        OrderRestated.TryRead(payload, out _, out _) || DisableOrderEntryResponse.TryRead(payload, out _, out _) ||
        EnableOrderEntryResponse.TryRead(payload, out _, out _);
}
