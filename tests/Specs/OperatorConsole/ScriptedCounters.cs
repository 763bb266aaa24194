using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Specs.OperatorConsole;

/// <summary>An engine that a test plays: it writes counters, time passes when the test says so, and an image is taken.</summary>
internal sealed class ScriptedCounters : ICounterSource
{
    public const long Second = 1_000_000_000;

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public ScriptedCounters(params string[] tickers)
    {
        File = CounterFile.Create(_path, new CounterWriter("TEST", 0xABC, 0, NowNs));
        if (tickers.Length > 0)
        {
            Universe.TryCreate([.. tickers.Select(Symbol.Parse)], out Universe? universe, out _);
            File.SetTickers(universe!);
        }

        History = new ImageHistory(this, 32);
        File.Set(Counter.HostState, (long)EngineState.Trading);
        File.Set(Counter.ExecutionState, (long)ExecutionState.Live);
        Beat();
    }

    public CounterFile File { get; }

    public ImageHistory History { get; }

    public long NowNs { get; set; } = 1_000 * Second;

    public bool IsRecorded { get; init; }

    public void Beat()
    {
        File.Set(Counter.HostHeartbeatNs, NowNs);
        File.Set(Counter.HostHeartbeatWallNs, NowNs);
    }

    public bool TryTake(CounterImage image)
    {
        File.CopyTo(image);
        (image.TakenNs, image.TakenWallNs) = (NowNs, NowNs);
        return true;
    }

    /// <summary>Takes an image now and one after a second in which something happens; gives the figures of the second.</summary>
    public EngineFigures After(Action happens, ShipperNote? shipper = null)
    {
        History.TryTake();
        NowNs += Second;
        happens();
        Beat();
        History.TryTake();
        return FiguresBuilder.Of(History, shipper);
    }

    public EngineFigures Figures(ShipperNote? shipper = null) => After(() => { }, shipper);

    public void Dispose()
    {
        File.Dispose();
        System.IO.File.Delete(_path);
    }
}
