using System.CommandLine;
using System.Globalization;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Printing;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.OperatorConsole.Recording;

namespace MarketMaker.OperatorConsole.Commands;

/// <summary><c>mm-console print</c>: all figures once, as text or JSON.</summary>
internal static class PrintCommand
{
    private const int NotAlive = 3;

    public static Command Create(Func<ParseResult, Func<ConsoleSettings, int>, int> run)
    {
        Option<bool> json = new("--json") { Description = "As JSON." };
        Option<double> seconds = new("--seconds") { Description = "Rates and latencies are taken over so long, 0 to 60; 0: of the whole run, without rates.", DefaultValueFactory = _ => 1 };
        Option<DateTimeOffset?> at = new("--at")
        {
            Description = "With --recording: the moment, such as 2026-03-04T02:13:00Z; without a zone it is UTC. Default: its end.",
            CustomParser = given => DateTimeOffset.TryParse(given.Tokens[0].Value, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out DateTimeOffset time)
                ? time
                : Refuse(given, $"'{given.Tokens[0].Value}' is no moment: write it as 2026-03-04T02:13:00Z"),
        };
        Command command = new("print", "Prints every figure once. Exit status 3 when the engine is not alive.") { json, seconds, at };
        command.SetAction(parsed => run(parsed, settings => Print(settings, parsed.GetValue(json), Math.Clamp(parsed.GetValue(seconds), 0, 60), parsed.GetValue(at))));
        return command;
    }

    private static DateTimeOffset? Refuse(System.CommandLine.Parsing.ArgumentResult given, string why)
    {
        given.AddError(why);
        return null;
    }

    private static int Print(ConsoleSettings settings, bool asJson, double seconds, DateTimeOffset? at)
    {
        using ICounterSource source = settings.Open();
        ImageHistory history = new(source, 64);
        if (source is RecordingPlayer player) Seek(player, history, at, seconds);
        else if (!history.TryTake()) throw new IOException($"{settings.Counters}: there is no such counter file: has the engine been started? [counters] path names it");
        else if (seconds > 0 && EngineLifeJudge.Of(history.Latest!, isRecorded: false) is EngineLife.Alive)
        {
            Thread.Sleep(TimeSpan.FromSeconds(seconds));
            history.TryTake();
        }

        EngineFigures figures = FiguresBuilder.Of(history, ShipperNote.TryRead(settings.StatusFile, DateTimeOffset.UtcNow));
        if (asJson) System.Console.WriteLine(FiguresJson.Indented(figures));
        else FiguresPage.Write(figures, System.Console.Out);
        return EngineLifeJudge.Of(history.Latest!, history.IsRecorded) == EngineLife.Alive ? 0 : NotAlive;
    }

    private static void Seek(RecordingPlayer player, ImageHistory history, DateTimeOffset? at, double seconds)
    {
        int frame = at is { } moment ? player.FrameAt((moment - DateTimeOffset.UnixEpoch).Ticks * 100) : player.Frames - 1;
        player.Jump(player.FrameAt(player.WallNs(frame) - (long)(seconds * 1e9)));
        history.TryTake();
        player.Jump(frame);
        history.TryTake();
    }
}
