namespace MarketMaker.Protocols.Ouch50;

/// <summary>System event codes.</summary>
public static class OuchEventCode
{
    /// <summary>Start of day.</summary>
    public const byte StartOfDay = (byte)'S';

    /// <summary>End of day.</summary>
    public const byte EndOfDay = (byte)'E';
}
