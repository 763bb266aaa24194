namespace MarketMaker.Contracts;

/// <summary>What an Adjustment is for: the letters of <see cref="JournalRecord.ReasonCode"/>.</summary>
public static class AdjustmentReason
{
    /// <summary>Cash or shares that were there before the journal.</summary>
    public const byte Opening = (byte)'O';

    /// <summary>Cash or shares brought in.</summary>
    public const byte Deposit = (byte)'D';

    /// <summary>Cash or shares taken out.</summary>
    public const byte Withdrawal = (byte)'W';

    /// <summary>An error put right.</summary>
    public const byte Correction = (byte)'C';

    /// <summary>Whether the letter is one of the above.</summary>
    public static bool IsKnown(byte letter) => letter is Opening or Deposit or Withdrawal or Correction;
}
