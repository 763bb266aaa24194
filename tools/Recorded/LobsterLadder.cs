using System.Globalization;
using MarketMaker.Contracts;

namespace MarketMaker.Recorded;

/// <summary>
/// The best levels of both sides, kept from LOBSTER's messages alone and compared with LOBSTER's own order-book file after every event.
/// </summary>
/// <remarks>
/// The files know nothing of what lies below the last level. So a level that is pushed out is forgotten, and when one disappears, the level that
/// comes in at the bottom is taken from the order-book file: that level, and no other figure, is believed unseen.
/// </remarks>
public sealed class LobsterLadder
{
    private readonly BookSide _buy = new(Side.Buy);
    private readonly BookSide _sell = new(Side.Sell);
    private readonly int _levels;

    /// <summary>Starts from one row of the order-book file.</summary>
    public LobsterLadder(string row)
    {
        List<(int Price, long Shares)>[] sides = Parse(row);
        _levels = row.Split(',').Length / 4;
        foreach ((int price, long shares) in sides[0]) _sell.TryChange(price, shares);
        foreach ((int price, long shares) in sides[1]) _buy.TryChange(price, shares);
    }

    /// <summary>Levels that were taken from the order-book file because they came in at the bottom.</summary>
    public int TakenFromFile { get; private set; }

    /// <summary>Applies one event and compares with the row of the order-book file that follows it.</summary>
    /// <returns>Null when they agree, else what does not.</returns>
    public string? Apply(in RecordedChange change, string row)
    {
        BookSide side = change.Side == Side.Buy ? _buy : _sell;
        long shares = change.Kind switch
        {
            RecordedKind.Added => change.Shares,
            RecordedKind.Cancelled or RecordedKind.Executed or RecordedKind.Deleted => -change.Shares,
            _ => 0,
        };
        if (!side.TryChange(change.Price, shares)) return $"{change}: more shares than the level at {change.Price} has ({side.SharesAt(change.Price)})";
        List<(int Price, long Shares)>[] expected = Parse(row);
        return Compare(_sell, Side.Sell, expected[0]) ?? Compare(_buy, Side.Buy, expected[1]);
    }

    private string? Compare(BookSide ours, Side side, List<(int Price, long Shares)> theirs)
    {
        while (ours.Count > _levels) ours.Remove(ours.Worst);
        if (ours.Count == theirs.Count - 1)
        {
            (int price, long shares) = theirs[^1];
            bool isBelow = ours.Count == 0 || (side == Side.Buy ? price < ours.Worst : price > ours.Worst);
            if (isBelow && ours.TryChange(price, shares)) TakenFromFile++;
        }

        return ours.Levels.SequenceEqual(theirs) ? null
            : $"{side}: ours {string.Join(' ', ours.Levels)}, LOBSTER's {string.Join(' ', theirs)}";
    }

    /// <summary>Sellers' levels and buyers' levels, best first; what the file fills empty levels with is left out.</summary>
    private static List<(int Price, long Shares)>[] Parse(string row)
    {
        string[] columns = row.Split(',');
        List<(int Price, long Shares)>[] sides = [[], []];
        for (int i = 0; i + 1 < columns.Length; i += 2)
        {
            long shares = long.Parse(columns[i + 1], CultureInfo.InvariantCulture);
            if (shares > 0) sides[i / 2 % 2].Add((int.Parse(columns[i], CultureInfo.InvariantCulture), shares));
        }

        return sides;
    }
}
