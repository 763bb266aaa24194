namespace MarketMaker.Shipper;

/// <summary>What a failure says, in one line.</summary>
internal static class Causes
{
    /// <summary>The outermost message, and what lies at the bottom of it: one reason for each host that was tried.</summary>
    public static string Of(Exception failure)
    {
        string[] reasons = [.. Bottom(failure).Select(FirstLine).Distinct()];
        return reasons is [var only] && only == FirstLine(failure) ? only : $"{FirstLine(failure)} ({string.Join("; ", reasons)})";
    }

    private static IEnumerable<Exception> Bottom(Exception failure) => failure switch
    {
        AggregateException several => several.InnerExceptions.SelectMany(Bottom),
        { InnerException: { } inner } => Bottom(inner),
        _ => [failure],
    };

    private static string FirstLine(Exception failure) => failure.Message.Split('\n')[0].TrimEnd('.', '\r');
}
