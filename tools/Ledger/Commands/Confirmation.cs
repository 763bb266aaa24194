namespace MarketMaker.Ledger.Commands;

/// <summary>Asks a person before the journal is changed.</summary>
internal static class Confirmation
{
    /// <summary>Whether to go on: <c>--yes</c> was given, or a person at the keyboard types it.</summary>
    public static bool Ask(bool isGiven, TextReader answers, TextWriter question)
    {
        if (isGiven) return true;
        question.Write("Book this? Type yes to go on: ");
        question.Flush();
        if (answers.ReadLine() is "yes") return true;
        question.WriteLine("nothing was changed (without a keyboard, give --yes)");
        return false;
    }
}
