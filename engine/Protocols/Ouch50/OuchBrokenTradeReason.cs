namespace MarketMaker.Protocols.Ouch50;

/// <summary>Why an execution was broken.</summary>
public static class OuchBrokenTradeReason
{
    /// <summary>Erroneous.</summary>
    public const byte Erroneous = (byte)'E';

    /// <summary>By consent.</summary>
    public const byte Consent = (byte)'C';

    /// <summary>By the venue's supervision.</summary>
    public const byte Supervisory = (byte)'S';

    /// <summary>External.</summary>
    public const byte External = (byte)'X';
}
