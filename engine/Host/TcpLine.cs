using MarketMaker.Platform.Network;

namespace MarketMaker.Host;

/// <summary>A kernel socket as the struct type parameter that Execution wants, so that its calls are direct: over a class they would be calls of an interface.</summary>
/// <param name="stream">What orders go to and answers come from.</param>
internal readonly struct TcpLine(TcpStream stream) : IByteStream
{
    public StreamState State => stream.State;

    public int LastError => stream.LastError;

    public void BeginConnect() => stream.BeginConnect();

    public int Receive(Span<byte> buffer) => stream.Receive(buffer);

    public int Send(ReadOnlySpan<byte> bytes) => stream.Send(bytes);

    public void Close() => stream.Close();
}
