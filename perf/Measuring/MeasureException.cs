namespace MarketMaker.Measuring;

/// <summary>A measurement that cannot be taken here; the message names the remedy.</summary>
internal sealed class MeasureException(string message) : Exception(message);
