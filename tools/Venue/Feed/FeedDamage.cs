using MarketMaker.Market;

namespace MarketMaker.Venue.Feed;

/// <summary>How a line is damaged: chances per packet, 0 to 1.</summary>
/// <param name="Loss">The packet is not sent.</param>
/// <param name="Duplicate">The packet is sent twice.</param>
/// <param name="Reorder">The packet is sent after one to four later ones.</param>
/// <param name="Seed">Seed of the choices.</param>
public readonly record struct FeedDamage(double Loss, double Duplicate, double Reorder, ulong Seed)
{
    /// <summary>Whether anything is damaged at all.</summary>
    public bool IsNone => Loss <= 0 && Duplicate <= 0 && Reorder <= 0;
}

/// <summary>A line that loses, doubles and reorders packets by seed. Re-requests and orders are not damaged.</summary>
public sealed class DamagedFeedLine : IFeedLine
{
    private const int DelayPacketsMax = 4;
    private const int PacketBytesMax = 2_048;

    private readonly IFeedLine _line;
    private readonly uint _loss;
    private readonly uint _duplicate;
    private readonly uint _reorder;
    private readonly byte[] _held = new byte[PacketBytesMax];
    private int _heldBytes;
    private int _heldFor;
    private MarketRandom _random;

    /// <summary>Damages a line; each line of a feed gets a stream of choices of its own.</summary>
    public DamagedFeedLine(IFeedLine line, FeedDamage damage, ulong stream)
    {
        _line = line;
        _loss = MarketRandom.Threshold(damage.Loss);
        _duplicate = MarketRandom.Threshold(damage.Duplicate);
        _reorder = MarketRandom.Threshold(damage.Reorder);
        _random = new MarketRandom(damage.Seed, stream);
    }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> packet)
    {
        if (_random.Chance(_loss)) return;
        if (_heldBytes == 0 && _random.Chance(_reorder))
        {
            packet.CopyTo(_held);
            _heldBytes = packet.Length;
            _heldFor = 1 + _random.Below(DelayPacketsMax);
            return;
        }

        _line.Send(packet);
        if (_random.Chance(_duplicate)) _line.Send(packet);
        if (_heldBytes == 0 || --_heldFor > 0) return;
        _line.Send(_held.AsSpan(0, _heldBytes));
        _heldBytes = 0;
    }

    /// <inheritdoc/>
    public void Flush() => _line.Flush();
}
