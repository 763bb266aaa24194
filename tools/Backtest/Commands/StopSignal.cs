using System.Runtime.InteropServices;

namespace MarketMaker.Backtest.Commands;

/// <summary>SIGINT and SIGTERM as a token: the work ends at the next look and keeps what is done.</summary>
internal sealed class StopSignal : IDisposable
{
    private readonly CancellationTokenSource _source = new();
    private readonly PosixSignalRegistration[] _registrations;

    public StopSignal() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

    public CancellationToken Token => _source.Token;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
        _source.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        // The second one is left to end the process.
        context.Cancel = !_source.IsCancellationRequested;
        _source.Cancel();
    }
}
