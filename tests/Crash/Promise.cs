using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Journal;

namespace MarketMaker.Tests.Crash;

/// <summary>What the journal held when a commit returned: from then on it may not be less, nor ever something in between.</summary>
internal readonly record struct Promise(long Records, long Cash, string Session, long BookedThrough, long ReplayFrom, long IdsLeft)
{
    internal static Promise Of(JournalStore store) => new(store.Recovered.Transactions, store.Recovered.Cash, $"{store.Recovered.Session}",
        store.Recovered.BookedThrough, store.Recovered.ReplayFrom, store.IdsLeft);

    internal Promise After(ReadOnlySpan<ResponseEvent> events, long cash)
    {
        ref readonly ResponseEvent last = ref events[^1];
        long bookings = 0;
        foreach (ref readonly ResponseEvent response in events)
        {
            if (response.Kind is ResponseKind.Executed or ResponseKind.Broken) bookings++;
        }

        return new Promise(Records + bookings, cash, $"{last.Session}", last.VenueSequence, last.ReplayFrom, IdsLeft - bookings);
    }

    internal string ToLine() => string.Create(CultureInfo.InvariantCulture, $"{Records} {Cash} {Session} {BookedThrough} {ReplayFrom} {IdsLeft}\n");

    internal static Promise Parse(string line)
    {
        string[] fields = line.Split(' ', StringSplitOptions.TrimEntries);
        return new Promise(Number(fields[0]), Number(fields[1]), fields[2], Number(fields[3]), Number(fields[4]), Number(fields[5]));
    }

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
