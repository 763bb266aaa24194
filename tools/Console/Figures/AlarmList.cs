using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Reading;
using MarketMaker.Platform.Counters;

namespace MarketMaker.OperatorConsole.Figures;

/// <summary>What is wrong: the engine's own alarms, the shipper's, and what only somebody beside them can see. All by the names of the one list.</summary>
internal static class AlarmList
{
    public const string Critical = "critical";
    public const string Warning = "warning";

    private const double RingFullPercent = 80;
    private const double ThreadWaitPercent = 5;
    private const double StalePercent = 5;
    private const double ShipperSilentSeconds = 10;

    /// <summary>Every id there is.</summary>
    public static readonly string[] Ids = [.. Alarms.All.Select(alarm => alarm.Id)];

    /// <summary>Judges an image.</summary>
    public static List<RaisedAlarm> Of(CounterImage now, EngineLife life, List<RingFigures> rings, List<StageFigures> stages, ShipperNote? shipper)
    {
        List<RaisedAlarm> alarms = [];
        Life(alarms, now, life);
        // Of an engine that was stopped in order the rest is past; of one that broke it is what to look at.
        if (life != EngineLife.Stopped) Engine(alarms, now);
        if (life is EngineLife.Alive or EngineLife.Silent) Beside(alarms, now, rings, stages);
        if (shipper is not null) Shipper(alarms, shipper);
        // Stable: within a severity the order above, which is the order in which to look.
        return [.. alarms.OrderBy(alarm => alarm.Severity == Critical ? 0 : 1)];
    }

    private static void Life(List<RaisedAlarm> alarms, CounterImage now, EngineLife life)
    {
        string ago = Texts.Duration(EngineLifeJudge.HeartbeatAgeNs(now) / 1e9);
        if (life == EngineLife.Died) Add(alarms, Alarm.EngineDead, $"its process {now.Header.Writer.Id} is gone without a word, last heartbeat {ago} ago");
        if (life == EngineLife.Silent) Add(alarms, Alarm.EngineSilent, $"no heartbeat for {ago}, its process is there");
        if (life == EngineLife.Stopped) Add(alarms, Alarm.EngineStopped, $"it was stopped in order, {ago} ago");
    }

    // The engine raises and clears them itself; a slot says since when.
    private static void Engine(List<RaisedAlarm> alarms, CounterImage now)
    {
        for (Alarm alarm = 0; alarm < Alarm.Count; alarm++)
        {
            long sinceNs = now.Read(Counter.AlarmSince + (int)alarm);
            if (sinceNs > 0) Add(alarms, alarm, $"{alarm.Describe().Meaning}, for {Texts.Duration(Math.Max(0, now.TakenWallNs - sinceNs) / 1e9)}");
        }
    }

    private static void Beside(List<RaisedAlarm> alarms, CounterImage now, List<RingFigures> rings, List<StageFigures> stages)
    {
        long priced = now.Read(Counter.PricesTickersPriced), stale = now.Read(Counter.PriceAgesStaleTickers);
        if (priced > 0 && 100.0 * stale / priced >= StalePercent)
            Add(alarms, Alarm.PricesStale, $"{stale:N0} of {priced:N0} prices too old, the oldest {Texts.Duration(now.Read(Counter.PriceAgesOldestMs) / 1e3)}");
        foreach (RingFigures ring in rings.Where(ring => ring.RecentPercent >= RingFullPercent)) Add(alarms, Alarm.RingFull, $"ring {ring.Name} was {ring.RecentPercent:0} % full");
        StageFigures? waiting = stages.Where(stage => stage.Core >= 0).MaxBy(stage => stage.WaitPercent);
        if (waiting is { WaitPercent: >= ThreadWaitPercent }) Add(alarms, Alarm.ThreadWaits, $"{waiting.Name}'s thread waits for its core {waiting.WaitPercent:0} % of the time");
    }

    private static void Shipper(List<RaisedAlarm> alarms, ShipperNote shipper)
    {
        if (shipper.AgeSeconds > ShipperSilentSeconds) Add(alarms, Alarm.ShipperSilent, $"the shipper's status file is {Texts.Duration(shipper.AgeSeconds)} old");
        foreach (string said in shipper.Alarms)
        {
            // ID: text, by the same list; one of a newer shipper is told all the same.
            string id = said.Split(':')[0];
            AlarmDescription? known = Alarms.All.FirstOrDefault(alarm => alarm.Id == id);
            alarms.Add(known is null ? new RaisedAlarm("shipper-status", Critical, said) : new RaisedAlarm(id, Word(known.Severity), said[Math.Min(said.Length, id.Length + 1)..].Trim()));
        }
    }

    private static void Add(List<RaisedAlarm> alarms, Alarm alarm, FormattableString text) =>
        alarms.Add(new RaisedAlarm(alarm.Describe().Id, Word(alarm.Describe().Severity), text.ToString(CultureInfo.InvariantCulture)));

    private static string Word(AlarmSeverity severity) => severity == AlarmSeverity.Critical ? Critical : Warning;
}
