using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;
using MarketMaker.Prices;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Volatility.Publishing;
using MarketMaker.VolatilityModel;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Volatility;

/// <summary>One run of the service: the list of tickers, the kept state, one thread for prices and verdicts, the log on the main thread.</summary>
internal sealed class VolatilityService(ServiceOptions options, ILogger logger, CancellationToken stop)
{
    private const int WatchPeriodMs = 20;
    private const int SayEverySeconds = 60;
    private static readonly TimeSpan StopTimeout = TimeSpan.FromSeconds(5);

    private readonly SystemClock _clock = new();

    /// <summary>Runs until told to stop.</summary>
    /// <returns>The exit status: 0 after an orderly stop, 1 after a fault.</returns>
    /// <exception cref="ServiceStartException">It cannot start; the message names the remedy.</exception>
    public int Run()
    {
        Universe universe = LoadUniverse();
        VerdictBook book = new(universe.Count, options.Model);
        MoldSession session = SessionName.At(_clock.WallClockNs);
        UdpVerdictLine[] lines = [.. options.Destinations.Select(to => new UdpVerdictLine(new UdpSenderOptions { Destination = to, Interface = options.Interface, MulticastHops = options.Hops }))];
        using UdpReceiver requests = new(new UdpReceiverOptions { Bind = options.RequestAddress, ReceiveBufferBytes = 1 << 20 });
        VerdictPublisher publisher = new(session, universe, book, options.ValidityMs, lines);

        MultiProducerRingBuffer<PriceEvent> prices = new("prices", 8_192);
        SingleProducerRingBuffer<RefreshRequest> priorities = new("priorities", 1_024);
        // Nobody else asks for prices here.
        SingleProducerRingBuffer<RefreshRequest> refreshes = new("refreshes", 2);
        SingleProducerRingBuffer<VerdictChange> changes = new("changes", 65_536);
        LogWriter log = LogWriter.Create(256, out EventPoller<LogEvent> logLines);
        using CounterFile counters = CounterFile.InMemory();
        using ChangeLog changeLog = new(changes.NewPoller(), universe, options.ChangesFile, logger);
        TcpStream[] streams = [.. Enumerable.Range(0, options.PriceClient.Connections).Select(_ => new TcpStream(PriceService()))];
        // No offer is seen here, so no ticker is worth more than another: the age cap makes all of them come round in turn.
        PriceClientOptions polling = options.PriceClient with { PriceAgeCapSeconds = universe.Count / options.PriceClient.RequestsPerSecond + 1 };
        PriceCache unused = new(universe);
        PriceClient<TcpStream, SystemClock> client = new(
            polling, universe, streams, _clock, new RefreshSchedule(polling, unused), prices, priorities.NewPoller(), refreshes.NewPoller(), counters, log);
        VolatilityAgent<SystemClock> agent = new(options, universe, book, publisher, prices.NewPoller(), priorities, changes, requests, options.Calendar, _clock);
        int restored = options.StateFile.Length == 0 ? 0 : StateFile.Restore(options.StateFile, agent.TradingDate, universe, book);
        // Before the first packet leaves: a file that cannot be written is a mistake to be seen at the start.
        if (options.StateFile.Length > 0) Write(universe, agent, book);
        AgentThread thread = new([client, agent], new AgentThreadOptions { Wait = new() { Kind = WaitStrategyKind.Sleeping, Spins = 0, Yields = 0, SleepNs = 200_000 } }, new TradingGate());
        thread.Start();
        string destinations = string.Join(", ", options.Destinations);
        logger.ZLogInformation($"started: session {session}, {universe.Count} tickers, {restored} with a kept baseline, to {destinations}, re-requests on port {requests.Port}, trading date {agent.TradingDate}");
        if (options.ReadyFile.Length > 0) WriteReady(session, requests.Port);
        Watch(universe, agent, thread, changeLog, logLines, counters);

        agent.End();
        long deadline = Environment.TickCount64 + (long)StopTimeout.TotalMilliseconds;
        while (!agent.HasEnded && thread.Fault is null && Environment.TickCount64 < deadline) Thread.Sleep(1);
        thread.Stop(StopTimeout);
        changeLog.Drain();
        if (thread.Fault is { } fault)
        {
            logger.ZLogCritical(fault, $"stopped by a fault; engines sell only until a service runs again");
            return 1;
        }

        bool written = TryWrite(universe, agent);
        foreach (UdpVerdictLine line in lines) line.Dispose();
        logger.ZLogInformation($"stopped: {agent.Prices} prices, {publisher.Messages} messages in {publisher.Packets} packets");
        return written ? 0 : 1;
    }

