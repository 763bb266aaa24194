using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Host.Configuration;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Host;

/// <summary><c>marketmaker health</c>: whether the engine of an INI file runs and trades, for scripts.</summary>
internal static class HealthCommand
{
    /// <summary>It runs, and nothing is sent: a person or the engine halted it. An upgrade leaves that so.</summary>
    public const int HaltedStatus = 4;

    private const int Healthy = 0;
    private const int Sick = 1;
    private const int PollMs = 20;

    /// <summary>Looks until it is well or the time is up.</summary>
    /// <param name="config">Names the counter file.</param>
    /// <param name="wait">How long to look for at most; zero: once.</param>
    /// <returns>0 trading, 4 halted, 1 anything else.</returns>
    public static int Run(EngineConfig config, TimeSpan wait)
    {
        long deadline = Environment.TickCount64 + (long)wait.TotalMilliseconds;
        while (true)
        {
            (int status, string sentence) = Look(config.CountersPath);
            if (status != Sick || Environment.TickCount64 >= deadline)
            {
                (status == Sick ? Console.Error : Console.Out).WriteLine($"marketmaker: {sentence}");
                return status;
            }

            Thread.Sleep(PollMs);
        }
    }

    private static (int Status, string Sentence) Look(string path)
    {
        try
        {
            if (!File.Exists(path)) return (Sick, $"no engine has run here: there is no {path}");
            using CounterFile counters = CounterFile.OpenRead(path);
            // The file of one that was killed stays behind.
            if (!IsRunning(counters.ProcessId)) return (Sick, $"no engine runs: process {counters.ProcessId} of {path} is over");
            EngineState state = (EngineState)counters.Read(Counter.HostState);
            return (state switch
            {
                EngineState.Trading or EngineState.SellingOnly => Healthy,
                EngineState.Halted => HaltedStatus,
                _ => Sick,
            }, $"the engine, process {counters.ProcessId}, is {state}");
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException or InvalidDataException)
        {
            return (Sick, $"{path} cannot be read: {cause.Message}");
        }
    }

    private static bool IsRunning(int processId)
    {
        try
        {
            using Process process = Process.GetProcessById(processId);
            return !process.HasExited;
        }
        catch (ArgumentException)
        {
            return false;
        }
    }
}
