using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Reading;

/// <summary>The last images of one engine, for rates and for latencies of the last seconds. Forgets all when another engine writes or time goes back.</summary>
internal sealed class ImageHistory(ICounterSource source, int imagesMax)
{
    private readonly List<CounterImage> _images = [];
    private readonly Stack<CounterImage> _spare = new();

    /// <summary>The image taken last; null before the first.</summary>
    public CounterImage? Latest => _images.Count == 0 ? null : _images[^1];

    /// <summary>Whether the images are of a recording.</summary>
    public bool IsRecorded => source.IsRecorded;

    /// <summary>The newest image that is at least so old, else the oldest; null when there is only one.</summary>
    public CounterImage? Before(long ageNs)
    {
        if (_images.Count < 2) return null;
        long latestNs = _images[^1].TakenNs;
        for (int i = _images.Count - 2; i > 0; i--)
        {
            if (latestNs - _images[i].TakenNs >= ageNs) return _images[i];
        }

        return _images[0];
    }

    /// <summary>Takes one more.</summary>
    /// <returns>False while there is none.</returns>
    /// <exception cref="InvalidDataException">The file is of another version or none of ours.</exception>
    public bool TryTake()
    {
        CounterImage image = _spare.TryPop(out CounterImage? spare) ? spare : new CounterImage();
        if (!source.TryTake(image))
        {
            _spare.Push(image);
            return false;
        }

        if (Latest is { } latest && (latest.Header.Writer != image.Header.Writer || image.TakenNs < latest.TakenNs)) Forget(_images.Count);
        if (_images.Count == imagesMax) Forget(1);
        _images.Add(image);
        return true;
    }

    private void Forget(int count)
    {
        for (int i = 0; i < count; i++) _spare.Push(_images[i]);
        _images.RemoveRange(0, count);
    }
}
