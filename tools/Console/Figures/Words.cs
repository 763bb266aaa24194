using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Figures;

/// <summary>States in the words that people use for them.</summary>
internal static class Words
{
    /// <summary>The engine's state.</summary>
    public static string State(EngineLife life, CounterImage image) => life switch
    {
        EngineLife.NeverSeen => "NO ENGINE",
        EngineLife.Silent => "SILENT",
        EngineLife.Stopped => "STOPPED",
        EngineLife.Failed => "FAILED",
        EngineLife.Died => "DEAD",
        _ => (EngineState)image.Read(Counter.HostState) switch
        {
            EngineState.Starting => "STARTING",
            EngineState.Trading => "TRADING",
            EngineState.Halted => "HALTED",
            EngineState.Draining => "DRAINING",
            EngineState.SellingOnly => "SELLING ONLY",
            EngineState other => other.ToString().ToUpperInvariant(),
        },
    };

    /// <summary>The order session's.</summary>
    public static string Session(ExecutionState state) => state switch
    {
        ExecutionState.Disconnected => "disconnected",
        ExecutionState.LoggingIn => "logging in",
        ExecutionState.Replaying => "replaying",
        ExecutionState.Fencing => "fencing",
        ExecutionState.Live => "live",
        ExecutionState.LoggedOut => "logged out",
        ExecutionState.Refused => "refused",
        _ => state.ToString(),
    };

    /// <summary>A ticker's, the strongest first.</summary>
    public static string Ticker(TickerFlags flags) =>
        (flags & TickerFlags.Denied) != 0 ? "denied"
        : (flags & TickerFlags.Halted) != 0 ? "halted"
        : (flags & TickerFlags.Volatile) != 0 ? "volatile"
        : (flags & TickerFlags.SellOnly) != 0 ? "sell only"
        : (flags & TickerFlags.NoPrice) != 0 ? "no price" : "";
}
