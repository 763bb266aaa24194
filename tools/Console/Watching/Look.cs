using MarketMaker.OperatorConsole.Figures;
using Spectre.Console;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>The few styles there are. Colour tells a state; everything else is plain, bold or dim.</summary>
internal static class Look
{
    public static readonly Style Good = new(Color.Black, Color.Green, Decoration.Bold);
    public static readonly Style Warning = new(Color.Black, Color.Yellow, Decoration.Bold);
    public static readonly Style Critical = new(Color.White, Color.Red, Decoration.Bold);
    public static readonly Style WarningText = new(Color.Yellow);
    public static readonly Style CriticalText = new(Color.Red, decoration: Decoration.Bold);
    public static readonly Style Bold = new(decoration: Decoration.Bold);
    public static readonly Style Quiet = new(Color.Grey);

    /// <summary>The badge of a state.</summary>
    public static Style Badge(string health) => health == AlarmList.Critical ? Critical : health == AlarmList.Warning ? Warning : Good;

    /// <summary>The text of an alarm.</summary>
    public static Style Of(string severity) => severity == AlarmList.Critical ? CriticalText : WarningText;
}
