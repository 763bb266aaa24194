using System.Text.Json;
using MarketMaker.OperatorConsole.Figures;
using MarketMaker.OperatorConsole.Metrics;
using MarketMaker.OperatorConsole.Printing;
using MarketMaker.OperatorConsole.Reading;

namespace MarketMaker.OperatorConsole.Serving;

/// <summary>Takes an image each second and keeps ten minutes of charts; answers from what it took. Any thread may ask.</summary>
/// <remarks>However many ask, the engine's file is read once a second.</remarks>
internal sealed class Sampler : IDisposable
{
    private const int PointsMax = 600;
    private const int ImagesMax = 12;
    private static readonly TimeSpan Period = TimeSpan.FromSeconds(1);

    private readonly Lock _lock = new();
    private readonly ConsoleSettings _settings;
    private readonly ImageHistory _history;
    private readonly List<ChartPoint> _points = [];
    private readonly ManualResetEventSlim _stop = new();
    private readonly Thread _thread;
    private EngineFigures? _figures;
    private string? _problem;
    private long _taken;

    /// <summary>Begins.</summary>
    public Sampler(ConsoleSettings settings, ICounterSource source)
    {
        (_settings, _history) = (settings, new ImageHistory(source, ImagesMax));
        Take();
        _thread = new Thread(Run) { Name = "Sampler", IsBackground = true };
        _thread.Start();
    }

    /// <summary>All metrics, as of the last image.</summary>
    public string Metrics()
    {
        lock (_lock) return PrometheusText.Write(_history, _figures);
    }

    /// <summary>The figures and the points from a number on, as JSON.</summary>
    public byte[] Data(long from)
    {
        lock (_lock)
        {
            long first = _taken - _points.Count;
            IReadOnlyList<ChartPoint> points = from < first || from > _taken ? _points : _points[(int)(from - first)..];
            return JsonSerializer.SerializeToUtf8Bytes(new PageData(_figures, _problem, _taken, points), FiguresJson.Default.PageData);
        }
    }

    public void Dispose()
    {
        _stop.Set();
        _thread.Join();
        _stop.Dispose();
    }

    private void Run()
    {
        while (!_stop.Wait(Period)) Take();
    }

    private void Take()
    {
        lock (_lock)
        {
            try
            {
                if (!_history.TryTake())
                {
                    (_figures, _problem) = (null, $"{_settings.Counters}: there is no such counter file yet");
                    return;
                }

                _figures = FiguresBuilder.Of(_history, ShipperNote.TryRead(_settings.StatusFile, DateTimeOffset.UtcNow));
                _problem = null;
            }
            catch (Exception failure) when (failure is IOException or InvalidDataException or UnauthorizedAccessException)
            {
                // Such as an engine of another version that was started meanwhile: said to whoever asks, until it is mended.
                (_figures, _problem) = (null, failure.Message);
                return;
            }

            if (_points.Count == PointsMax) _points.RemoveAt(0);
            _points.Add(ChartPoint.Of(_figures));
            _taken++;
        }
    }
}
