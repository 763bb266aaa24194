using CsCheck;
using MarketMaker.Contracts;
using MarketMaker.Decision;

namespace MarketMaker.Tests.Reference.Decision;

/// <summary>What locked capital costs a buy and takes off the floor of a sale, beside the formulas in floating point, over whole courses of trading.</summary>
public sealed class PacingComparison
{
    private const int Fair = 100_0000;
    private const int Tickers = 3;
    private const double WinShareOne = 65_536;
    private const long SecondNs = 1_000_000_000;

    private static readonly DecisionOptions Adaptive = new()
    {
        BuyEdgePpm = 2_500,
        SellEdgePpm = 2_500,
        SellReliefMaxPpm = 2_000,
        CapitalUsedMaxPpm = 1_000_000,
        TickerUsedMaxPpm = 1_000_000,
        Collar = null,
        OfferFlow = null,
        Markout = null,
        DayMove = null,
    };

    [Fact]
    public void should_ask_of_buys_and_sales_what_the_formulas_do()
    {
        (int raised, int eased) = (0, 0);
        // Three sellers to a buyer: capital runs short in most courses.
        Gen.Select(Gen.Int[0, Tickers - 1], Gen.Int[0, 3], Gen.OneOf(Gen.Int[300, 3_000], Gen.Int[0, 30_000]), Gen.Int[1, 300], Gen.Int[0, 20]).Array[100, 300].Sample(
            offers =>
            {
                long cash = 60_000L * Money.UnitsPerDollar;
                DecisionCore core = new(Adaptive, new TradeBook(Tickers, cash));
                for (ushort i = 0; i < Tickers; i++) core.OnPrice(new PriceEvent { Kind = PriceEventKind.Price, TickerIndex = i, Price = Fair });
                SlowPacing slow = new(Adaptive, Tickers, cash, Fair);
                long nowNs = SecondNs;
                foreach ((int ticker, int kind, int edgePpm, int shares, int seconds) in offers)
                {
                    nowNs += seconds * SecondNs;
                    bool isSeller = kind > 0;
                    int price = isSeller ? Fair - edgePpm : Fair + edgePpm;
                    bool isLookedAt = edgePpm >= (isSeller ? Adaptive.BuyEdgePpm : Adaptive.SellEdgePpm - Adaptive.SellReliefMaxPpm);
                    (double asked, double off) = isLookedAt ? slow.Asked(ticker, isSeller, shares, price, nowNs) : (double.MaxValue, 0);
                    if (isSeller && off > 10) raised++;
                    if (!isSeller && off > 10) eased++;
                    if (!isSeller && edgePpm >= Adaptive.SellEdgePpm)
                        slow.OnBuyer(ticker, (double)shares * price * core.Wins.WinShare(Side.Sell, edgePpm) / WinShareOne, nowNs);
                    OfferEvent offer = new()
                    {
                        Kind = OfferEventKind.Offer,
                        OfferSide = isSeller ? Side.Sell : Side.Buy,
                        TickerIndex = (ushort)ticker,
                        Price = price,
                        QuantityShares = shares,
                        FairPrice = Fair,
                        ReceivedNs = nowNs,
                    };
                    RefusalReason verdict = core.Judge(offer, TradingStops.None, out int quantity, out bool isShort);
                    bool isTooPoor = verdict is RefusalReason.Edge or RefusalReason.CapitalPrice;
                    // A rent is cut to whole ppm before the relief takes four times of it, and a cover is counted in ms.
                    if (Math.Abs(edgePpm - asked) > 5 + off / 100) Assert.True(edgePpm < asked == isTooPoor, $"{verdict}: {edgePpm} ppm offered, {asked:F1} asked, {off:F1} off the floor");
                    if (verdict != RefusalReason.None) continue;
                    core.Take(offer, quantity, isShort, out ExecuteEvent order);
                    core.OnResponse(new ResponseEvent
                    {
                        Kind = ResponseKind.Executed,
                        TickerIndex = order.TickerIndex,
                        OrderSide = order.OrderSide,
                        QuantityShares = quantity,
                        LimitPrice = price,
                        ExecutionPrice = price,
                        FairPrice = Fair,
                        AnsweredNs = nowNs,
                    });
                    slow.Trade(ticker, isSeller ? quantity : -quantity, price);
                }
            },
            iter: 200,
            seed: "0000000000013");
        Assert.True(raised > 1_000 && eased > 300, $"{raised} buys had to pay more, {eased} sales less: the comparison is empty");
    }
}
