using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Feed;

/// <summary>The settings of the late start: where the directory and the trading states come from.</summary>
public sealed record SnapshotOptions
{
    /// <summary>User name at the snapshot server, at most 6 characters. Default blank.</summary>
    public string Username { get; init; } = "";

    /// <summary>Password there, at most 10 characters. Default blank.</summary>
    public string Password { get; init; } = "";

    /// <summary>Ms for the whole of it, retries included. 100 to 300,000; default 10,000: past that the start has failed.</summary>
    public int TimeoutMs { get; init; } = 10_000;

    /// <summary>Ms from a lost or refused connection to the next attempt. 10 to 10,000; default 200.</summary>
    public int RetryMs { get; init; } = 200;

    /// <summary>Everything wrong with the settings, one sentence each that opens with the property's name; none when all is well.</summary>
    public IReadOnlyList<string> Problems()
    {
        List<string> problems = [];
        if (Username.Length > SoupBinLoginRequest.UsernameBytes) problems.Add($"{nameof(Username)} is longer than 6 characters");
        if (Password.Length > SoupBinLoginRequest.PasswordBytes) problems.Add($"{nameof(Password)} is longer than 10 characters");
        if (TimeoutMs is < 100 or > 300_000) problems.Add($"{nameof(TimeoutMs)} is {TimeoutMs}; 100 to 300000");
        if (RetryMs is < 10 or > 10_000) problems.Add($"{nameof(RetryMs)} is {RetryMs}; 10 to 10000");
        return problems;
    }
}
