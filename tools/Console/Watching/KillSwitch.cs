using MarketMaker.Platform.Control;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>What the keyboard may command: the same as <c>marketmaker halt</c> and <c>reduce</c>, by the same files. To go on takes the command line, and a reason.</summary>
internal sealed class KillSwitch(string controlFile)
{
    private const string Reason = "from the console";

    /// <summary>The words it knows.</summary>
    public const string Words = "halt or reduce";

    /// <summary>Carries out a word that was typed.</summary>
    /// <returns>What became of it, for people.</returns>
    public string Command(string word)
    {
        try
        {
            ControlPanel panel = new(controlFile);
            return word switch
            {
                "halt" => panel.Halt(Reason).Text,
                "reduce" => panel.Reduce(Reason).Text,
                _ => $"'{word}' is not {Words}: nothing was changed",
            };
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException)
        {
            return $"nothing was changed: {failure.Message}";
        }
    }
}
