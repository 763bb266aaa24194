using System.CommandLine;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Measuring;
using MarketMaker.Platform.Control;

namespace MarketMaker.Harness.Kill;

/// <summary>The kill switch under load: trips it again and again and lets the kernel's own record of the packets say what was still sent.</summary>
internal static class KillCommand
{
    private const long StolenNs = 50_000;
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(6);

    internal static Command Create()
    {
        Option<int> trips = new("--trips") { Description = "How often, 1 to 100,000.", DefaultValueFactory = _ => 1_000 };
        Option<string> dist = new("--dist") { Description = "Folder of the published programs.", DefaultValueFactory = _ => "dist" };
        Option<string> config = new("--config") { Description = "The host's INI file; ports and paths are set for the run.", DefaultValueFactory = _ => "deploy/hosts/loopback.ini" };
        Option<string> path = new("--path")
        {
            Description = "Folder of the run: journal, logs, effective INI, packets.",
            DefaultValueFactory = _ => Path.Combine(Environment.CurrentDirectory, "artifacts", "measure", "kill"),
        };
        Option<int> rate = new("--rate") { Description = "Offers a second: the most that this host holds without dropping any; what is dropped is shown.", DefaultValueFactory = _ => 100_000 };
        Option<int> tickers = new("--tickers") { Description = "Tickers traded.", DefaultValueFactory = _ => 1_000 };
        Option<int> seed = new("--seed") { Description = "Of the pauses between trips.", DefaultValueFactory = _ => 1 };
        Command command = new("kill", "The kill switch under load: sends after the flag is stored, and how long until the last one; then a restart, which must stay halted. Needs root and tcpdump.")
        {
            trips, dist, config, path, rate, tickers, seed,
        };
        command.SetAction(parsed =>
        {
            string folder = parsed.GetRequiredValue(path);
            using EngineUnderLoad engine = new(Path.GetFullPath(parsed.GetRequiredValue(dist)), parsed.GetRequiredValue(config), folder, parsed.GetValue(rate), parsed.GetValue(tickers));
            using OrderTap tap = new(engine.File("orders.pcap"), engine.OrderPort);
            engine.StartEngine(EngineState.Trading);
            Thread.Sleep(WarmUp);
            Load before = Load.Of(engine);
            List<KillTrip> taken = Trip(engine, Math.Clamp(parsed.GetValue(trips), 1, 100_000), new Random(parsed.GetValue(seed)));
            Load load = Load.Of(engine).Since(before);
            long sentInAll = RestartHalted(engine);
            List<TappedSend> sends = tap.Finish(out string dropped);
            HostFingerprint host = HostFingerprint.Take(folder);
            Console.WriteLine($"kill: commit {host.Commit}, {host.At:u}, {host.Host}: {host.Cpu}, {host.Cores} cores, Linux {host.Kernel}, {host.Runtime}");
            Console.WriteLine(load.Describe());
            return KillReport.Print(taken, sends, StolenNs, sentInAll, dropped) ? 0 : 1;
        });
        return command;
    }

    private static List<KillTrip> Trip(EngineUnderLoad engine, int trips, Random random)
    {
        List<KillTrip> taken = new(trips);
        using ControlFlag flag = new ControlFiles(engine.Control).OpenFlag();
        for (int i = 0; i < trips; i++)
        {
            if (i % 100 == 0 && !Console.IsErrorRedirected) Console.Error.Write($"\rtrip {i} of {trips}   ");
            // Sends flow again, for a while whose length no period of the engine's can follow.
            long sent = engine.Sent;
            for (long deadline = Environment.TickCount64 + 10_000; engine.Sent < sent + 10; Thread.Sleep(1))
            {
                engine.CheckIsAlive();
                if (Environment.TickCount64 > deadline) throw new MeasureException($"after trip {i} the engine sent nothing for 10 s, state {engine.State}");
            }

            Thread.Sleep(TimeSpan.FromMicroseconds(random.Next(1_000, 12_000)));
            taken.Add(KillTrip.Take(flag, engine));
        }

        if (!Console.IsErrorRedirected) Console.Error.WriteLine();
        return taken;
    }

    /// <summary>Halts by the command, stops, starts again: nothing may be sent until the resume, and then something must.</summary>
    /// <returns>Orders sent by both runs, by the engine's count.</returns>
    private static long RestartHalted(EngineUnderLoad engine)
    {
        Console.WriteLine(engine.Run(0, "marketmaker", "halt", "--config", engine.Ini, "--reason", "measured restart"));
        engine.StopEngine();
        long sent = engine.Sent;
        engine.StartEngine(EngineState.Halted);
        Thread.Sleep(3_000);
        if (engine.Sent != 0 || engine.State != EngineState.Halted) throw new MeasureException($"the engine did not stay halted over its restart: state {engine.State}, {engine.Sent} sent");
        Console.WriteLine(engine.Run(0, "marketmaker", "resume", "--config", engine.Ini, "--reason", "measured"));
        for (long deadline = Environment.TickCount64 + 20_000; engine.Sent == 0; Thread.Sleep(5))
        {
            if (Environment.TickCount64 > deadline) throw new MeasureException("after the resume nothing was sent for 20 s");
        }

        Console.WriteLine(engine.Run(0, "marketmaker", "halt", "--config", engine.Ini, "--reason", "measured"));
        engine.StopEngine();
        Console.WriteLine("restart: stayed halted for 3 s with nothing sent, and traded after the resume");
        return sent + engine.Sent;
    }

    private readonly record struct Load(long AtMs, long Offers, long Sent, long Dropped)
    {
        internal static Load Of(EngineUnderLoad engine) => new(
            Environment.TickCount64,
            engine.Counters.Read(Counter.FeedOffersSeen),
            engine.Sent,
            engine.Counters.Read(Counter.HostKernelDrops) + engine.Counters.ReadRefused(Counter.FeedRefused, RefusalReason.RingFull));

        internal Load Since(Load before) => new(AtMs - before.AtMs, Offers - before.Offers, Sent - before.Sent, Dropped - before.Dropped);

        internal string Describe() => string.Create(
            CultureInfo.InvariantCulture, $"load: {Offers * 1000.0 / AtMs:N0} offers/s heard, {Sent * 1000.0 / AtMs:N0} orders/s over all with the halts between, {Dropped} packets or offers dropped, {AtMs / 1000.0:F0} s");
    }
}
