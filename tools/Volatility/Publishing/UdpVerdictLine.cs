using MarketMaker.Platform.Network;

namespace MarketMaker.Volatility.Publishing;

/// <summary>A destination over UDP, in batches of one system call. A packet that the socket does not take is lost: engines ask again.</summary>
internal sealed class UdpVerdictLine(UdpSenderOptions options) : IVerdictLine, IDisposable
{
    private readonly UdpSender _sender = new(options);

    public long Lost { get; private set; }

    public void Send(ReadOnlySpan<byte> packet)
    {
        Span<byte> place = _sender.NextPacket();
        if (place.IsEmpty)
        {
            Flush();
            place = _sender.NextPacket();
        }

        packet.CopyTo(place);
        _sender.Commit(packet.Length);
    }

    public void Flush()
    {
        _sender.Flush();
        Lost += _sender.Discard();
    }

    public void Dispose() => _sender.Dispose();
}
