using System.CommandLine;
using MarketMaker.Measuring;
using MarketMaker.Platform.Network;
using MarketMaker.Speed.InMemory;
using MarketMaker.Speed.Itch;
using MarketMaker.Speed.Latency;
using MarketMaker.Speed.Launch;
using MarketMaker.Speed.Records;
using MarketMaker.Speed.Rings;

// ./build.sh latency, compare and the verbs of measure that are about speed. Published ahead of time like the engine: what is measured is what runs.
// Exit status 0: measured and held, 1: not held or could not measure, 2: mistake in the command line.
RootCommand root = new("Speed of the engine against the machine's limits, in the same run.")
{
    AllocationCommand.Create(),
    CompareCommand.Create(),
    EngineCommand.Create(),
    ItchCommand.Create(),
    LatencyCommand.Create(),
    LaunchCommand.Create(),
    RingsCommand.Create(),
};

ParseResult parsed = root.Parse(args);
if (parsed.Errors.Count > 0)
{
    foreach (var error in parsed.Errors) Console.Error.WriteLine($"mm-speed: {error.Message}");
    Console.Error.WriteLine("mm-speed: see --help");
    return 2;
}

try
{
    // An interrupted run stops what it started, and lets go on what it has suspended.
    return await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false, ProcessTerminationTimeout = TimeSpan.FromSeconds(30) });
}
catch (OperationCanceledException)
{
    Console.Error.WriteLine("mm-speed: interrupted");
    return 1;
}
catch (Exception cause) when (cause is MeasureException or SocketSetupException or IOException or InvalidDataException or UnauthorizedAccessException)
{
    Console.Error.WriteLine($"mm-speed: {cause.Message}");
    return 1;
}
