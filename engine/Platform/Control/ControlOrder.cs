using System.Globalization;
using System.Text;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Platform.Control;

/// <summary>The durable half of the kill switch: a short text that people can read, and that a start obeys.</summary>
/// <remarks>
/// The first line is one word: <c>halt</c>, <c>reduce</c> or <c>resume</c>. Then come comments (<c>#</c>) and lines <c>key: value</c>
/// with the keys causes, reason, by and at; all may be missing, so <c>echo halt > FILE</c> writes a good one. A cause <c>reduce</c> means
/// that only sales are sent once the halt is lifted. A text that is anything else stops all sends (<see cref="StopReasons.ControlFile"/>).
/// </remarks>
/// <param name="Stops">What it stops.</param>
public sealed record ControlOrder(GateWord Stops)
{
    /// <summary>A longer text is none of ours.</summary>
    public const int BytesMax = 4096;

    /// <summary>A person's reason may be so long.</summary>
    public const int ReasonLettersMax = 500;

    private const string Halt = "halt", Reduce = "reduce", Resume = "resume";
    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    /// <summary>Why, in the words of who gave it; empty when nobody said.</summary>
    public string Reason { get; init; } = "";

    /// <summary>Who gave it: user, process. Empty when it was written by hand.</summary>
    public string By { get; init; } = "";

    /// <summary>When it was given.</summary>
    public DateTime At { get; init; }

    /// <summary>What it comes to: the word on its first line.</summary>
    public string Word => !Stops.MaySend ? Halt : !Stops.MayBuy ? Reduce : Resume;

    /// <summary>Reads a text.</summary>
    /// <param name="content">The whole file.</param>
    /// <param name="error">What is wrong with it, when the result is null.</param>
    public static ControlOrder? Parse(ReadOnlySpan<byte> content, out string error)
    {
        error = content.Length > BytesMax ? $"it is longer than {BytesMax} bytes" : "";
        if (error.Length > 0) return null;
        string text;
        try
        {
            text = Strict.GetString(content);
        }
        catch (DecoderFallbackException)
        {
            error = "it is no text";
            return null;
        }

        string[] lines = text.Split('\n');
        StopReasons sends = StopReasons.None, buys = StopReasons.None;
        switch (lines[0].Trim())
        {
            case Halt: sends = StopReasons.Person; break;
            case Reduce: buys = StopReasons.Person; break;
            case Resume: break;
            default: error = "its first line is not halt, reduce or resume"; return null;
        }

        Dictionary<string, string> said = new() { ["causes"] = "", ["reason"] = "", ["by"] = "", ["at"] = "" };
        for (int i = 1; i < lines.Length; i++)
        {
            string line = lines[i].Trim();
            if (line.Length == 0 || line[0] == '#') continue;
            int colon = Math.Max(0, line.IndexOf(':', StringComparison.Ordinal));
            if (said.ContainsKey(line[..colon]))
            {
                said[line[..colon]] = line[(colon + 1)..].Trim();
                continue;
            }

            error = $"line {i + 1} is not one of 'causes: ...', 'reason: ...', 'by: ...', 'at: ...'";
            return null;
        }

        if (!TryReadCauses(said["causes"], lines[0].Trim(), ref sends, ref buys)) error = $"there is no such cause as '{said["causes"]}'";
        DateTime at = default;
        if (said["at"].Length > 0 && !DateTime.TryParse(said["at"], CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal | DateTimeStyles.AssumeUniversal, out at))
            error = $"'{said["at"]}' is no time";
        return error.Length > 0 ? null : new ControlOrder(new GateWord(sends, buys)) { Reason = said["reason"], By = said["by"], At = at };
    }

    /// <summary>The text, as it is written to the file.</summary>
    public byte[] Format()
    {
        StringBuilder text = new();
        text.Append(Word).Append('\n')
            .Append("# The kill switch of one engine. The first line is halt, reduce (only sales) or resume; 'marketmaker halt|reduce|resume' writes\n")
            .Append("# it. A word written by hand can stop the engine; only 'marketmaker resume' starts it again. Anything else halts.\n");
        string causes = string.Join(", ", new[] { Stops.Sends.ToText(), Stops.Buys != StopReasons.None ? Reduce : "" }.Where(part => part.Length > 0));
        if (causes.Length > 0) text.Append("causes: ").Append(causes).Append('\n');
        if (Reason.Length > 0) text.Append("reason: ").Append(OneLine(Reason)).Append('\n');
        text.Append("by: ").Append(OneLine(By)).Append('\n').Append("at: ").Append(At.ToString("O", CultureInfo.InvariantCulture)).Append('\n');
        return Strict.GetBytes(text.ToString());
    }

    /// <summary>Text on one line, and not longer than a reason may be: control letters become spaces.</summary>
    public static string OneLine(string text)
    {
        string line = new([.. text.Select(letter => char.IsControl(letter) || char.IsSurrogate(letter) ? ' ' : letter)]);
        return line.Length > ReasonLettersMax ? line[..ReasonLettersMax] : line;
    }

    // The causes replace what the word alone would mean: a halt may be a breaker's and no person's.
    private static bool TryReadCauses(string value, string word, ref StopReasons sends, ref StopReasons buys)
    {
        (StopReasons namedSends, StopReasons namedBuys) = (StopReasons.None, StopReasons.None);
        foreach (string cause in value.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries))
        {
            if (cause == Reduce) namedBuys |= StopReasons.Person;
            else if (StopReasonsExtensions.TryParse(cause, out StopReasons reason) && (reason & StopReasonsExtensions.Latched) != 0) namedSends |= reason;
            else return false;
        }

        // Whoever wrote 'halt' over an older text wants a halt, whatever the causes below it say.
        if (word == Halt && namedSends == StopReasons.None) namedSends = StopReasons.Person;
        (sends, buys) = (namedSends, word == Reduce ? namedBuys | StopReasons.Person : namedBuys);
        return true;
    }
}
