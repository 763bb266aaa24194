using System.Runtime.InteropServices;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Prices;
using MarketMaker.Prices.Verdicts;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>The denylist file: read at start, where it must be good, and again on SIGHUP, where a malformed one changes nothing.</summary>
/// <remarks>Belongs to the main thread; the signal only raises a flag.</remarks>
internal sealed class DenylistReload : IDisposable
{
    private readonly string _path;
    private readonly UniverseSlice _slice;
    private readonly Universe _universe;
    private readonly CounterFile _counters;
    private readonly ILogger _logger;
    private readonly PosixSignalRegistration _registration;
    private volatile bool _isAsked;

    /// <exception cref="EngineStartException">The file is missing or malformed; the message names the remedy.</exception>
    public DenylistReload(string path, UniverseSlice slice, Universe universe, CounterFile counters, ILogger logger)
    {
        (_path, _slice, _universe, _counters, _logger) = (path, slice, universe, counters, logger);
        First = Read(out string error) ?? throw new EngineStartException(error);
        _registration = PosixSignalRegistration.Create(PosixSignal.SIGHUP, context =>
        {
            // Without this the signal would end the process.
            context.Cancel = true;
            _isAsked = true;
        });
    }

    /// <summary>The list to begin with.</summary>
    public DenylistFile First { get; }

    /// <summary>Reads the file again if that was asked for.</summary>
    /// <returns>The new list; null when nobody asked, or when the old one holds.</returns>
    public DenylistFile? TryReload()
    {
        if (!_isAsked) return null;
        _isAsked = false;
        DenylistFile? list = Read(out string error);
        _counters.Set(Counter.HostDenylistMalformed, list is null ? 1 : 0);
        if (list is null) _logger.ZLogError($"the denylist was not taken, the one before still holds: {error}; correct it and send SIGHUP again");
        return list;
    }

    public void Dispose() => _registration.Dispose();

    private DenylistFile? Read(out string error)
    {
        error = "";
        if (_path.Length == 0) return DenylistFile.Empty;
        DenylistFile? list = DenylistFile.Read(_path, _universe, out error);
        // One list may serve all nodes: what another one trades is not missing here.
        Symbol[] missing = list is null ? [] : [.. list.Unknown.Where(_slice.Contains)];
        if (missing.Length > 0)
            _logger.ZLogWarning($"the denylist {_path} names {missing.Length} tickers that are not traded today, such as {missing[0]}: are they written right?");
        return list;
    }
}
