using System.Runtime.InteropServices;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.OperatorConsole.Recording;
using Spectre.Console;
using Spectre.Console.Rendering;

namespace MarketMaker.OperatorConsole.Watching;

/// <summary>Draws the screen as often as told and after each key, until q or a signal.</summary>
internal sealed class WatchLoop(ConsoleSettings settings, ICounterSource source, int everyMs)
{
    private const int KeyPollMs = 25;
    private const int LatencyWindowMs = 10_000;
    private const int WidthMin = 80, HeightMin = 24;

    private readonly ImageHistory _history = new(source, LatencyWindowMs / everyMs + 2);
    private readonly ScreenState _state = new();
    private volatile bool _stopping;

    /// <summary>Runs until it is told to end.</summary>
    /// <returns>The exit status.</returns>
    public int Run()
    {
        using PosixSignalRegistration interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using PosixSignalRegistration terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        AnsiConsole.AlternateScreen(() => AnsiConsole.Live(new Text("")).AutoClear(true).Overflow(VerticalOverflow.Crop).Start(Loop));
        return 0;
    }

    private void Stop(PosixSignalContext context)
    {
        context.Cancel = true;
        _stopping = true;
    }

    private void Loop(LiveDisplayContext display)
    {
        ScreenKeys keys = new(_state, source as RecordingPlayer, settings.ControlFile is { } control ? new KillSwitch(control) : null);
        long nextMs = 0;
        (int, int) size = default;
        while (!_stopping)
        {
            bool isKey = System.Console.KeyAvailable;
            if (isKey && !keys.Press(System.Console.ReadKey(intercept: true))) return;
            (int Width, int Height) now = (System.Console.WindowWidth, System.Console.WindowHeight);
            if (!isKey && now == size && Environment.TickCount64 < nextMs)
            {
                Thread.Sleep(KeyPollMs);
                continue;
            }

            if (isKey && keys.HasJumped || Environment.TickCount64 >= nextMs && !_state.IsPaused) nextMs = Environment.TickCount64 + everyMs;
            AnsiConsole.Profile.Width = now.Width;
            AnsiConsole.Profile.Height = now.Height;
            if (now != size) System.Console.Clear();
            size = now;
            display.UpdateTarget(Draw(now.Width, now.Height, mayTake: !_state.IsPaused || keys.HasJumped));
            keys.HasJumped = false;
        }
    }

    private IRenderable Draw(int width, int height, bool mayTake)
    {
        if (width < WidthMin || height < HeightMin) return new Text($"{width} by {height} is too small: make the terminal {WidthMin} by {HeightMin}");
        try
        {
            // One line less than the terminal has: the cursor rests on the last.
            if (mayTake && !_history.TryTake()) return Screen.Draw($"{settings.Counters}: there is no such counter file", _state, width, height - 1);
            return Screen.Draw(FiguresBuilder.Of(_history, ShipperNote.TryRead(settings.StatusFile, DateTimeOffset.UtcNow)), _state, width, height - 1);
        }
        catch (Exception failure) when (failure is InvalidDataException or IOException)
        {
            return Screen.Draw(failure.Message, _state, width, height - 1);
        }
    }
}
