using MarketMaker.Contracts;
using MarketMaker.Journal;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Threads;
using MarketMaker.Tests.Shared;
using static MarketMaker.Tests.Specs.Journal.JournalBench;

namespace MarketMaker.Tests.Specs.Journal;

public sealed class DiskBoundSpecs
{
    private const int DiskMiB = 24;
    private const int MapMiB = 16; // of which an eighth is kept: 2 MiB

    [SkippableFact]
    public void should_end_buys_and_sends_as_the_disk_fills_book_every_answer_in_flight_and_go_on_when_there_is_room()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(DiskMiB);
        using JournalBench bench = new(On(disk));
        bench.Gate.Open();
        long sequence = 0;
        Book(100);
        bench.Lines();
        disk.FillTo(81);
        bench.Wait(100);
        Assert.Equal([LogMessage.DiskAlarm], bench.Lines());
        Assert.True(bench.Gate.IsOpen && bench.Gate.MayBuy);
        disk.FillTo(96);
        bench.Wait(100);
        Assert.Equal([LogMessage.DiskStopsBuying], bench.Lines());
        Assert.True(bench.Gate.IsOpen && !bench.Gate.MayBuy);

        disk.FillTo(100);
        while (bench.Gate.IsOpen) Book(10);
        Assert.Equal([LogMessage.DiskExhausted], bench.Lines());
        Assert.True(bench.Writer.MustHalt && bench.Gate.Look().Sends == StopReasons.Disk);
        long kept = bench.Counters.Read(Counter.JournalReservedBytes);
        Assert.InRange(kept, 2 * JournalOptions.MebiByte - 100_000, 2 * JournalOptions.MebiByte);
        // What the venue may still answer is booked durably on a disk without a free page.
        for (int i = 0; i < 200; i++) Book(1);
        for (int i = 0; i < 50; i++) Book(100);
        Assert.Equal(0, new DriveInfo(disk.Folder).AvailableFreeSpace);
        Assert.Equal(sequence, bench.Records().Count);
        Assert.False(bench.Gate.IsOpen);

        disk.Free();
        bench.Wait(1000);
        Assert.Equal([LogMessage.DiskRelieved], bench.Lines());
        Assert.True(bench.Gate.IsOpen && bench.Gate.MayBuy);
        bench.Restart();
        Assert.Equal(sequence, bench.Store.Recovered.Transactions);

        void Book(int count)
        {
            for (int i = 0; i < count; i++) bench.Publish(Executed(++sequence, (ulong)sequence, quantity: 1, price: 1));
            bench.Writer.DoWork();
        }
    }

    [SkippableFact]
    public void should_say_when_a_journal_is_opened_on_a_full_disk_and_open_it_when_there_is_room()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(DiskMiB);
        using JournalBench bench = new(On(disk));
        bench.Book(Executed(1, 1));
        bench.Stop();
        // As a copy of the journal is: its data, and nothing taken ahead.
        string data = Path.Combine(bench.Options.Path, "data.mdb");
        File.Copy(data, data + ".copy");
        File.Move(data + ".copy", data, overwrite: true);
        File.Delete(Path.Combine(bench.Options.Path, "lock.mdb"));
        disk.FillTo(100);
        JournalException full = Assert.Throws<JournalException>(() => JournalStore.Open(bench.Options));
        Assert.Contains("disk", full.Message, StringComparison.Ordinal);
        Assert.Contains("free some space", full.Message, StringComparison.Ordinal);
        Assert.Throws<JournalException>(() => JournalStore.Init(bench.Options with { Path = Path.Combine(disk.Folder, "other") }));
        Assert.Throws<IOException>(() => CounterFile.Create(Path.Combine(disk.Folder, "counters")));
        disk.Free();
        bench.Start();
        Assert.Equal(1, bench.Store.Recovered.Transactions);
    }

    [SkippableFact]
    public void should_find_its_reserve_again_when_it_is_restarted_on_a_full_disk()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(DiskMiB);
        using JournalBench bench = new(On(disk));
        bench.Book(Executed(1, 1));
        disk.FillTo(100);
        bench.Restart();
        bench.Book(Executed(2, 2));
        Assert.Equal(2, bench.Records().Count);
        Assert.True(bench.Counters.Read(Counter.JournalReservedBytes) >= 2 * JournalOptions.MebiByte);
    }

    [SkippableFact]
    public void should_trade_on_a_file_system_that_takes_no_blocks_ahead_and_say_so_once()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(DiskMiB, "ramfs");
        using JournalBench bench = new(On(disk));
        bench.Gate.Open();
        for (int i = 1; i <= 10; i++)
        {
            bench.Book(Executed(i, (ulong)i));
            bench.Wait(1000);
        }

        Assert.Equal([LogMessage.BlockImported, LogMessage.DiskNotReservable], bench.Lines());
        Assert.True(bench.Gate.IsOpen && bench.Gate.MayBuy);
        Assert.Equal(0, bench.Counters.Read(Counter.JournalReservedBytes));
    }

    [SkippableFact]
    public void should_measure_a_disk_by_what_others_may_still_write()
    {
        using SmallDisk disk = SmallDisk.MountOrSkip(DiskMiB);
        DiskSpace space = new(disk.Folder);
        disk.FillTo(50);
        Assert.True(space.TryRead(out long used, out long free));
        Assert.Equal(DiskMiB * JournalOptions.MebiByte, used + free);
        Assert.InRange(used, DiskMiB * JournalOptions.MebiByte / 2, DiskMiB * JournalOptions.MebiByte / 2 + 4096);
        Assert.False(new DiskSpace(Path.Combine(disk.Folder, "nowhere")).TryRead(out _, out _));
    }

    private static JournalOptions On(SmallDisk disk) => DefaultOptions() with
    {
        Path = Path.Combine(disk.Folder, "journal"),
        MapBytes = MapMiB * JournalOptions.MebiByte,
        BatchEventsMax = 100,
    };
}
