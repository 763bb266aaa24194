namespace MarketMaker.Venue.Prices;

/// <summary>The fair prices as the price service sees them. Any thread.</summary>
public interface IPriceBoard
{
    /// <summary>The names, by ticker number. They do not change.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>The price now in 1/10,000 dollar; 0 while there is none.</summary>
    int Price(int ticker);
}
