namespace MarketMaker.Contracts;

/// <summary>What is wrong with a message of the venue. The first three are trades that could not be booked.</summary>
public enum QuarantineReason : byte
{
    /// <summary>Nothing.</summary>
    None = 0,

    /// <summary>Executed for an order that nobody knows. Not booked.</summary>
    ExecutionOfUnknownOrder = 1,

    /// <summary>Executed with shares or a price beyond what an order can have. Not booked.</summary>
    ExecutionOutOfRange = 2,

    /// <summary>A broken trade of an execution that nobody knows. Not booked.</summary>
    BreakOfUnknownExecution = 3,

    /// <summary>Executed with a match number that was seen before. Not booked again.</summary>
    ExecutionRepeated = 4,

    /// <summary>Executed at a worse price than the order's limit. Booked as the venue says.</summary>
    ExecutionAtWorsePrice = 5,

    /// <summary>Executed for more shares than were open. Booked as the venue says.</summary>
    ExecutionOfTooMuch = 6,

    /// <summary>Accepted on other terms than were sent.</summary>
    AcceptedOnOtherTerms = 7,

    /// <summary>Accepted a second time.</summary>
    AcceptedAgain = 8,

    /// <summary>Accepted for an order that nobody knows, or that cannot be taken up.</summary>
    AcceptedUnknownOrder = 9,

    /// <summary>Canceled for an order that nobody knows.</summary>
    CanceledUnknownOrder = 10,

    /// <summary>Canceled for more shares than were open.</summary>
    CanceledTooMuch = 11,

    /// <summary>Rejected for an order that nobody knows, or that was accepted.</summary>
    RejectedUnknownOrder = 12,

    /// <summary>A message of an unknown type or a wrong length; its number is all that is known of it.</summary>
    Malformed = 13,
}

/// <summary>What a reason says about money.</summary>
public static class QuarantineReasons
{
    /// <summary>Whether the venue tells of a trade that is not in the books: cash and positions differ from the venue's until a person has acted.</summary>
    public static bool IsTradeNotBooked(this QuarantineReason reason) =>
        reason is QuarantineReason.ExecutionOfUnknownOrder or QuarantineReason.ExecutionOutOfRange or QuarantineReason.BreakOfUnknownExecution;
}
