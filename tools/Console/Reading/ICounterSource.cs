using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Reading;

/// <summary>Where images of an engine's counters come from: a living engine's file, or a recording.</summary>
internal interface ICounterSource : IDisposable
{
    /// <summary>Whether it is a recording.</summary>
    bool IsRecorded { get; }

    /// <summary>Takes an image of now.</summary>
    /// <returns>False while there is none: no engine has made the file yet.</returns>
    /// <exception cref="InvalidDataException">There is a file, and it is of another version or none of ours.</exception>
    bool TryTake(CounterImage image);
}
