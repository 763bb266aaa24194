using System.Runtime.InteropServices;

namespace MarketMaker.Host;

/// <summary>SIGINT and SIGTERM ask for an orderly stop; the second one is left to end the process.</summary>
internal sealed class StopSignals : IDisposable
{
    private readonly PosixSignalRegistration[] _registrations;
    private volatile bool _isStopping;

    public StopSignals() =>
        _registrations = [PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal), PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal)];

    public bool IsStopping => _isStopping;

    public void Dispose()
    {
        foreach (PosixSignalRegistration registration in _registrations) registration.Dispose();
    }

    private void OnSignal(PosixSignalContext context)
    {
        context.Cancel = !_isStopping;
        _isStopping = true;
    }
}
