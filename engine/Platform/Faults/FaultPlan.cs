#if FAULT_POINTS
using System.Globalization;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Platform.Faults;

/// <summary>What the environment says this process shall die of: <c>MARKETMAKER_FAULT=NAME:COUNT</c>, or <c>NAME:COUNT:stop</c> to be stopped.</summary>
internal sealed class FaultPlan
{
    private const string Variable = "MARKETMAKER_FAULT";
    private const int Stop = 19;

    private readonly FaultPointName _name;
    private readonly int _signal;
    private int _passesLeft;

    private FaultPlan(string text)
    {
        string[] parts = text.Split(':');
        bool isReadable = parts.Length is 2 or 3
            && Enum.TryParse(parts[0].Replace("-", "", StringComparison.Ordinal), ignoreCase: true, out _name)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out _passesLeft) && _passesLeft > 0
            && (parts.Length == 2 || parts[2] == "stop");
        // A plan that names nothing would be a test that tests nothing.
        if (!isReadable) throw new InvalidOperationException($"{Variable}={text} is not NAME:COUNT or NAME:COUNT:stop, with a name of {string.Join(", ", Enum.GetNames<FaultPointName>())}");
        _signal = parts.Length == 3 ? Stop : ProcessSignal.Kill;
    }

    /// <summary>Null: none.</summary>
    public static FaultPlan? OfThisProcess { get; } = Environment.GetEnvironmentVariable(Variable) is { Length: > 0 } text ? new FaultPlan(text) : null;

    public void Hit(FaultPointName name)
    {
        if (name == _name && Interlocked.Decrement(ref _passesLeft) == 0) ProcessSignal.Send(Environment.ProcessId, _signal);
    }
}
#endif
