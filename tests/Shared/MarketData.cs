namespace MarketMaker.Tests.Shared;

/// <summary>
/// Finds the recorded market data: the folder named by MARKETMAKER_DATA, else the first <c>shared/data</c> beside or above the
/// repository. The data may not be handed on, so it is not in the repository.
/// </summary>
internal static class MarketData
{
    public const string Aapl = "nasdaq-itch50-20200130-aapl-first10k.itch";
    public const string Opening = "nasdaq-itch50-2019-opening-spin-1MiB.itch.gz";
    public const string LobsterMessages = "lobster-AAPL-20120621-level10-first999-message.csv";
    public const string LobsterBook = "lobster-AAPL-20120621-level10-first999-orderbook.csv";
    public const string LobsterHalfHour = "lobster-AAPL-20120621-0930-1000-message50.csv.gz";

    /// <summary>The file's path; skips the test where there is none.</summary>
    public static string PathOrSkip(string file)
    {
        string? folder = Folder();
        Skip.If(folder is null, "no market data: set MARKETMAKER_DATA to the folder that holds it");
        string path = Path.Combine(folder, file);
        Skip.IfNot(File.Exists(path), $"no market data: {path} is missing");
        return path;
    }

    private static string? Folder()
    {
        string? named = Environment.GetEnvironmentVariable("MARKETMAKER_DATA");
        if (!string.IsNullOrEmpty(named)) return named;
        for (DirectoryInfo? up = new(AppContext.BaseDirectory); up is not null; up = up.Parent)
        {
            string candidate = Path.Combine(up.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        return null;
    }
}
