namespace MarketMaker.Protocols.PriceService;

/// <summary>Why the body of a price was refused.</summary>
public enum PriceBodyError : byte
{
    /// <summary>Not refused.</summary>
    None = 0,

    /// <summary>Not one JSON object of plain keys and values, or bytes follow it.</summary>
    Malformed,

    /// <summary>A key that is none of price, time and ticker.</summary>
    UnknownKey,

    /// <summary>A key comes twice.</summary>
    DuplicateKey,

    /// <summary>One of price, time and ticker is missing.</summary>
    MissingKey,

    /// <summary>The price is no plain JSON number: a string, NaN, a leading zero or a comma.</summary>
    PriceNotANumber,

    /// <summary>The price has an exponent; no honest price needs one.</summary>
    PriceExponent,

    /// <summary>The price is negative or zero.</summary>
    PriceNotPositive,

    /// <summary>The price has digits beyond 1/10,000 dollar that are not zero.</summary>
    PriceTooPrecise,

    /// <summary>The price is above <see cref="Contracts.Money.PriceMax"/>.</summary>
    PriceTooHigh,

    /// <summary>The time is no plain integer.</summary>
    TimeNotAnInteger,

    /// <summary>The time is not between the years 2000 and 2100: not seconds since 1970.</summary>
    TimeOutOfRange,

    /// <summary>The ticker is another one, or not a plain string.</summary>
    WrongTicker,
}
