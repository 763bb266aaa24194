namespace MarketMaker.Protocols.Ouch50;

/// <summary>Capacity letters.</summary>
public static class OuchCapacity
{
    /// <summary>Agency.</summary>
    public const byte Agency = (byte)'A';

    /// <summary>Principal: for our own account.</summary>
    public const byte Principal = (byte)'P';

    /// <summary>Riskless principal.</summary>
    public const byte Riskless = (byte)'R';

    /// <summary>Other.</summary>
    public const byte Other = (byte)'O';
}
