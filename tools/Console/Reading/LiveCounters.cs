using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Reading;

/// <summary>The counter file of an engine that runs or ran; follows it to the next file when the engine is started again.</summary>
internal sealed class LiveCounters(string path) : ICounterSource
{
    private CounterFile? _file;
    private long _fileTicks;

    public bool IsRecorded => false;

    public bool TryTake(CounterImage image)
    {
        Follow();
        if (_file is null) return false;
        SystemClock clock = new();
        _file.CopyTo(image);
        (image.TakenNs, image.TakenWallNs) = (clock.MonotonicNs, clock.WallClockNs);
        return true;
    }

    public void Dispose() => _file?.Dispose();

    // A new engine renames a new file into place; the one that is mapped then belongs to the past.
    private void Follow()
    {
        FileInfo now = new(path);
        if (!now.Exists) return;
        if (_file is not null && (HasWriter(_file) || now.CreationTimeUtc.Ticks == _fileTicks)) return;
        CounterFile fresh = CounterFile.OpenRead(path);
        _file?.Dispose();
        (_file, _fileTicks) = (fresh, now.CreationTimeUtc.Ticks);
    }

    private static bool HasWriter(CounterFile file) => file.Header.Writer.IsRunning;
}
