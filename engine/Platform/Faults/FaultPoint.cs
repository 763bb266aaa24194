using System.Diagnostics;

namespace MarketMaker.Platform.Faults;

/// <summary>A place where a test can let the process die. In the shipped programs there is nothing of it: the calls are not compiled.</summary>
public static class FaultPoint
{
    /// <summary>Passes the place, unless this is the pass the process was told to die at.</summary>
    /// <remarks>Calls exist only in builds with <c>-p:FaultPoints=true</c>, as <c>./build.sh torture</c> makes them.</remarks>
    [Conditional("FAULT_POINTS")]
    public static void Hit(FaultPointName name)
    {
#if FAULT_POINTS
        FaultPlan.OfThisProcess?.Hit(name);
#endif
    }
}
