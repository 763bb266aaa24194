using System.CommandLine;
using System.Globalization;
using MarketMaker.Backtest.Printing;
using MarketMaker.Backtest.Worlds;
using MarketMaker.Contracts;
using MarketMaker.Recorded;

namespace MarketMaker.Backtest.Commands;

/// <summary>The verb <c>recorded</c>: decides over a recorded day, whose own book is the source of the fair price.</summary>
internal static class RecordedCommand
{
    public static Command Create()
    {
        CommandLine line = new();
        Argument<string> file = CommandLine.ExistingFile("ITCH 5.0 frames (.itch, .itch.gz) or a LOBSTER message file (.csv, .csv.gz).");
        Option<long> cash = new("--cash") { Description = "Dollars to begin with.", DefaultValueFactory = _ => 1_000_000 };
        Option<int> latency = new("--latency-us") { Description = "From a message to our order's arrival, and back again, microseconds each.", DefaultValueFactory = _ => 500 };
        Option<bool> mid = new("--mid") { Description = "Take the plain mid price for fair, not the one weighted by size." };
        Command command = new("recorded", "Decides over a recorded day: every message decoded, every order explained.") { file, line.Policy, line.Set, cash, latency, mid };
        command.SetAction(parsed => CommandLine.Guarded(() =>
        {
            long latencyNs = parsed.GetValue(latency) * 1_000L;
            if (latencyNs is < 1_000 or > 1_000_000_000) throw new FormatException("--latency-us: write 1 to 1000000");
            if (parsed.GetValue(cash) is < 1 or > 1_000_000_000_000) throw new FormatException("--cash: write 1 to 1000000000000");
            Job job = line.Job(parsed, seed: 0);
            RecordedRunOptions options = new()
            {
                Decision = job.Policy.Options(),
                Cash = parsed.GetValue(cash) * Money.UnitsPerDollar,
                OrderLatencyNs = latencyNs,
                AnswerLatencyNs = latencyNs,
                FairPrice = parsed.GetValue(mid) ? BookFairPrice.Mid : BookFairPrice.SizeWeightedMid,
            };
            using StopSignal stop = new();
            using IRecordedDay day = Open(parsed.GetValue(file)!);
            RecordedRunReport report = RecordedRun.Run(day, options, Progress, stop.Token);
            Print(report);
            if (stop.Token.IsCancellationRequested)
            {
                Console.Error.WriteLine("mm-backtest: stopped by a signal: these are the figures of the messages until then, not of the day");
                return ExitStatus.Interrupted;
            }

            bool isClean = report.Undecoded == 0 && report.Contradictions == 0 && report.Ended(OrderFate.Unexplained) == 0;
            return isClean ? ExitStatus.Success : ExitStatus.Failed;
        }));
        return command;
    }

    private static IRecordedDay Open(string path)
    {
        string name = Path.GetFileName(path);
        return name.Contains(".csv", StringComparison.OrdinalIgnoreCase) ? new LobsterDay(path, name) : new ItchDay(path);
    }

    private static void Progress(long messages)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write($"\r{messages:N0} messages");
    }

    private static void Print(RecordedRunReport report)
    {
        if (!Console.IsErrorRedirected) Console.Error.Write('\r');
        CultureInfo plain = CultureInfo.InvariantCulture;
        Console.WriteLine(string.Create(plain, $"{report.Messages:N0} messages, {report.Undecoded} not decoded, {report.TornBytes} bytes cut off at the end"));
        Console.WriteLine(string.Create(plain, $"{report.FromBefore:N0} changes of orders from before the recording, {report.Contradictions} that no book allows"));
        Console.WriteLine(string.Create(plain, $"{report.Offers:N0} offers: {report.Orders:N0} ordered, {report.RefusedInAll:N0} refused"));
        foreach (RefusalReason reason in Enum.GetValues<RefusalReason>())
        {
            if (report.Refused(reason) > 0) Console.WriteLine(string.Create(plain, $"  {reason}: {report.Refused(reason):N0}"));
        }

        foreach (OrderFate fate in Enum.GetValues<OrderFate>()) Console.WriteLine(string.Create(plain, $"orders {fate}: {report.Ended(fate):N0}"));
        Console.WriteLine($"edge {ResultPage.Dollars(report.EdgeProfit)}, profit {ResultPage.Dollars(report.Profit)} dollars, stock left {ResultPage.Dollars(report.StockValue)}");
    }
}
