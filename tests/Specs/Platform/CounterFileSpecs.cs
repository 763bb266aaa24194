using System.Diagnostics;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Specs.Platform;

public sealed class CounterFileSpecs : IDisposable
{
    private const int VersionAt = 8;
    private const int HashAt = 16;

    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void should_show_one_writers_counters_to_a_reader_of_the_file()
    {
        using CounterFile writer = CounterFile.Create(_path);
        using CounterFile reader = CounterFile.OpenRead(_path);
        writer.Add(Counter.FeedPackets, 3);
        writer.Add(Counter.FeedPackets);
        writer.Refuse(Counter.DecisionRefused, RefusalReason.Edge);
        writer[HopHistogram.ReceivedToSent].Record(1234);

        Assert.Equal(4, reader.Read(Counter.FeedPackets));
        Assert.Equal(1, reader.ReadRefused(Counter.DecisionRefused, RefusalReason.Edge));
        Assert.Equal(0, reader.ReadRefused(Counter.FeedRefused, RefusalReason.Edge));
        Assert.Equal(1234, reader[HopHistogram.ReceivedToSent].Max);
        Assert.Equal(Environment.ProcessId, reader.ProcessId);
    }

    [Fact]
    public void should_say_who_writes_it()
    {
        using CounterFile writer = CounterFile.Create(_path, new CounterWriter("NODE1", 0xABCD, 7, 8));
        using CounterFile reader = CounterFile.OpenRead(_path);
        Assert.Equal(("NODE1", 0xABCDUL, 7L, 8L), (reader.Header.Node, reader.Header.ConfigurationHash, reader.Header.StartedNs, reader.Header.StartedWallNs));
        Assert.True(reader.Header.Writer.IsRunning);
    }

    [Fact]
    public void should_name_the_tickers_once_they_are_known()
    {
        Universe.TryCreate([Symbol.Parse("MSFT"), Symbol.Parse("AAPL")], out Universe? universe, out _);
        using CounterFile writer = CounterFile.Create(_path);
        using CounterFile reader = CounterFile.OpenRead(_path);
        Assert.True(reader.Tickers.IsEmpty);
        writer.SetTickers(universe!);
        writer.Tickers[1].PositionShares = -5;
        Assert.Equal(["AAPL", "MSFT"], reader.Tickers.ToArray().Select(row => row.Symbol.ToString()));
        Assert.Equal(-5, reader.Tickers[1].PositionShares);
    }

    [Fact]
    public void should_copy_all_of_it_into_an_image_that_does_not_move()
    {
        Universe.TryCreate([Symbol.Parse("AAPL")], out Universe? universe, out _);
        using CounterFile writer = CounterFile.Create(_path);
        writer.SetTickers(universe!);
        writer.Set(Counter.ShippingWaitedMs, 9);
        for (int i = 1; i <= 100; i++) writer[HopHistogram.VerdictToFlag].Record(i);
        CounterImage first = new(), second = new();
        using CounterFile reader = CounterFile.OpenRead(_path);
        reader.CopyTo(first);
        writer.Set(Counter.ShippingWaitedMs, 10);
        for (int i = 0; i < 50; i++) writer[HopHistogram.VerdictToFlag].Record(1_000_000);
        reader.CopyTo(second);

        Assert.Equal((9, 10), (first.Read(Counter.ShippingWaitedMs), second.Read(Counter.ShippingWaitedMs)));
        Assert.Equal((100, 5050, 50), (first[HopHistogram.VerdictToFlag].Count, first[HopHistogram.VerdictToFlag].SumNs, first[HopHistogram.VerdictToFlag].ValueAtPercentile(50)));
        HistogramImage between = second.Since(first, HopHistogram.VerdictToFlag);
        Assert.Equal((50, 50_000_000), (between.Count, between.SumNs));
        Assert.InRange(between.ValueAtPercentile(1), 992_000, 1_000_000);
        Assert.Equal(0, between.CountAtMost(1_000));
        Assert.Equal("AAPL", first.Tickers[0].Symbol.ToString());
    }

    [Fact]
    public void should_refuse_a_file_that_is_not_a_counter_file()
    {
        File.WriteAllText(_path, "hello");
        Assert.Contains("not a counter file", Refusal(), StringComparison.Ordinal);
        File.WriteAllText(_path, "");
        Assert.Contains("not a counter file", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_a_counter_file_of_another_version()
    {
        CounterFile.Create(_path).Dispose();
        Spoil(VersionAt, 99);
        Assert.Contains("version 99, and this program reads version 4", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_a_counter_file_with_another_list_of_counters()
    {
        CounterFile.Create(_path).Dispose();
        Spoil(HashAt, 1);
        Assert.Contains("list of counters", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_a_counter_file_that_was_cut_short()
    {
        CounterFile.Create(_path).Dispose();
        using (FileStream file = File.OpenWrite(_path)) file.SetLength(8192);
        Assert.Contains("cut short", Refusal(), StringComparison.Ordinal);
    }

    [Fact]
    public void should_tell_a_process_from_another_that_got_its_number()
    {
        using Process child = Process.Start("sleep", "60");
        ProcessIdentity mine = ProcessIdentity.Current;
        Assert.True(mine.IsRunning);
        ProcessIdentity other = ProcessIdentity.Of(child.Id);
        Assert.True(other.IsRunning);
        Assert.NotEqual(mine, other);
        ProcessSignal.Send(child.Id, ProcessSignal.Kill);
        child.WaitForExit();
        Assert.False(other.IsRunning);
        Assert.True(other.IsOfThisBoot);
        Assert.False(default(ProcessIdentity).IsRunning);
    }

    [Fact]
    public void should_give_each_refusal_reason_a_slot_inside_its_stages_block()
    {
        int reasons = Enum.GetValues<RefusalReason>().Length;
        Assert.True(reasons <= 64, "the upper half of a block has 64 slots");
    }

    private string Refusal() => Assert.Throws<InvalidDataException>(() => CounterFile.OpenRead(_path)).Message;

    private void Spoil(int at, byte value)
    {
        using FileStream file = File.OpenWrite(_path);
        file.Position = at;
        file.WriteByte(value);
    }
}
