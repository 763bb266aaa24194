namespace MarketMaker.Protocols.Ouch50;

/// <summary>Display letters.</summary>
public static class OuchDisplay
{
    /// <summary>Visible.</summary>
    public const byte Visible = (byte)'Y';

    /// <summary>Hidden.</summary>
    public const byte Hidden = (byte)'N';

    /// <summary>Visible with the firm's name.</summary>
    public const byte Attributable = (byte)'A';

    /// <summary>Conformant; only in answers.</summary>
    public const byte Conformant = (byte)'Z';
}
