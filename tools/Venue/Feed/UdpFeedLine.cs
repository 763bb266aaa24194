using MarketMaker.Platform.Network;

namespace MarketMaker.Venue.Feed;

/// <summary>A line over UDP, in batches of one system call. A packet that the socket does not take is lost, as on any line.</summary>
public sealed class UdpFeedLine(UdpSender sender) : IFeedLine
{
    /// <summary>Packets the socket did not take.</summary>
    public long Lost { get; private set; }

    /// <inheritdoc/>
    public void Send(ReadOnlySpan<byte> packet)
    {
        Span<byte> place = sender.NextPacket();
        if (place.IsEmpty)
        {
            Flush();
            place = sender.NextPacket();
        }

        packet.CopyTo(place);
        sender.Commit(packet.Length);
    }

    /// <inheritdoc/>
    public void Flush()
    {
        sender.Flush();
        Lost += sender.Discard();
    }
}
