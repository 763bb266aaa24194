using System.Diagnostics;

namespace MarketMaker.Tests.Crash;

/// <summary>This test program started again with a verb; every wait has an end.</summary>
internal static class Child
{
    private static readonly TimeSpan TimeMax = TimeSpan.FromMinutes(30);

    /// <returns>Exit status (128 + signal when it was killed) and what it said.</returns>
    internal static (int Status, string Output) Run(IReadOnlyDictionary<string, string>? environment, params IEnumerable<string> arguments)
    {
        ProcessStartInfo start = new(Environment.ProcessPath is { } path && Path.GetFileName(path) == "dotnet" ? path : "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        start.ArgumentList.Add("exec");
        start.ArgumentList.Add(typeof(Child).Assembly.Location);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        // Compiled twice is time lost for a child that lives a second.
        start.Environment["DOTNET_TieredPGO"] = "0";
        foreach ((string key, string value) in environment ?? new Dictionary<string, string>()) start.Environment[key] = value;
        using Process process = Process.Start(start)!;
        Task<string> error = process.StandardError.ReadToEndAsync();
        string output = process.StandardOutput.ReadToEnd();
        if (!process.WaitForExit(TimeMax)) process.Kill();
        process.WaitForExit();
        return (process.ExitCode, output + error.Result);
    }
}
