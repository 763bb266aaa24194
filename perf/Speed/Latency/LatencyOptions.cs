using MarketMaker.Speed.Engine;

namespace MarketMaker.Speed.Latency;

/// <summary>What the command line of <c>latency</c> asks for.</summary>
internal sealed record LatencyOptions
{
    public required long Rate { get; init; }

    public required double Seconds { get; init; }

    public required double WarmUpSeconds { get; init; }

    public required int Repeats { get; init; }

    public required string Layout { get; init; }

    public required string Wait { get; init; }

    public required string Driver { get; init; }

    public required bool Ladder { get; init; }

    public required double SoakMinutes { get; init; }

    public required int Tickers { get; init; }

    public required string Config { get; init; }

    public required string Dist { get; init; }

    public required string Data { get; init; }

    public required string Output { get; init; }

    public required bool Record { get; init; }

    public required bool KeepFiles { get; init; }

    /// <summary>Cores of this host.</summary>
    public int Cores { get; } = Environment.ProcessorCount;

    /// <summary>The layout, which must fit this host.</summary>
    public Layout FoundLayout => Engine.Layout.Find(Layout, Cores);

    /// <summary>Keys that the run sets in the host's file, beside ports and paths: named in the record.</summary>
    public IReadOnlyDictionary<(string Section, string Key), string> EngineSettings()
    {
        Dictionary<(string, string), string> settings = new()
        {
            // All prices in 5 s: more would take the generator's core for the price service. None is asked for while C has the cores, some seconds each time.
            [("prices", "requests-per-second")] = $"{Math.Max(1_000, Tickers / 5)}",
            [("decision", "price-age-max-ms")] = "30000",
            [("execution", "sends-per-second-max")] = "1000000",
            [("execution", "send-burst")] = "10000",
            [("decision", "orders-in-flight-max")] = "4096",
            [("decision", "ticker-wins-per-minute-max")] = "1000000",
            // A count stops all threads for some microseconds; the one at the stop would count what the stop itself allocates.
            [("threads", "allocation-check-ms")] = "10000",
        };
        // A layout of the file's own waits as the file says.
        if (Wait != "auto") settings[("threads", "wait")] = Wait;
        else if (Layout != Engine.Layout.FromFile) settings[("threads", "wait")] = FoundLayout.LeavesCoreFor(Cores) ? "spin" : "yield";
        foreach ((string key, int core) in FoundLayout.Threads) settings[("threads", key)] = $"{core}";
        // The venue of this run is on loopback, where AF_XDP is the kernel's generic copy; a host's own card has no part in it.
        settings[("feed", "driver")] = Driver;
        settings[("feed", "interface")] = Driver == "xdp" ? "lo" : "";
        settings[("feed", "xdp-mode")] = "auto";
        settings[("feed", "xdp-queues")] = "all";
        return settings;
    }
}
