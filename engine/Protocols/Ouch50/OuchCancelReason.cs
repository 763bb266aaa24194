namespace MarketMaker.Protocols.Ouch50;

/// <summary>Why shares were canceled.</summary>
public static class OuchCancelReason
{
    /// <summary>Regulatory restriction.</summary>
    public const byte Regulatory = (byte)'D';

    /// <summary>Closed.</summary>
    public const byte Closed = (byte)'E';

    /// <summary>Post-only order would slide.</summary>
    public const byte PostOnlyWouldSlide = (byte)'F';

    /// <summary>Post-only order would slide, second form.</summary>
    public const byte PostOnlyWouldSlideDisplayed = (byte)'G';

    /// <summary>Halted.</summary>
    public const byte Halted = (byte)'H';

    /// <summary>Immediate-or-cancel: nothing left to trade with.</summary>
    public const byte ImmediateOrCancel = (byte)'I';

    /// <summary>Market collars.</summary>
    public const byte Collars = (byte)'K';

    /// <summary>Self-match prevention.</summary>
    public const byte SelfMatchPrevention = (byte)'Q';

    /// <summary>By the venue's supervision.</summary>
    public const byte Supervisory = (byte)'S';

    /// <summary>Its time ran out.</summary>
    public const byte Timeout = (byte)'T';

    /// <summary>Asked for by the client.</summary>
    public const byte User = (byte)'U';

    /// <summary>Open protection.</summary>
    public const byte OpenProtection = (byte)'X';

    /// <summary>By the system.</summary>
    public const byte System = (byte)'Z';

    /// <summary>Direct-listing excess.</summary>
    public const byte DirectListingExcess = (byte)'e';
}
