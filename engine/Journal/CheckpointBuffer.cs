using System.IO.Hashing;
using MarketMaker.Contracts;
using MarketMaker.Platform;
using MarketMaker.Platform.Memory;

namespace MarketMaker.Journal;

/// <summary>Puts a checkpoint together in memory that is taken once.</summary>
internal sealed class CheckpointBuffer(int positionsMax)
{
    private readonly byte[] _bytes = new byte[CheckpointHeader.SizeBytes + (positionsMax * CheckpointPosition.SizeBytes)];
    private int _positions;

    /// <summary>Begins anew.</summary>
    internal void Clear() => _positions = 0;

    /// <summary>Adds a position; one of no shares says nothing and is left out.</summary>
    internal void Add(Symbol symbol, long shares)
    {
        if (shares == 0) return;
        Invariant.Check(_positions < positionsMax, "a checkpoint has room for every ticker the journal knows");
        CheckpointPosition row = new() { Symbol = symbol, Shares = shares };
        StructBytes.Of(ref row).CopyTo(_bytes.AsSpan(CheckpointHeader.SizeBytes + (_positions++ * CheckpointPosition.SizeBytes)));
    }

    /// <summary>Completes it with its head.</summary>
    /// <returns>What is put into the journal; valid until the next <see cref="Clear"/>.</returns>
    internal ReadOnlySpan<byte> Seal(ref CheckpointHeader header)
    {
        Span<byte> whole = _bytes.AsSpan(0, CheckpointHeader.SizeBytes + (_positions * CheckpointPosition.SizeBytes));
        (header.Version, header.Positions, header.Checksum) = (CheckpointHeader.CurrentVersion, _positions, 0);
        StructBytes.Of(ref header).CopyTo(whole);
        header.Checksum = XxHash3.HashToUInt64(whole[sizeof(ulong)..]);
        StructBytes.Of(ref header).CopyTo(whole);
        return whole;
    }
}
