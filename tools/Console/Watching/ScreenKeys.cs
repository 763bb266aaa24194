using MarketMaker.OperatorConsole.Recording;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>What each key does.</summary>
internal sealed class ScreenKeys(ScreenState state, RecordingPlayer? player, KillSwitch? killSwitch)
{
    private const long JumpNs = 10_000_000_000;
    private const int ScreenLines = 20;
    private const int FilterMax = 12;

    /// <summary>Whether another moment of the recording was chosen since this was last set to false.</summary>
    public bool HasJumped { get; set; }

    /// <summary>Takes a key.</summary>
    /// <returns>False to end.</returns>
    public bool Press(ConsoleKeyInfo key)
    {
        state.Note = null;
        if (state.Command is not null)
        {
            TypeCommand(key, killSwitch!);
            return true;
        }

        if (state.IsTyping)
        {
            Type(key);
            return true;
        }

        switch (key.Key)
        {
            case ConsoleKey.UpArrow: state.Scrolled--; return true;
            case ConsoleKey.DownArrow: state.Scrolled++; return true;
            case ConsoleKey.PageUp: state.Scrolled -= ScreenLines; return true;
            case ConsoleKey.PageDown: state.Scrolled += ScreenLines; return true;
            case ConsoleKey.LeftArrow: Jump(-JumpNs); return true;
            case ConsoleKey.RightArrow: Jump(JumpNs); return true;
            case ConsoleKey.Home: JumpTo(0); return true;
            case ConsoleKey.End: JumpTo(int.MaxValue); return true;
            case ConsoleKey.Escape: state.Filter = ""; return true;
        }

        switch (key.KeyChar)
        {
            case 'q' or 'Q': return false;
            case '1' or 'o': Turn(ScreenPage.Overview); break;
            case '2' or 't': Turn(ScreenPage.Tickers); break;
            case '3' or 'm': Turn(ScreenPage.Machine); break;
            case '4' or 'r': Turn(ScreenPage.Refusals); break;
            case '?' or 'h': Turn(ScreenPage.Keys); break;
            case 'k' when killSwitch is null: state.Note = "the kill switch is known by --config alone, and a recording has none"; break;
            case 'k': state.Command = ""; break;
            case ' ' when player is not null: state.IsPaused = !state.IsPaused; break;
            case '/':
                Turn(ScreenPage.Tickers);
                (state.IsTyping, state.Filter) = (true, "");
                break;
        }

        return true;
    }

    // The word itself is the confirmation: no single key stops an engine.
    private void TypeCommand(ConsoleKeyInfo key, KillSwitch kill)
    {
        string typed = state.Command!;
        if (key.Key == ConsoleKey.Escape) (state.Command, state.Note) = (null, "nothing was changed");
        else if (key.Key == ConsoleKey.Enter) (state.Command, state.Note) = (null, kill.Command(typed));
        else if (key.Key == ConsoleKey.Backspace) state.Command = typed.Length == 0 ? "" : typed[..^1];
        else if (!char.IsControl(key.KeyChar) && typed.Length < FilterMax) state.Command = typed + key.KeyChar;
    }

    private void Turn(ScreenPage page) => (state.Page, state.Scrolled) = (page, 0);

    private void Type(ConsoleKeyInfo key)
    {
        if (key.Key == ConsoleKey.Enter) state.IsTyping = false;
        else if (key.Key == ConsoleKey.Escape) (state.IsTyping, state.Filter) = (false, "");
        else if (key.Key == ConsoleKey.Backspace) state.Filter = state.Filter.Length == 0 ? "" : state.Filter[..^1];
        else if (!char.IsControl(key.KeyChar) && state.Filter.Length < FilterMax) state.Filter += key.KeyChar;
        state.Scrolled = 0;
    }

    private void Jump(long ns)
    {
        if (player is not null) JumpTo(player.FrameAt(player.WallNs(player.Next) + ns));
    }

    private void JumpTo(int frame)
    {
        if (player is null) return;
        player.Jump(frame);
        HasJumped = true;
    }
}
