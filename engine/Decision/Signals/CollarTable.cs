using System.Runtime.CompilerServices;

namespace MarketMaker.Decision.Signals;

/// <summary>
/// The plausibility collar: an offer five per cent away is a bargain with a fresh price and a trap with one of ten seconds ago. Who is refused
/// by it asks for a fresh price; the ticker's next offer is judged with that one.
/// </summary>
/// <remarks>Source: strategy document, section 3. Pure; no division.</remarks>
public sealed class CollarTable
{
    private const long PpmOne = 1_000_000;
    private const int AgeClasses = 4;

    private readonly uint _freshAgeMaxUs;
    private readonly uint _recentAgeMaxUs;
    private readonly uint _ageingAgeMaxUs;
    private readonly uint _priceAgeMaxUs;
    private readonly uint _volatilePriceAgeMaxUs;
    private readonly int[] _distanceMaxPpm;

    /// <summary>Lays the table out.</summary>
    /// <exception cref="ArgumentException">The age classes do not follow one another, or a distance is out of range.</exception>
    public CollarTable(CollarOptions options)
    {
        (_freshAgeMaxUs, _recentAgeMaxUs, _ageingAgeMaxUs) = (options.FreshAgeMaxUs, options.RecentAgeMaxUs, options.AgeingAgeMaxUs);
        (_priceAgeMaxUs, _volatilePriceAgeMaxUs) = (options.PriceAgeMaxUs, options.VolatilePriceAgeMaxUs);
        if (_freshAgeMaxUs >= _recentAgeMaxUs || _recentAgeMaxUs >= _ageingAgeMaxUs)
            throw new ArgumentException("The collar's age classes must follow one another: fresh, recent, ageing.", nameof(options));
        _distanceMaxPpm =
        [
            options.FreshPpm, options.RecentPpm, options.AgeingPpm, options.OldPpm,
            options.VolatileFreshPpm, options.VolatileRecentPpm, options.VolatileAgeingPpm, options.VolatileOldPpm,
        ];
        if (_distanceMaxPpm.Any(ppm => ppm is < 0 or > CollarOptions.NeverBeyondPpm))
            throw new ArgumentException($"The collar's distances must lie between 0 and {CollarOptions.NeverBeyondPpm} ppm.", nameof(options));
    }

    /// <summary>Whether a price of this age may be traded on at all.</summary>
    [MethodImpl(MethodImplOptions.AggressiveInlining)]
    public bool IsFreshEnough(uint priceAgeUs, bool isVolatile) => priceAgeUs <= (isVolatile ? _volatilePriceAgeMaxUs : _priceAgeMaxUs);

    /// <summary>Whether an offer is near enough to the fair price to be believed; the border counts as within.</summary>
    /// <param name="price">The offer's, 1 to Money.PriceMax, 1/10,000 dollar.</param>
    /// <param name="fairPrice">1 to Money.PriceMax, 1/10,000 dollar.</param>
    /// <param name="priceAgeUs">Age of the fair price.</param>
    /// <param name="isVolatile">Whether the narrower row holds.</param>
    public bool IsWithin(int price, int fairPrice, uint priceAgeUs, bool isVolatile)
    {
        int ageClass = (priceAgeUs > _freshAgeMaxUs ? 1 : 0) + (priceAgeUs > _recentAgeMaxUs ? 1 : 0) + (priceAgeUs > _ageingAgeMaxUs ? 1 : 0);
        long distanceMaxPpm = _distanceMaxPpm[(isVolatile ? AgeClasses : 0) + ageClass];
        return distanceMaxPpm != 0 && Math.Abs((long)price - fairPrice) * PpmOne <= distanceMaxPpm * fairPrice;
    }
}
