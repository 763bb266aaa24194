using System.Diagnostics;
using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>What a replay found.</summary>
/// <param name="Ending">How the capture ended.</param>
/// <param name="Offers">Offers judged.</param>
/// <param name="Prices">Price events taken.</param>
/// <param name="Responses">Responses taken.</param>
/// <param name="Orders">Orders made.</param>
/// <param name="OrdersHash">Their hash.</param>
/// <param name="NotRecorded">Inputs of the live run that are not on file, as far as known when it ended.</param>
/// <param name="Difference">Null: the same verdict on every offer and the same orders; else where the first other one is.</param>
/// <param name="Elapsed">Reading, proving and deciding together.</param>
public sealed record CaptureReplayResult(
    CaptureEnding Ending, long Offers, long Prices, long Responses, long Orders, ulong OrdersHash, long NotRecorded, string? Difference, TimeSpan Elapsed)
{
    /// <summary>Whether everything on file was decided as in the live run.</summary>
    public bool IsEqual => Difference is null;
}

/// <summary>Runs Decision over a capture and holds every verdict and every order against the live run's.</summary>
public static class CaptureReplay
{
    private const long ProgressEveryOffers = 65_536;

    /// <summary>Replays a capture as far as it goes.</summary>
    /// <param name="path">The file.</param>
    /// <param name="progress">Gets the share that is done, 0 to 1.</param>
    /// <exception cref="CaptureException">It cannot be read, is damaged, or of another version.</exception>
    public static CaptureReplayResult Run(string path, IProgress<double>? progress = null)
    {
        long began = Stopwatch.GetTimestamp();
        using CaptureReader reader = new(path);
        DecisionCore core = reader.Start.NewCore();
        TradingStops stops = TradingStops.None;
        OrdersHash orders = default;
        long offers = 0, prices = 0, responses = 0;
        string? difference = null;
        while (difference is null && reader.Read())
        {
            switch (reader.Kind)
            {
                case CapturedKind.Offer:
                    offers++;
                    difference = Judge(core, reader, stops, offers, ref orders);
                    if (progress is not null && offers % ProgressEveryOffers == 0) progress.Report((double)reader.Bytes.Read / reader.Bytes.All);
                    break;
                case CapturedKind.Price:
                    prices++;
                    core.OnPrice(in reader.Price);
                    break;
                case CapturedKind.Response:
                    responses++;
                    core.OnResponse(in reader.Response);
                    break;
                case CapturedKind.Stops:
                    stops = reader.Stops;
                    break;
                case CapturedKind.BlockEnd when orders.Count != reader.BlockOrders || orders.Value != reader.BlockOrdersHash:
                    difference = Text($"after offer {offers}: {orders.Count} orders with hash {orders.Value:X16}, the live run sent {reader.BlockOrders} with {reader.BlockOrdersHash:X16}");
                    break;
            }

            // The live run passed these on at the end of its batches; no verdict depends on when.
            while (core.TryTakeRefresh(out _))
            {
            }
        }

        progress?.Report(1);
        if (difference is null && reader.Trailer is { } end && (end.Offers, end.Prices, end.Responses, end.Orders, end.OrdersHash) != (offers, prices, responses, orders.Count, orders.Value))
            difference = Text($"at the end: {offers} offers and {orders.Count} orders, the live run had {end.Offers} and {end.Orders}");
        return new CaptureReplayResult(
            reader.Ending, offers, prices, responses, orders.Count, orders.Value, reader.Trailer?.NotRecorded ?? 0, difference, Stopwatch.GetElapsedTime(began));
    }

    private static string? Judge(DecisionCore core, CaptureReader reader, TradingStops stops, long number, ref OrdersHash orders)
    {
        ref readonly OfferEvent offer = ref reader.Offer;
        RefusalReason verdict = core.Judge(in offer, stops, out int quantityShares, out bool isShortSale);
        bool wasBusy = reader.Verdict == RefusalReason.ExecutionBusy;
        if (verdict != (wasBusy ? RefusalReason.None : reader.Verdict))
            return Text($"offer {number}, reference {offer.OrderReference}: {Name(verdict)}, the live run said {Name(reader.Verdict)}");
        if (verdict != RefusalReason.None || wasBusy) return null;
        core.Take(in offer, quantityShares, isShortSale, out ExecuteEvent order);
        orders.Add(in order);
        return null;
    }

    private static string Name(RefusalReason verdict) => verdict == RefusalReason.None ? "taken" : verdict.ToString();

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
