using Spectre.Console;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>One line of the screen, built piece by piece to an exact width; what is too long is cut, so that a line never wraps.</summary>
internal sealed class ScreenText
{
    private readonly List<(string Text, Style Style)> _pieces = [];

    /// <summary>Characters so far.</summary>
    public int Width { get; private set; }

    /// <summary>Adds text as it is.</summary>
    public ScreenText Add(string text, Style? style = null)
    {
        _pieces.Add((text, style ?? Style.Plain));
        Width += text.Length;
        return this;
    }

    /// <summary>Adds a column, text to the left.</summary>
    public ScreenText Left(string text, int width, Style? style = null) => Add(Cut(text, width).PadRight(width), style);

    /// <summary>Adds a column, text to the right.</summary>
    public ScreenText Right(string text, int width, Style? style = null) => Add(Cut(text, width).PadLeft(width), style);

    /// <summary>Fills up to a column.</summary>
    public ScreenText To(int column) => column > Width ? Add(new string(' ', column - Width)) : this;

    /// <summary>The line as Spectre draws it, cut at a width.</summary>
    public Paragraph Line(int width)
    {
        Paragraph line = new();
        // A line of nothing would be no line.
        if (_pieces.Count == 0) line.Append(" ");
        int left = width;
        foreach ((string text, Style style) in _pieces)
        {
            if (left <= 0) break;
            line.Append(text.Length <= left ? text : text[..left], style);
            left -= text.Length;
        }

        return line;
    }

    private static string Cut(string text, int width) => text.Length <= width ? text : width < 2 ? text[..width] : text[..(width - 1)] + "…";
}
