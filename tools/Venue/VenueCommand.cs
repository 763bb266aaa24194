using System.CommandLine;
using System.Runtime.InteropServices;
using MarketMaker.Platform.Network;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Markets;
using MarketMaker.Venue.Replay;

namespace MarketMaker.Venue;

/// <summary>The command line of <c>mm-venue</c>.</summary>
public static class VenueCommand
{
    private const int ExitOk = 0;
    private const int ExitFailed = 1;
    private const int ExitBadArguments = 2;

    /// <summary>Runs the program.</summary>
    /// <returns>0 after a clean end, 1 when it could not run, 2 on bad arguments.</returns>
    public static async Task<int> RunAsync(string[] args)
    {
        RootCommand root = new("A venue to trade against, on ITCH 5.0 / MoldUDP64, OUCH 5.0 / SoupBinTCP and the HTTP price service.")
        {
            CreateSimulate(),
            CreateReplay(),
        };
        ParseResult parsed = root.Parse(args);
        if (parsed.Errors.Count == 0 && args.Length > 0)
            return await parsed.InvokeAsync(new InvocationConfiguration { ProcessTerminationTimeout = null });
        foreach (System.CommandLine.Parsing.ParseError error in parsed.Errors) Console.Error.WriteLine($"mm-venue: {error.Message}");
        Console.Error.WriteLine("mm-venue --help says what there is.");
        return ExitBadArguments;
    }

    private static Command CreateSimulate()
    {
        CommonArguments common = new(waitForClient: true);
        MarketArguments market = new();
        Command command = new("sim", "A seeded synthetic market of many buyers, sellers and competitors.");
        market.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, _) => GuardAsync(() =>
        {
            Market.MarketOptions options = market.Read(parsed);
            return RunVenueAsync(common.Read(parsed), (feed, clock) => new SimulatedVenueMarket(options, feed, clock));
        }));
        return command;
    }

    private static Command CreateReplay()
    {
        CommonArguments common = new(waitForClient: false);
        ReplayArguments replay = new();
        Command command = new("replay", "A recorded ITCH 5.0 day: its messages, its book, its mid prices; orders execute against the book.");
        replay.AddTo(command);
        common.AddTo(command);
        command.SetAction((parsed, _) => GuardAsync(() =>
        {
            ReplayOptions options = replay.Read(parsed);
            Market.MarketOptions matching = replay.ReadMatching(parsed);
            return RunVenueAsync(common.Read(parsed), (feed, clock) => new ReplayVenueMarket(options, matching, feed, clock));
        }));
        return command;
    }

    /// <summary>Says in one line what is wrong, instead of a stack trace.</summary>
    private static async Task<int> GuardAsync(Func<Task<int>> run)
    {
        try
        {
            return await run();
        }
        catch (ArgumentException wrong)
        {
            Console.Error.WriteLine($"mm-venue: {wrong.Message}");
            return ExitBadArguments;
        }
        catch (Exception failure) when (failure is SocketSetupException or IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"mm-venue: {failure.Message}");
            return ExitFailed;
        }
    }

    private static async Task<int> RunVenueAsync(VenueOptions options, Func<FeedPublisher, VenueClock, VenueMarket> createMarket)
    {
        await using VenueHost host = await VenueHost.StartAsync(options, createMarket);
        VenueReady ready = host.Ready;
        Console.WriteLine(
            $"session {ready.Session}, feed {ready.Feed}{(ready.FeedB is null ? "" : $" and {ready.FeedB}")}, re-requests {ready.RequestPort}, " +
            $"snapshot {ready.SnapshotPort}, orders {ready.OrderPort}, prices {ready.PricePort}, {ready.Tickers} tickers");
        if (options.Agent.WaitForClient) Console.WriteLine("offers begin when a client logs in to the order port");
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        Exception? fault = await Task.Run(host.WaitDone);
        VenueReport report = await host.CompleteAsync();
        Print(report);
        if (fault is not null) Console.Error.WriteLine($"mm-venue: stopped by a fault: {fault}");
        return fault is null ? ExitOk : ExitFailed;

        void Stop(PosixSignalContext context)
        {
            context.Cancel = true;
            host.RequestStop();
        }
    }

    private static void Print(VenueReport report)
    {
        Console.WriteLine(
            $"{report.OffersSent} offers in {report.Seconds:F1} s, {report.Messages} messages in {report.Packets} packets, " +
            $"orders {report.OrdersReceived}: won {report.OrdersWon}, lost {report.OrdersLost}, rejected {report.OrdersRejected}; " +
            $"generator at most {report.LagMaxUs} us late, {report.LagShare:P2} of the time");
        if (report.TornBytes > 0) Console.WriteLine($"the file ends in a message that is cut off: {report.TornBytes} bytes left over");
    }
}
