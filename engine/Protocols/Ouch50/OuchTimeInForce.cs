namespace MarketMaker.Protocols.Ouch50;

/// <summary>Time in force letters.</summary>
public static class OuchTimeInForce
{
    /// <summary>Until the end of market hours.</summary>
    public const byte Day = (byte)'0';

    /// <summary>What does not trade at once is canceled.</summary>
    public const byte ImmediateOrCancel = (byte)'3';

    /// <summary>GTX: extended hours.</summary>
    public const byte Extended = (byte)'5';

    /// <summary>GTT: needs the tag ExpireTime.</summary>
    public const byte GoodTillTime = (byte)'6';

    /// <summary>After hours.</summary>
    public const byte AfterHours = (byte)'E';
}
