namespace MarketMaker.OperatorConsole.Watching;

/// <summary>The pages of the terminal view.</summary>
internal enum ScreenPage
{
    /// <summary>Everything that matters, on one screen.</summary>
    Overview,

    /// <summary>Tickers with stock, orders or a state.</summary>
    Tickers,

    /// <summary>Stages, rings and latencies in full.</summary>
    Machine,

    /// <summary>Why offers were passed on.</summary>
    Refusals,

    /// <summary>The keys.</summary>
    Keys,
}

/// <summary>What the person at the keyboard has chosen.</summary>
internal sealed class ScreenState
{
    /// <summary>The page shown.</summary>
    public ScreenPage Page { get; set; }

    /// <summary>Only tickers and states that contain it; empty: all.</summary>
    public string Filter { get; set; } = "";

    /// <summary>Whether keys go into the filter.</summary>
    public bool IsTyping { get; set; }

    /// <summary>A command to the kill switch as far as it is typed; null: none is.</summary>
    public string? Command { get; set; }

    /// <summary>Lines of a list that are above the screen.</summary>
    public int Scrolled { get; set; }

    /// <summary>Of a recording: it stands still.</summary>
    public bool IsPaused { get; set; }

    /// <summary>Said in the last line until the next key; null: the keys stand there.</summary>
    public string? Note { get; set; }
}
