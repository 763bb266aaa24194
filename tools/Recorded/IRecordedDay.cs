namespace MarketMaker.Recorded;

/// <summary>A recorded day of a market, read change by change, whatever its file format.</summary>
public interface IRecordedDay : IDisposable
{
    /// <summary>Names of the tickers seen so far, by index.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Messages decoded so far.</summary>
    long Messages { get; }

    /// <summary>Messages that could not be decoded.</summary>
    long Undecoded { get; }

    /// <summary>Bytes of a message that the end of the file cuts off; known at the end.</summary>
    int TornBytes { get; }

    /// <summary>Takes the next change; false at the end.</summary>
    /// <exception cref="IOException">The file cannot be read.</exception>
    bool TryNext(out RecordedChange change);
}
