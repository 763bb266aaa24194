using MarketMaker.OperatorConsole.Figures;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>The figures as lines for a terminal of any size from 80 by 24 on. Pure: equal figures give equal lines.</summary>
internal static class Screen
{
    private const int AlarmsMax = 4;

    /// <summary>Draws a page to exactly so many lines.</summary>
    public static IRenderable Draw(EngineFigures figures, ScreenState state, int width, int height)
    {
        List<ScreenText> lines = [Head(figures)];
        AddAlarms(lines, figures, Math.Max(1, Math.Min(AlarmsMax, height - 20)));
        int room = height - lines.Count - 1;
        List<ScreenText> body = state.Page switch
        {
            ScreenPage.Tickers => TickersPage.Lines(figures, state, room),
            ScreenPage.Machine => MachinePage.Lines(figures, state, room),
            ScreenPage.Refusals => RefusalsPage.Lines(figures, state, room),
            ScreenPage.Keys => KeysPage.Lines(),
            _ => OverviewPage.Lines(figures, width, room),
        };
        lines.AddRange(body.Take(room));
        while (lines.Count < height - 1) lines.Add(new ScreenText());
        lines.Add(Foot(state));
        return new Rows(lines.Select(line => line.Line(width)));
    }

    /// <summary>Draws what is said when there is nothing to show.</summary>
    public static IRenderable Draw(string problem, ScreenState state, int width, int height)
    {
        List<ScreenText> lines = [new ScreenText().Add(" NO ENGINE ", Look.Critical), new(), new ScreenText().Add(problem), new ScreenText().Add("Waiting for it; q ends.", Look.Quiet)];
        while (lines.Count < height - 1) lines.Add(new ScreenText());
        lines.Add(Foot(state));
        return new Rows(lines.Select(line => line.Line(width)));
    }

    private static ScreenText Head(EngineFigures figures) => new ScreenText()
        .Add($" {figures.State} ", Look.Badge(figures.Health))
        .Add(" ").Add(figures.Node, Look.Bold)
        .Add($"  {figures.At:HH:mm:ss} UTC  up {Texts.Duration(figures.UptimeSeconds)}  session {figures.Session}  pid {figures.ProcessId}");

    // Always the same number of lines, so that nothing below jumps when an alarm comes or goes.
    private static void AddAlarms(List<ScreenText> lines, EngineFigures figures, int linesMax)
    {
        if (figures.Alarms.Count == 0) lines.Add(new ScreenText().Add("no alarms", Look.Quiet));
        int shown = figures.Alarms.Count <= linesMax ? figures.Alarms.Count : linesMax - 1;
        if (linesMax == 1 && figures.Alarms.Count > 1) shown = 1;
        foreach (RaisedAlarm alarm in figures.Alarms.Take(shown)) lines.Add(new ScreenText().Left(alarm.Id, 20, Look.Of(alarm.Severity)).Add(alarm.Text));
        if (figures.Alarms.Count > shown && linesMax > 1) lines.Add(new ScreenText().Add($"and {figures.Alarms.Count - shown} more alarms", Look.WarningText));
        while (lines.Count < 1 + linesMax) lines.Add(new ScreenText());
    }

    private static ScreenText Foot(ScreenState state)
    {
        if (state.IsTyping) return new ScreenText().Add($"filter: {state.Filter}_", Look.Bold).Add("   Enter keeps it, Esc clears it", Look.Quiet);
        if (state.Command is { } command)
            return new ScreenText().Add($" KILL SWITCH ", Look.Critical).Add($" type {KillSwitch.Words}, then Enter: {command}_", Look.Bold).Add("   Esc: nothing", Look.Quiet);
        if (state.Note is { } note) return new ScreenText().Add(note, Look.Bold);
        string filter = state.Filter.Length > 0 ? $"filter '{state.Filter}'  " : "";
        return new ScreenText().Add(filter, Look.Bold).Add("1 overview  2 tickers  3 machine  4 refusals  / filter  k kill  ? keys  q quit", Look.Quiet);
    }
}
