namespace MarketMaker.Protocols.Itch50;

/// <summary>The checked way in and out of every message.</summary>
public static class ItchCodec
{
    /// <summary>Takes a message apart when it opens with the right letter and has exactly the right length.</summary>
    public static bool TryRead<T>(ReadOnlySpan<byte> message, out T value)
        where T : struct, IItchMessage<T>
    {
        if (message.Length != T.Length || message[0] != (byte)T.Type)
        {
            value = default;
            return false;
        }

        value = T.Read(message);
        return true;
    }

    /// <summary>Puts a message together.</summary>
    /// <returns>Bytes written; 0 when <paramref name="destination"/> is too short.</returns>
    public static int TryWrite<T>(in T value, Span<byte> destination)
        where T : struct, IItchMessage<T>
    {
        if (destination.Length < T.Length) return 0;
        value.Write(destination);
        return T.Length;
    }
}
