namespace MarketMaker.Protocols.Ouch50;

/// <summary>Cross type letters.</summary>
public static class OuchCrossType
{
    /// <summary>No cross: continuous trading.</summary>
    public const byte Continuous = (byte)'N';

    /// <summary>Opening cross.</summary>
    public const byte Open = (byte)'O';

    /// <summary>Closing cross.</summary>
    public const byte Close = (byte)'C';

    /// <summary>Halt or IPO cross.</summary>
    public const byte HaltOrIpo = (byte)'H';

    /// <summary>Supplemental.</summary>
    public const byte Supplemental = (byte)'S';

    /// <summary>Retail.</summary>
    public const byte Retail = (byte)'R';

    /// <summary>Extended life.</summary>
    public const byte ExtendedLife = (byte)'E';

    /// <summary>After-hours close.</summary>
    public const byte AfterHoursClose = (byte)'A';
}
