namespace MarketMaker.Protocols.Ouch50;

/// <summary>What an Accepted or Replaced order is.</summary>
public static class OuchOrderState
{
    /// <summary>It is in the book, or executes next.</summary>
    public const byte Live = (byte)'L';

    /// <summary>It was accepted and canceled at once; nothing more follows.</summary>
    public const byte Dead = (byte)'D';
}
