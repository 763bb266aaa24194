using System.Text;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Tests.Specs.Protocols.MoldUdp64;

/// <summary>A receiver with hand-made packets put into it; message n says its own number.</summary>
internal sealed class MoldLine(MoldReceiverOptions? options = null)
{
    public const string SessionName = "SESSION001";

    public MoldReceiver Receiver { get; } = new(options ?? new MoldReceiverOptions());

    /// <summary>What was delivered, in the order it was: "5", or "5r" when recovered.</summary>
    public List<string> Delivered { get; } = [];

    public string DeliveredText => string.Join(" ", Delivered);

    public static MoldSession Session(string name = SessionName) =>
        MoldSession.TryParse(name, out MoldSession session) ? session : throw new FormatException(name);

    public static byte[] Packet(ulong first, int count, string session = SessionName)
    {
        MoldPacketBuilder builder = new(Session(session), firstSequence: first);
        for (int i = 0; i < count; i++) builder.TryAdd(Encoding.ASCII.GetBytes($"{first + (ulong)i}"));
        return builder.Finish().ToArray();
    }

    public static byte[] Heartbeat(ulong next) => new MoldPacketBuilder(Session(), firstSequence: next).Heartbeat().ToArray();

    public static byte[] EndOfSession(ulong next) => new MoldPacketBuilder(Session(), firstSequence: next).EndOfSession().ToArray();

    public MoldReceiveResult Receive(ulong first, int count, long nowNs = 0) => Receive(Packet(first, count), nowNs);

    public MoldReceiveResult Receive(byte[] packet, long nowNs = 0)
    {
        Recorder recorder = new(Delivered);
        return Receiver.Receive(packet, nowNs, ref recorder);
    }

    public string Requests(long nowNs)
    {
        List<string> requests = [];
        while (Receiver.TryNextRequest(nowNs, out MoldHeader request)) requests.Add($"{request.SequenceNumber}+{request.MessageCount}");
        return string.Join(" ", requests);
    }

    private readonly struct Recorder(List<string> delivered) : IMoldMessageHandler
    {
        public void OnMessage(ulong sequence, ReadOnlySpan<byte> message, bool isRecovered)
        {
            Assert.Equal(sequence.ToString(), Encoding.ASCII.GetString(message));
            delivered.Add(isRecovered ? $"{sequence}r" : $"{sequence}");
        }
    }
}
