using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Platform.Rings;
using MarketMaker.Protocols.Verdicts;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Volatility;

/// <summary>Says every verdict that has changed: a log line, and a line of the CSV file where one is wanted. On the main thread.</summary>
internal sealed class ChangeLog : IDisposable
{
    private const string Header = "wall_ns,ticker,level,reasons,sigma_centi_bp,baseline_centi_bp,open,price";
    private const int AtOnce = 1_024;

    private readonly EventPoller<VerdictChange> _changes;
    private readonly Universe _universe;
    private readonly ILogger _logger;
    private readonly StreamWriter? _file;

    /// <exception cref="IOException">The file cannot be written.</exception>
    public ChangeLog(EventPoller<VerdictChange> changes, Universe universe, string path, ILogger logger)
    {
        (_changes, _universe, _logger) = (changes, universe, logger);
        if (path.Length == 0) return;
        bool isNew = !File.Exists(path) || new FileInfo(path).Length == 0;
        _file = new StreamWriter(path, append: true) { NewLine = "\n" };
        if (isNew) _file.WriteLine(Header);
        _file.Flush();
    }

    public void Drain()
    {
        long last = _changes.AvailableThrough(AtOnce);
        if (last < _changes.Next) return;
        for (long sequence = _changes.Next; sequence <= last; sequence++) Say(_changes[sequence]);
        _changes.Advance(last);
        _file?.Flush();
    }

    public void Dispose() => _file?.Dispose();

    private void Say(in VerdictChange change)
    {
        Symbol ticker = _universe[change.Ticker];
        _file?.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"{change.WallNs},{ticker},{change.Level},{change.Reasons.ToString().Replace(", ", "+", StringComparison.Ordinal)},{change.SigmaCentiBp},{change.BaselineCentiBp},{change.OpenPrice},{change.LastPrice}"));
        // At a start every ticker comes from no data to calm.
        LogLevel level = change.Level == VerdictLevel.Calm || change.Reasons == VerdictReasons.NoData ? LogLevel.Debug : LogLevel.Warning;
        (double sigma, double baseline) = (change.SigmaCentiBp / 100.0, change.BaselineCentiBp / 100.0);
        (decimal price, decimal open) = ((decimal)change.LastPrice / Money.UnitsPerDollar, (decimal)change.OpenPrice / Money.UnitsPerDollar);
        _logger.ZLog(level, $"{ticker} {change.Level} ({change.Reasons}): sigma {sigma:F2} bp/sqrt(s), usual {baseline:F2}, price {price:F4}, open {open:F4}");
    }
}
