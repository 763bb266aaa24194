namespace MarketMaker.Platform.Logging;

/// <summary>Where whole lines of a log go. Never throws, and never waits long: what cannot be written is given up.</summary>
public interface ILineOutput : IDisposable
{
    /// <summary>Writes some whole lines, at most <see cref="LineStream.ChunkBytes"/>.</summary>
    /// <returns>False when they are lost.</returns>
    bool TryWrite(ReadOnlySpan<byte> lines);
}
