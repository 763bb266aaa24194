using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Specs.Decision;

/// <summary>Plays events into Decision and holds every order against every limit, reckoned again from lists of what happened.</summary>
internal sealed class LimitWatch(DecisionOptions options, DecisionCore core)
{
    private readonly List<ExecuteEvent> _open = [];
    private readonly List<(ushort Ticker, long Ns)> _sends = [];
    private readonly List<(ushort Ticker, long Ns)> _wins = [];
    private readonly int[] _fair = [Events.Fair, Events.Fair, Events.Fair, Events.Fair];
    private long _nowNs;
    private long _equityAtTick = core.Book.Equity;

    public void Play(int what, ushort ticker, int price, int quantity, long waitNs)
    {
        _nowNs += waitNs;
        switch (what)
        {
            case 0:
                // No more than a person would call a fast market: the limits on capital are of what is known when the order goes.
                _fair[ticker] = Events.Fair + (price - Events.Fair) / 20;
                core.OnPrice(Events.Price(ticker, _fair[ticker], _nowNs));
                break;
            case 1:
                core.OnPrice(Events.Tick(_nowNs));
                _equityAtTick = core.Book.Equity;
                break;
            case 2 or 3 or 4 when _open.Count > 0:
                End(quantity % _open.Count, what == 2 ? ResponseKind.Canceled : ResponseKind.Executed);
                break;
            default:
                Offer(Events.Offer(what % 3 == 0 ? Side.Buy : Side.Sell, price, quantity, ticker, _fair[ticker], _nowNs));
                break;
        }
    }

    private void Offer(OfferEvent offer)
    {
        long used = core.Book.CapitalUsed;
        TickerState before = core.Book[offer.TickerIndex];
        if (core.Send(offer, out ExecuteEvent order) != RefusalReason.None) return;
        long notional = (long)order.QuantityShares * order.LimitPrice;
        _open.Add(order);
        _sends.Add((offer.TickerIndex, _nowNs));
        Assert.True(notional <= options.OrderNotionalMax, "order value");
        Assert.True(_open.Count <= options.OrdersInFlightMax, "in flight");
        Assert.True(_sends.Count(send => _nowNs - send.Ns < Events.SecondNs) <= options.SendsPerSecondMax, "sends in any second");
        Assert.True(_sends.Count(send => send.Ticker == offer.TickerIndex && _nowNs - send.Ns < Events.SecondNs) <= options.TickerSendsPerSecondMax, "sends of one ticker in any second");
        if (order.OrderSide == Side.Sell)
        {
            Assert.True(order.QuantityShares <= before.FreeShares, "sold more than held");
            return;
        }

        Assert.True(core.Book.CashFree >= 0, "cash");
        Assert.True(used + notional <= (decimal)_equityAtTick * options.CapitalUsedMaxPpm / 1_000_000, "capital used");
        long held = before.PositionShares * offer.FairPrice + before.ReservedCash;
        Assert.True(held + notional <= (decimal)_equityAtTick * options.TickerUsedMaxPpm / 1_000_000, "capital in one ticker");
    }

    private void End(int which, ResponseKind kind)
    {
        ExecuteEvent order = _open[which];
        _open.RemoveAt(which);
        core.OnResponse(Events.End(order, kind, _nowNs));
        if (kind != ResponseKind.Executed) return;
        _equityAtTick = core.Book.Equity;
        _wins.Add((order.TickerIndex, _nowNs));
        Assert.True(_wins.Count(win => win.Ticker == order.TickerIndex && _nowNs - win.Ns < 60 * Events.SecondNs) <= options.TickerWinsPerMinuteMax, "wins of one ticker in any minute");
    }
}
