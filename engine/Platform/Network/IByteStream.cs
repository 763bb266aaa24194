namespace MarketMaker.Platform.Network;

/// <summary>Where a stream connection stands.</summary>
public enum StreamState
{
    /// <summary>Not connected; <see cref="IByteStream.BeginConnect"/> starts an attempt.</summary>
    Closed,

    /// <summary>An attempt is under way.</summary>
    Connecting,

    /// <summary>Bytes may flow.</summary>
    Connected,
}

/// <summary>A byte stream that never waits: TCP, or memory in a simulation. Belongs to one thread.</summary>
/// <remarks>Used as a struct or sealed type parameter, so a call is direct. No member throws for what the peer does.</remarks>
public interface IByteStream
{
    /// <summary>Polls an attempt under way and says where the connection stands.</summary>
    StreamState State { get; }

    /// <summary>errno of the last failure; 0 after an orderly end.</summary>
    int LastError { get; }

    /// <summary>Starts to connect; what was open is closed first.</summary>
    void BeginConnect();

    /// <summary>Reads what is there.</summary>
    /// <returns>Bytes read; 0 when nothing is there; -1 when the connection ended, and then it is closed.</returns>
    int Receive(Span<byte> buffer);

    /// <summary>Writes what fits.</summary>
    /// <returns>Bytes taken; 0 when the socket is full; -1 when the connection broke, and then it is closed.</returns>
    int Send(ReadOnlySpan<byte> bytes);

    /// <summary>Closes; nothing happens when it is closed already.</summary>
    void Close();
}
