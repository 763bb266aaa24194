using MarketMaker.Contracts;
using MarketMaker.OperatorConsole.Recording;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Specs.OperatorConsole;

public sealed class RecordingSpecs : IDisposable
{
    private const int Images = 150;

    private readonly ScriptedCounters _engine = new("AAPL", "MSFT");
    private readonly string _path = Path.Combine(Path.GetTempPath(), Path.GetRandomFileName());

    public void Dispose()
    {
        _engine.Dispose();
        File.Delete(_path);
    }

    [Fact]
    public void should_play_back_every_image_as_it_was_also_after_a_jump()
    {
        List<CounterImage> images = Record();
        using RecordingPlayer player = new(_path);
        Assert.Equal(Images, player.Frames);
        CounterImage played = new();
        foreach (CounterImage image in images)
        {
            Assert.True(player.TryTake(played));
            Assert.True(image.Slots.SequenceEqual(played.Slots));
            Assert.Equal((image.TakenNs, image.TakenWallNs, image.Header.Node), (played.TakenNs, played.TakenWallNs, played.Header.Node));
        }

        foreach (int frame in (int[])[149, 0, 61, 60, 59, 148, 149])
        {
            player.Jump(frame);
            player.TryTake(played);
            Assert.True(images[frame].Slots.SequenceEqual(played.Slots), $"frame {frame}");
            // Rows hold from one key frame to the next.
            Assert.Equal(images[frame / 60 * 60].Tickers[1].PositionShares, played.Tickers[1].PositionShares);
        }

        Assert.Equal(7, player.FrameAt(images[7].TakenWallNs + 1));
        Assert.Equal(0, player.FrameAt(0));
    }

    [Fact]
    public void should_stay_at_the_last_image()
    {
        List<CounterImage> images = Record();
        using RecordingPlayer player = new(_path);
        player.Jump(int.MaxValue);
        CounterImage played = new();
        for (int i = 0; i < 3; i++) player.TryTake(played);
        Assert.Equal(images[^1].TakenNs, played.TakenNs);
    }

    [Fact]
    public void should_play_what_is_whole_of_a_recording_that_was_cut_or_damaged()
    {
        Record();
        byte[] whole = File.ReadAllBytes(_path);
        File.WriteAllBytes(_path, whole[..^3]);
        using (RecordingPlayer cut = new(_path)) Assert.Equal(Images - 1, cut.Frames);
        Random random = new(7);
        for (int i = 0; i < 50; i++)
        {
            byte[] damaged = [.. whole];
            damaged[random.Next(damaged.Length * 2 / 3, damaged.Length)] ^= (byte)(1 << random.Next(8));
            File.WriteAllBytes(_path, damaged);
            using RecordingPlayer player = new(_path);
            Assert.InRange(player.Frames, 1, Images - 1);
        }
    }

    [Fact]
    public void should_refuse_what_is_no_recording_and_to_write_over_one()
    {
        File.WriteAllText(_path, "hello, I am no recording");
        Assert.Contains("no recording", Assert.Throws<InvalidDataException>(() => new RecordingPlayer(_path)).Message, StringComparison.Ordinal);
        Assert.Contains("exists", Assert.Throws<IOException>(() => new RecordingWriter(_path)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(_path, RecordingFile.Magic.ToArray());
        Assert.Contains("no whole frame", Assert.Throws<InvalidDataException>(() => new RecordingPlayer(_path)).Message, StringComparison.Ordinal);
    }

    private List<CounterImage> Record()
    {
        Random random = new(3);
        List<CounterImage> images = [];
        using RecordingWriter writer = new(_path);
        for (int i = 0; i < Images; i++)
        {
            _engine.NowNs += ScriptedCounters.Second;
            _engine.File.Add(Counter.FeedOffersSeen, random.Next(1_000_000));
            _engine.File.Set(Counter.DecisionEquity, random.NextInt64(long.MinValue, long.MaxValue));
            _engine.File[HopHistogram.ReceivedToSent].Record(random.Next(1_000_000));
            _engine.File.Tickers[1].PositionShares = -i;
            CounterImage image = new();
            _engine.TryTake(image);
            writer.Add(image);
            images.Add(image);
        }

        return images;
    }
}
