using MarketMaker.Platform.Files;
using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>Disk blocks taken ahead of what the journal uses, so that no other program can take the room of the answers in flight.</summary>
/// <remarks>
/// Taken in chunks behind the data file's last used page, from its beginning the first time, so that no hole is left before it.
/// Belongs to the journal's thread; allocates nothing.
/// </remarks>
internal sealed class DiskReserve
{
    private readonly LmdbEnvironment _environment;
    private readonly long _reserveBytes;
    private readonly long _chunkBytes;
    private readonly int _descriptor;
    private long _takenThrough;

    internal DiskReserve(LmdbEnvironment environment, long reserveBytes)
    {
        (_environment, _reserveBytes) = (environment, reserveBytes);
        _chunkBytes = Math.Max(reserveBytes / 4, JournalOptions.MebiByte / 4);
        _descriptor = environment.DataDescriptor;
        Extend();
    }

    /// <summary>Whether the file system takes blocks ahead at all; without, only its free bytes say how full it is.</summary>
    internal bool IsSupported { get; private set; } = true;

    /// <summary>Blocks that are the journal's alone and not used yet, in bytes.</summary>
    internal long LeftBytes => Math.Max(0, _takenThrough - _environment.UsedBytes);

    /// <summary>Whether the disk gave nothing the last time.</summary>
    internal bool IsRefused { get; private set; }

    /// <summary>Whether less than the reserve is left because the disk gave no more.</summary>
    internal bool IsShort => IsSupported && LeftBytes < _reserveBytes && _takenThrough < _environment.MapBytes;

    /// <summary>Whether half of the last chunk is used up: the next is asked for before the reserve itself is touched.</summary>
    internal bool IsDue => IsSupported && LeftBytes < _reserveBytes + _chunkBytes / 2 && _takenThrough < _environment.MapBytes;

    /// <summary>Takes the next chunk, or at least what the reserve lacks.</summary>
    internal void Extend()
    {
        long usedBytes = _environment.UsedBytes;
        IsRefused = !TryTake(usedBytes + _reserveBytes + _chunkBytes) && IsSupported && !TryTake(usedBytes + _reserveBytes);
    }

    private bool TryTake(long through)
    {
        through = Math.Min(through, _environment.MapBytes);
        if (through <= _takenThrough) return true;
        PreallocationResult result = Preallocation.Take(_descriptor, _takenThrough, through - _takenThrough);
        if (result == PreallocationResult.Done) _takenThrough = through;
        if (result == PreallocationResult.NotSupported) IsSupported = false;
        return result == PreallocationResult.Done;
    }
}