    private void Watch(Universe universe, VolatilityAgent<SystemClock> agent, AgentThread thread, ChangeLog changes, EventPoller<LogEvent> log, CounterFile counters)
    {
        long sayAt = Environment.TickCount64 + SayEverySeconds * 1_000;
        while (!stop.WaitHandle.WaitOne(WatchPeriodMs) && thread.Fault is null)
        {
            changes.Drain();
            Say(log);
            if (agent.IsKept) TryWrite(universe, agent);
            if (Environment.TickCount64 < sayAt) continue;
            sayAt += SayEverySeconds * 1_000;
            logger.ZLogInformation($"{agent.Prices} prices so far, {counters.Read(Counter.PriceClientRequests)} requests, {counters.Read(Counter.PriceClientRefusedBodies)} bodies refused, {agent.ChangesNotLogged} changes not logged");
        }
    }

    private void Say(EventPoller<LogEvent> log)
    {
        long last = log.AvailableThrough(64);
        if (last < log.Next) return;
        for (long sequence = log.Next; sequence <= last; sequence++)
        {
            LogEvent line = log[sequence];
            if (line.Message == LogMessage.PriceServiceUp) logger.ZLogInformation($"the price service answers");
            else if (line.Message == LogMessage.PriceServiceDown) logger.ZLogError($"the price service is unreachable (errno {line.A}), attempt {line.B}; tickers become sell-only as their prices grow old");
        }

        log.Advance(last);
    }

    private Universe LoadUniverse()
    {
        UniverseLoader<TcpStream, SystemClock> loader = new(options.PriceClient, new TcpStream(PriceService()), _clock);
        return loader.TryLoad() ? loader.Universe! : throw new ServiceStartException(loader.Error!);
    }

    private TcpStreamOptions PriceService()
    {
        string address = options.PriceClient.Address;
        int colon = address.LastIndexOf(':');
        return colon > 0 && ushort.TryParse(address.AsSpan(colon + 1), CultureInfo.InvariantCulture, out ushort port)
            ? new TcpStreamOptions { Host = address[..colon], Port = port }
            : throw new FormatException($"[prices] address = '{address}': write HOST:PORT");
    }

    private bool TryWrite(Universe universe, VolatilityAgent<SystemClock> agent)
    {
        if (options.StateFile.Length == 0) return true;
        try
        {
            StateFile.Write(options.StateFile, agent.TradingDate, universe, agent.Kept);
            return true;
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            // Verdicts matter more than what a next start would know.
            logger.ZLogError($"the state is not kept: {failure.Message}");
            return false;
        }
        finally
        {
            agent.IsKept = false;
        }
    }

    private void Write(Universe universe, VolatilityAgent<SystemClock> agent, VerdictBook book)
    {
        KeptTicker[] kept = new KeptTicker[universe.Count];
        for (int ticker = 0; ticker < universe.Count; ticker++) kept[ticker] = book.Export(ticker);
        StateFile.Write(options.StateFile, agent.TradingDate, universe, kept);
    }

    private void WriteReady(MoldSession session, int requestPort) => DurableFile.Write(
        options.ReadyFile, System.Text.Encoding.ASCII.GetBytes($"{{\"session\":\"{session}\",\"requestPort\":{requestPort.ToString(CultureInfo.InvariantCulture)}}}\n"));
}

/// <summary>The service cannot start; the message is for the user and names the remedy.</summary>
internal sealed class ServiceStartException(string message) : Exception(message);
