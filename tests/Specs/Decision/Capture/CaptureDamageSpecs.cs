using MarketMaker.Decision.Capture;

namespace MarketMaker.Tests.Specs.Decision.Capture;

/// <summary>Files that are not what was written: said, never believed.</summary>
public sealed class CaptureDamageSpecs
{
    [Fact]
    public void should_believe_no_file_with_a_byte_changed()
    {
        using CapturedRun run = new(1);
        run.Run(40);
        CaptureReplayResult whole = run.FinishAndReplay();
        byte[] bytes = File.ReadAllBytes(run.File);
        string damaged = Path.Combine(run.Folder, "damaged.capture");
        int refused = 0;
        for (int at = 0; at < bytes.Length; at++)
        {
            byte[] copy = [.. bytes];
            copy[at] ^= (byte)(1 << at % 8);
            File.WriteAllBytes(damaged, copy);
            try
            {
                CaptureReplayResult replay = CaptureReplay.Run(damaged);
                // A length that grew looks like a file cut short, and is called one.
                Assert.Equal((CaptureEnding.Truncated, true), (replay.Ending, replay.IsEqual));
                Assert.True(replay.Orders <= whole.Orders);
            }
            catch (CaptureException cause)
            {
                refused++;
                Assert.Contains("damaged.capture", cause.Message, StringComparison.Ordinal);
            }
        }

        Assert.True(refused > bytes.Length * 9 / 10, $"{refused} of {bytes.Length} refused");
    }

    [Fact]
    public void should_replay_a_file_cut_anywhere_up_to_its_last_whole_block_and_call_it_truncated()
    {
        using CapturedRun run = new(2, change: options => options with { FlushMs = 1 });
        for (int i = 0; i < 20; i++)
        {
            run.Run(3);
            run.Time.Advance(2_000_000);
            run.Writer.DoWork();
        }

        CaptureReplayResult whole = run.FinishAndReplay();
        byte[] bytes = File.ReadAllBytes(run.File);
        string cut = Path.Combine(run.Folder, "cut.capture");
        long offersBefore = 0;
        int header = CaptureHeader.Write(run.Start).Length;
        for (int length = header; length < bytes.Length; length += 7)
        {
            File.WriteAllBytes(cut, bytes[..length]);
            CaptureReplayResult replay = CaptureReplay.Run(cut);
            Assert.Equal((CaptureEnding.Truncated, true), (replay.Ending, replay.IsEqual));
            Assert.InRange(replay.Offers, offersBefore, whole.Offers);
            offersBefore = replay.Offers;
        }

        Assert.True(offersBefore > whole.Offers / 2);
    }

    [Fact]
    public void should_refuse_blocks_that_are_missing_or_in_another_order()
    {
        using CapturedRun run = new(3, change: options => options with { FlushMs = 1 });
        for (int i = 0; i < 3; i++)
        {
            run.Run(3);
            run.Time.Advance(2_000_000);
            run.Writer.DoWork();
        }

        run.Writer.Finish();
        byte[] bytes = File.ReadAllBytes(run.File);
        int first = CaptureHeader.Write(run.Start).Length;
        int second = first + CaptureFormat.BlockHeadBytes + BitConverter.ToInt32(bytes, first + 8);
        int third = second + CaptureFormat.BlockHeadBytes + BitConverter.ToInt32(bytes, second + 8);
        string other = Path.Combine(run.Folder, "other.capture");

        File.WriteAllBytes(other, [.. bytes[..first], .. bytes[second..]]);
        Assert.Contains("damaged", Assert.Throws<CaptureException>(() => CaptureReplay.Run(other)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(other, [.. bytes[..first], .. bytes[second..third], .. bytes[first..second], .. bytes[third..]]);
        Assert.Contains("damaged", Assert.Throws<CaptureException>(() => CaptureReplay.Run(other)).Message, StringComparison.Ordinal);
        File.WriteAllBytes(other, [.. bytes, 1]);
        Assert.Contains("follows its last block", Assert.Throws<CaptureException>(() => CaptureReplay.Run(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_name_the_remedy_for_what_is_no_capture_or_of_another_version()
    {
        using CapturedRun run = new(4);
        run.Writer.Finish();
        byte[] bytes = File.ReadAllBytes(run.File);
        string other = Path.Combine(run.Folder, "other.capture");

        Assert.Contains("cannot be read", Assert.Throws<CaptureException>(() => CaptureReplay.Run(other)).Message, StringComparison.Ordinal);
        File.WriteAllText(other, "[capture]\npath = x\n");
        Assert.Contains("is not a capture", Assert.Throws<CaptureException>(() => CaptureReplay.Run(other)).Message, StringComparison.Ordinal);
        bytes[8]++;
        File.WriteAllBytes(other, bytes);
        Assert.Contains("replay it with the version that wrote it", Assert.Throws<CaptureException>(() => CaptureReplay.Run(other)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_to_start_where_the_file_cannot_be_made()
    {
        CaptureException cause = Assert.Throws<CaptureException>(() => new CapturedRun(5, change: options => options with { Path = "/proc/nowhere/x.capture" }));

        Assert.Contains("[capture] path = /proc/nowhere/x.capture", cause.Message, StringComparison.Ordinal);
    }
}
