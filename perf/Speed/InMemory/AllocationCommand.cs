using System.CommandLine;
using System.Diagnostics;
using MarketMaker.Speed.Records;

namespace MarketMaker.Speed.InMemory;

/// <summary>Proves of the compiled stages that offers cost no byte of the managed heap: it counts, and says so by its exit status.</summary>
internal static class AllocationCommand
{
    private const int Proven = 0, Refuted = 1;
    private const int RoundsPerPart = 100;

    internal static Command Create()
    {
        Option<long> offers = new("--offers") { Description = "Offers to run, a million at least.", DefaultValueFactory = _ => 100_000_000 };
        Option<bool> record = new("--record") { Description = "Add the run to perf/Records." };
        Command command = new("allocation", "0 bytes and 0 collections over 100 million offers, orders and answers included. Exit status 0: proven, 1: refuted.") { offers, record };
        offers.Validators.Add(given => { if (given.GetValue(offers) < 1_000_000) given.AddError("--offers must be 1,000,000 at least"); });
        command.SetAction(parsed => Prove(parsed.GetValue(offers), parsed.GetValue(record)));
        return command;
    }

    private static int Prove(long offers, bool records)
    {
        RecordWriter writer = new("perf/Records");
        Measurement.Pin(0);
        (MemoryPackets packets, MemoryVenue venue, InMemoryEngine engine) = EngineCommand.NewFlatOut();
        using InMemoryEngine stages = engine;
        EngineCommand.FlatOut(engine, packets, venue, RoundsPerPart);
        int parts = (int)Math.Ceiling((double)offers / EngineCommand.OffersOf(RoundsPerPart));
        long ordersBefore = venue.Orders, begun = Stopwatch.GetTimestamp();
        int collectionsBefore = GC.CollectionCount(0);
        long bytesBefore = GC.GetTotalAllocatedBytes(precise: true);
        for (int part = 0; part < parts; part++) EngineCommand.FlatOut(engine, packets, venue, RoundsPerPart);
        long bytes = GC.GetTotalAllocatedBytes(precise: true) - bytesBefore;
        int collections = GC.CollectionCount(0) - collectionsBefore;
        long offersRun = EngineCommand.OffersOf(RoundsPerPart) * parts;
        Console.WriteLine($"{offersRun:N0} offers and {venue.Orders - ordersBefore:N0} orders in {Stopwatch.GetElapsedTime(begun).TotalSeconds:N1} s: {bytes:N0} bytes allocated, {collections} collections");
        Console.WriteLine(bytes == 0 && collections == 0 ? "proven" : "refuted");
        if (records) Console.WriteLine($"record: {writer.Write([Of("offers", "count", offersRun), Of("allocated", "B", bytes), Of("collections", "collections", collections)], $"measure allocation --offers {offers}", [])}");
        return bytes == 0 && collections == 0 ? Proven : Refuted;

        Figure Of(string name, string unit, long value) => new(writer.Run, "allocation/memory", name, unit, 1, value);
    }
}
