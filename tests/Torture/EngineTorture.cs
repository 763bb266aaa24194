using System.Diagnostics;
using MarketMaker.Tests.Torture.Faults;
using MarketMaker.Tests.Torture.Processes;
using MarketMaker.Tests.Torture.Wire;

namespace MarketMaker.Tests.Torture;

/// <summary>Lives and deaths of the engine during one day of the venue.</summary>
internal sealed class EngineTorture(Programs programs, OrderProxy proxy, KillCount kills, List<double> restartMs, Action check)
{
    private const int TradingWaitMs = 60_000;
    private const int PointWaitMs = 1_500;
    private const int CutWaitMs = 1_500;
    private const double NsPerMs = 1e6;

    private volatile bool _mustDie;

    // When the last one died; 0: it was not killed.
    private long _diedNs;

    /// <summary>Starts it, breaks what the plan says, and lets it die.</summary>
    /// <exception cref="TortureFailedException">It did not trade, or ended by itself.</exception>
    public void Live(LifePlan plan, Action killOthers)
    {
        proxy.BeginLife();
        using Child engine = programs.StartEngine(plan);
        if (plan.IsBeforeTrading) WaitFor(() => engine.HasExited, plan.KillAfterMs);
        else if (BeginTrading(engine)) Suffer(engine, plan);
        if (engine.HasExited) OnOwnEnd(engine, plan);
        else
        {
            if (plan.WithShipper) killOthers();
            engine.Kill();
            kills.AddEngine(_mustDie ? "WithPrimary" : plan.IsBeforeTrading ? "RandomBeforeTrading" : plan.PauseMs > 0 ? "RandomAfterPause" : plan.Cuts.Count > 0 ? "RandomAfterCut" : "Random");
        }

        _mustDie = false;
        _diedNs = Stopwatch.GetTimestamp();
    }

    /// <summary>The present one dies as soon as it trades. Any thread.</summary>
    public void KillNow() => _mustDie = true;

    /// <summary>Starts one that shall live: for the end of the day.</summary>
    public Child StartForGood()
    {
        proxy.BeginLife();
        Child engine = programs.StartEngine(null);
        if (BeginTrading(engine)) return engine;
        throw engine.Failure($"ended by itself with {engine.Status}");
    }

    /// <returns>False when it died before its first order.</returns>
    private bool BeginTrading(Child engine)
    {
        bool isTrading = WaitFor(() => proxy.FirstOrderNs != 0 || engine.HasExited, TradingWaitMs);
        if (!isTrading) throw engine.Failure($"sent no order within {TradingWaitMs / 1000} s of its start");
        if (proxy.FirstOrderNs == 0) return false;
        if (_diedNs != 0) restartMs.Add((proxy.FirstOrderNs - _diedNs) / NsPerMs);
        _diedNs = 0;
        return true;
    }

    private void Suffer(Child engine, LifePlan plan)
    {
        foreach (Cut cut in plan.Cuts)
        {
            proxy.Arm(cut);
            // A packet of that kind may not come; then the cut is still to be made in a later life.
            if (!WaitFor(() => !proxy.IsArmed || engine.HasExited, CutWaitMs)) break;
            long orders = proxy.Orders;
            bool goesOn = WaitFor(() => proxy.Orders > orders + 1 || engine.HasExited, TradingWaitMs);
            if (!goesOn) throw engine.Failure($"sent no order within {TradingWaitMs / 1000} s of the cut {cut}");
        }

        if (plan.PauseMs > 0 && !engine.HasExited)
        {
            engine.Signal(Child.Pause);
            WaitFor(() => false, plan.PauseMs);
            engine.Signal(Child.Continue);
        }

        WaitFor(() => engine.HasExited || _mustDie, plan.Point is null ? plan.KillAfterMs : PointWaitMs);
    }

    private void OnOwnEnd(Child engine, LifePlan plan)
    {
        if (plan.Point is null || engine.Status != Child.KilledStatus) throw engine.Failure($"ended by itself with {engine.Status}");
        kills.AddEngine(plan.Point.Value.ToString());
    }

    private bool WaitFor(Func<bool> condition, int timeoutMs)
    {
        long deadline = Environment.TickCount64 + timeoutMs;
        while (!condition())
        {
            check();
            if (Environment.TickCount64 >= deadline) return false;
            Thread.Sleep(1);
        }

        return true;
    }
}
