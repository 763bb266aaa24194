using System.CommandLine;
using System.Diagnostics;
using System.Runtime.InteropServices;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.OperatorConsole.Recording;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Commands;

/// <summary><c>mm-console record</c>: keeps what the counters said, to be looked at later.</summary>
internal static class RecordCommand
{
    private const long MebiByte = 1L << 20;

    public static Command Create(Func<ParseResult, Func<ConsoleSettings, int>, int> run)
    {
        Argument<string> file = new("FILE") { Description = "The recording; it must not exist." };
        Option<int> every = new("--every-ms") { Description = "Between two images, 100 to 60,000.", DefaultValueFactory = _ => 1000 };
        Option<int> limit = new("--limit-mib") { Description = "The recording ends when it is so long; a day of 5,000 tickers is some 300.", DefaultValueFactory = _ => 1024 };
        Option<double> seconds = new("--seconds") { Description = "It ends after so long; 0: when it is stopped.", DefaultValueFactory = _ => 0 };
        Command command = new("record", "Records the counters into a file, for --recording. Follows the engine over its restarts.") { file, every, limit, seconds };
        command.SetAction(parsed => run(parsed, settings => Record(
            settings, parsed.GetRequiredValue(file), TimeSpan.FromMilliseconds(Math.Clamp(parsed.GetValue(every), 100, 60_000)),
            Math.Max(1, parsed.GetValue(limit)) * MebiByte, parsed.GetValue(seconds))));
        return command;
    }

    private static int Record(ConsoleSettings settings, string file, TimeSpan every, long bytesMax, double seconds)
    {
        if (settings.Counters is null) throw new FormatException("a recording cannot be recorded: name --config or --counters");
        using ICounterSource source = settings.Open();
        using RecordingWriter writer = new(file);
        using ManualResetEventSlim stop = new();
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => { context.Cancel = true; stop.Set(); });
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, context => { context.Cancel = true; stop.Set(); });
        CounterImage image = new();
        long began = Stopwatch.GetTimestamp();
        string ending = "stopped";
        do
        {
            if (source.TryTake(image)) writer.Add(image);
            if (writer.Bytes >= bytesMax) ending = "its limit is reached";
            else if (seconds > 0 && Stopwatch.GetElapsedTime(began).TotalSeconds >= seconds) ending = "its time is over";
            else continue;
            break;
        }
        while (!stop.Wait(every));

        System.Console.WriteLine($"{file}: {writer.Frames:N0} images, {writer.Bytes:N0} bytes; {ending}");
        return 0;
    }
}
