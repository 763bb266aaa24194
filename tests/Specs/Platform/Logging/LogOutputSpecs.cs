using System.Diagnostics;
using System.IO.Pipes;
using System.Text;
using MarketMaker.Platform.Logging;

namespace MarketMaker.Tests.Specs.Platform.Logging;

/// <summary>A log holds nobody up and loses only whole lines, each of them counted.</summary>
public sealed class LogOutputSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-log-").FullName;

    private string LogPath => Path.Combine(_folder, "engine.log");

    [Fact]
    public void should_hand_on_whole_lines_however_the_bytes_come()
    {
        KeptLines kept = new();
        using LineStream stream = new(kept);
        foreach (string part in new[] { "first", " line\nsecond\nthi", "rd", "\n", "half" }) stream.Write(Encoding.UTF8.GetBytes(part));
        stream.Flush();
        Assert.Equal("first line\nsecond\nthird\n", kept.Text);
    }

    [Fact]
    public void should_cut_a_line_that_is_longer_than_a_pipe_takes_whole()
    {
        KeptLines kept = new();
        using LineStream stream = new(kept);
        stream.Write(Encoding.UTF8.GetBytes("before\n" + new string('x', 3_000)));
        stream.Write(Encoding.UTF8.GetBytes(new string('x', 7_000) + "\nafter\n"));
        string[] lines = kept.Text.Split('\n');
        Assert.Equal(["before", "after"], [lines[0], lines[2]]);
        Assert.InRange(lines[1].Length, 3_000, LineStream.ChunkBytes - 1);
        Assert.All(kept.Chunks, chunk => Assert.InRange(chunk, 1, LineStream.ChunkBytes));
    }

    [Fact]
    public void should_count_each_line_that_its_output_does_not_take()
    {
        KeptLines kept = new() { IsBroken = true };
        using LineStream stream = new(kept);
        stream.Write("one\ntwo\nthree\n"u8);
        Assert.Equal(3, stream.LinesLost);
        kept.IsBroken = false;
        stream.Write("four\n"u8);
        Assert.Equal(3, stream.LinesLost);
        Assert.Equal("four\n", kept.Text);
    }

    [Fact]
    public void should_lose_lines_and_no_time_while_nobody_reads_the_pipe()
    {
        using AnonymousPipeServerStream reader = new(PipeDirection.In);
        using LineStream stream = new(new StandardOutput((int)reader.ClientSafePipeHandle.DangerousGetHandle()));
        byte[] line = Encoding.UTF8.GetBytes(new string('x', 99) + "\n");
        Stopwatch time = Stopwatch.StartNew();
        for (int i = 0; i < 5_000; i++) stream.Write(line);
        Assert.InRange(time.Elapsed, TimeSpan.Zero, TimeSpan.FromSeconds(10));
        Assert.InRange(stream.LinesLost, 3_000, 4_900);
        long lost = stream.LinesLost;
        // Read, it takes lines again, and every one is whole.
        byte[] read = new byte[65_536];
        int bytes = reader.Read(read);
        Assert.Equal(0, bytes % line.Length);
        stream.Write(line);
        Assert.Equal(lost, stream.LinesLost);
    }

    [Fact]
    public void should_lose_lines_and_live_when_the_reader_is_gone()
    {
        AnonymousPipeServerStream reader = new(PipeDirection.In);
        using AnonymousPipeClientStream writer = new(PipeDirection.Out, reader.ClientSafePipeHandle);
        using LineStream stream = new(new StandardOutput((int)writer.SafePipeHandle.DangerousGetHandle()));
        reader.Dispose();
        stream.Write("nobody hears this\n"u8);
        Assert.Equal(1, stream.LinesLost);
    }

    [Fact]
    public void should_keep_so_many_files_of_such_a_size()
    {
        using (LineStream stream = new(new RotatedFile(LogPath, bytesMax: 100, files: 3)))
        {
            for (int i = 0; i < 50; i++) stream.Write(Encoding.UTF8.GetBytes($"line number {i:000}\n"));
            Assert.Equal(0, stream.LinesLost);
        }

        Assert.Equal(["engine.log", "engine.log.1", "engine.log.2"], Directory.GetFiles(_folder).Select(file => Path.GetFileName(file)).Order());
        string[] lines = [.. new[] { ".2", ".1", "" }.SelectMany(age => File.ReadAllLines(LogPath + age))];
        Assert.Equal("line number 049", lines[^1]);
        Assert.Equal(Enumerable.Range(50 - lines.Length, lines.Length).Select(i => $"line number {i:000}"), lines);
        Assert.All(Directory.GetFiles(_folder), file => Assert.InRange(new FileInfo(file).Length, 1, 100));
    }

    [Fact]
    public void should_go_on_at_the_end_of_a_file_of_an_earlier_run()
    {
        File.WriteAllText(LogPath, "yesterday\n");
        using (LineStream stream = new(new RotatedFile(LogPath, 1_000, 2))) stream.Write("today\n"u8);
        Assert.Equal("yesterday\ntoday\n", File.ReadAllText(LogPath));
    }

    [Fact]
    public void should_write_on_in_the_old_file_when_no_new_one_can_be_made()
    {
        using LineStream stream = new(new RotatedFile(LogPath, bytesMax: 50, files: 2));
        stream.Write("the first line, of forty letters or so.\n"u8);
        // A folder of that name cannot be replaced by a file.
        Directory.CreateDirectory(Path.Combine(LogPath + ".1", "in the way"));
        stream.Write("the second line\n"u8);
        Assert.Equal(0, stream.LinesLost);
        Assert.Equal(2, File.ReadAllLines(LogPath).Length);
    }

    [SkippableFact]
    public void should_lose_lines_and_live_on_a_full_disk()
    {
        Skip.IfNot(File.Exists("/dev/full"), "this system has no /dev/full");
        using LineStream stream = new(new RotatedFile("/dev/full", 1_000, 1));
        stream.Write("no room for this\nnor this\n"u8);
        Assert.Equal(2, stream.LinesLost);
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private sealed class KeptLines : ILineOutput
    {
        private readonly StringBuilder _text = new();

        public bool IsBroken { get; set; }

        public List<int> Chunks { get; } = [];

        public string Text => _text.ToString();

        public bool TryWrite(ReadOnlySpan<byte> lines)
        {
            if (IsBroken) return false;
            Chunks.Add(lines.Length);
            _text.Append(Encoding.UTF8.GetString(lines));
            return true;
        }

        public void Dispose()
        {
        }
    }
}
