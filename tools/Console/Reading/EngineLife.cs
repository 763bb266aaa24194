using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Reading;

/// <summary>Whether the engine behind a counter file lives, and in which state it is or was.</summary>
internal enum EngineLife
{
    /// <summary>There is no counter file.</summary>
    NeverSeen,

    /// <summary>It runs and shows a heartbeat.</summary>
    Alive,

    /// <summary>Its process is there, its heartbeat is not.</summary>
    Silent,

    /// <summary>It stopped in order.</summary>
    Stopped,

    /// <summary>It stopped because an invariant broke.</summary>
    Failed,

    /// <summary>Its process is gone without a word: killed, or the host went down.</summary>
    Died,
}

/// <summary>Judges the life of an engine from its counters.</summary>
internal static class EngineLifeJudge
{
    /// <summary>The watching thread beats every 20 ms; one that is late by a hundred times that is not only slow.</summary>
    public const long SilentAfterNs = 2_000_000_000;

    /// <summary>Judges an image.</summary>
    /// <param name="image">Its times are of this boot if its writer is.</param>
    /// <param name="isRecorded">It comes from a recording: then the process of now says nothing about it.</param>
    public static EngineLife Of(CounterImage image, bool isRecorded)
    {
        switch ((EngineState)image.Read(Counter.HostState))
        {
            case EngineState.Stopped: return EngineLife.Stopped;
            case EngineState.Failed: return EngineLife.Failed;
        }

        bool beats = HeartbeatAgeNs(image) < SilentAfterNs;
        if (isRecorded) return beats ? EngineLife.Alive : EngineLife.Silent;
        // A heartbeat proves life also where the process cannot be seen, as from another container.
        if (image.Header.Writer.IsOfThisBoot && beats) return EngineLife.Alive;
        if (!image.Header.Writer.IsRunning) return EngineLife.Died;
        // Until it knows its tickers nobody watches yet, and a price service may take its time.
        bool isStarting = (EngineState)image.Read(Counter.HostState) == EngineState.Starting && image.Tickers.IsEmpty;
        return isStarting ? EngineLife.Alive : EngineLife.Silent;
    }

    /// <summary>How long ago the watching thread ran, ns. For an engine of an earlier boot by the wall clock.</summary>
    public static long HeartbeatAgeNs(CounterImage image)
    {
        long ageNs = image.TakenNs - image.Read(Counter.HostHeartbeatNs);
        return ageNs >= 0 && image.Header.Writer.IsOfThisBoot ? ageNs : Math.Max(0, image.TakenWallNs - image.Read(Counter.HostHeartbeatWallNs));
    }
}
