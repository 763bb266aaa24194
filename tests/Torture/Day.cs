using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Torture.Check;
using MarketMaker.Tests.Torture.Faults;
using MarketMaker.Tests.Torture.Processes;
using MarketMaker.Tests.Torture.Servers;
using MarketMaker.Tests.Torture.Wire;

namespace MarketMaker.Tests.Torture;

/// <summary>One run of the venue: engine and shipper die in it many times, at its end all stop in order and the records are compared whole.</summary>
internal sealed class Day(TortureOptions options, Programs programs, RunFolder folder, Totals totals, OrderProxy proxy, LedgerServer server)
{
    private const int ReadyWaitMs = 30_000;

    /// <param name="number">Days are counted over the whole run.</param>
    /// <param name="node">The journal and what the venue's record says it holds.</param>
    /// <param name="random">Of this day alone.</param>
    /// <param name="cuts">Cuts that are still to be made.</param>
    /// <param name="isOver">Whether the run has had enough.</param>
    public void Run(int number, NodeState node, Random random, Queue<Cut> cuts, Func<bool> isOver)
    {
        string session = FormattableString.Invariant($"T{options.Seed % 100_000:00000}D{number % 1000:000}");
        string ready = folder.File($"ready.{session}.json");
        int feedPort = FreeUdpPort();
        programs.ForgetDay();
        using Child venue = programs.StartVenue(number, session, ready, feedPort, random);
        WaitForFile(ready, venue);
        using (JsonDocument ports = JsonDocument.Parse(File.ReadAllText(ready)))
        {
            programs.Set(
                ("feed", "address-a", $"127.0.0.1:{feedPort}"),
                ("feed", "session", session),
                ("feed", "request-address", Address(ports, "requestPort")),
                ("feed", "snapshot-address", Address(ports, "snapshotPort")),
                ("prices", "address", Address(ports, "pricePort")),
                ("execution", "address", $"127.0.0.1:{proxy.Port}"));
            node.Watch.BeginSession();
            proxy.Connect(ports.RootElement.GetProperty("orderPort").GetInt32(), node.Watch);
        }

        string fills = folder.File($"fills.{session}.csv");
        using (LiveCheck live = new(new VenueRecord(fills, Programs.Participant), server.Open(), session, server.LagMaxMs))
        {
            Child engine;
            using (ShipperTorture shipper = new(environment => programs.StartShipper(environment), totals.Kills, random.Next()))
            {
                EngineTorture torture = new(programs, proxy, totals.Kills, totals.RestartMs, () => Check(live, shipper));
                using PrimaryTorture? primary = server.AsCluster is { } cluster
                    ? new PrimaryTorture(cluster, totals.Kills, totals.FailoverSeconds, () => live.LedgerRows, torture.KillNow, shipper.KillNow, random.Next())
                    : null;
                for (int life = 0; life < options.LivesPerDay && !isOver(); life++)
                {
                    torture.Live(LifePlan.Draw(random, cuts, options.Only), shipper.KillNow);
                    live.EndRound();
                    totals.Show(live);
                    if (primary?.Fault is { } fault) throw new TortureFailedException(fault.Message);
                }

                engine = torture.StartForGood();
            }

            using (engine) StopAll(venue, engine);
            totals.EndDay(live);
        }

        Compare(session, fills, node);
    }

    private void StopAll(Child venue, Child engine)
    {
        using Child shipper = programs.StartShipper();
        venue.Stop();
        engine.Stop();
        shipper.Stop();
    }

    /// <summary>Everything is at rest: the whole records, P1 to P3, and the limits.</summary>
    private void Compare(string session, string fills, NodeState node)
    {
        ExactlyOnce records = new();
        using (VenueRecord venue = new(fills, Programs.Participant))
        {
            venue.Read(trade =>
            {
                records.AddVenue(trade);
                node.Venue.Apply(trade);
            });
        }

        using (Ledger ledger = server.Open())
        {
            foreach (LedgerRow row in ledger.ReadSession(session))
            {
                records.AddLedger(row);
                node.Ledger.Apply(row.Trade);
            }

            if (ledger.Count("select count(*) from quarantine") is > 0 and long rows) totals.Problems.Add($"{session}: {rows} rows are in quarantine");
        }

        records.Conclude();
        totals.Add(session, records, node);
        totals.Problems.AddRange(node.Venue.DifferencesTo(node.Ledger, "the venue", "the ledger").Take(5).Select(text => $"{session}: {text}"));
        using CounterFile counters = CounterFile.OpenRead(programs.CounterFile);
        long cash = counters.Read(Counter.JournalCash);
        if (cash != node.Venue.Cash) totals.Problems.Add($"{session}: cash: the engine {cash / 10_000m:N4}, the venue {node.Venue.Cash / 10_000m:N4}");
    }

    private static void Check(LiveCheck live, ShipperTorture shipper)
    {
        if (live.Problem is { } problem) throw new TortureFailedException(problem);
        if (shipper.Fault is { } fault) throw new TortureFailedException(fault.Message);
    }

    private static void WaitForFile(string path, Child venue)
    {
        long started = Stopwatch.GetTimestamp();
        while (!File.Exists(path))
        {
            if (venue.HasExited || Stopwatch.GetElapsedTime(started).TotalMilliseconds > ReadyWaitMs) throw venue.Failure("did not open its ports");
            Thread.Sleep(5);
        }
    }

    private static string Address(JsonDocument ports, string name) => $"127.0.0.1:{ports.RootElement.GetProperty(name).GetInt32()}";

    private static int FreeUdpPort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}

/// <summary>A journal's life over several days, as its independent witnesses tell it.</summary>
internal sealed class NodeState
{
    /// <summary>From the venue's record.</summary>
    public Account Venue { get; } = new(Programs.Limits.OpeningCash);

    /// <summary>From the rows of the database.</summary>
    public Account Ledger { get; } = new(Programs.Limits.OpeningCash);

    /// <summary>From the wire.</summary>
    public OrderWatch Watch { get; } = new(Programs.Limits);
}
