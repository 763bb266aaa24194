using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Specs.Platform;

public sealed class CounterFileSpecs : IDisposable
{
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
    public void should_refuse_a_file_that_is_not_a_counter_file()
    {
        File.WriteAllText(_path, "hello");
        Assert.Throws<InvalidDataException>(() => CounterFile.OpenRead(_path));
    }

    [Fact]
    public void should_refuse_a_counter_file_of_another_version()
    {
        CounterFile.Create(_path).Dispose();
        using (FileStream file = File.OpenWrite(_path))
        {
            file.Position = 8;
            file.WriteByte(99);
        }

        InvalidDataException refusal = Assert.Throws<InvalidDataException>(() => CounterFile.OpenRead(_path));
        Assert.Contains("version 3", refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_give_each_refusal_reason_a_slot_inside_its_stages_block()
    {
        int reasons = Enum.GetValues<RefusalReason>().Length;
        Assert.True(reasons <= 64, "the upper half of a block has 64 slots");
    }
}
