namespace MarketMaker.Tests.Native;

public sealed class EngineFileSpecs
{
    private const long EngineBytesMax = 12_000_000;

    private static readonly string[] CLibraryFamily =
        ["linux-vdso.so.1", "libc.so.6", "libm.so.6", "libdl.so.2", "libpthread.so.0", "librt.so.1", "ld-linux-x86-64.so.2"];

    [SkippableFact]
    public void should_be_one_file_of_at_most_12_mb()
    {
        Assert.InRange(new FileInfo(Published.PathOf("marketmaker")).Length, 1, EngineBytesMax);
        Assert.Empty(Directory.GetFiles(Published.Folder, "*.dll"));
        Assert.Equal(["marketmaker"], Directory.GetFiles(Published.Folder).Select(Path.GetFileName).Where(name => name!.StartsWith("marketmaker", StringComparison.Ordinal)));
    }

    [SkippableFact]
    public void should_need_nothing_but_the_c_library_family()
    {
        (int status, string output) = RunningProgram.RunToEnd("/usr/bin/ldd", Published.PathOf("marketmaker"));
        Assert.Equal(0, status);
        string[] needed = [.. output.Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(line => Path.GetFileName(line.Split("=>")[0].Split('(')[0].Trim()))];
        Assert.Contains("libc.so.6", needed);
        Assert.Empty(needed.Except(CLibraryFamily));
    }

    // Else its type data would be unpacked into memory at each start (ARCHITECTURE, "The engine is linked at a fixed address").
    [SkippableFact]
    public void should_lie_at_a_fixed_address_with_nothing_to_relocate()
    {
        const int TypeAt = 16;
        const byte FixedAddress = 2;
        Assert.Equal(FixedAddress, File.ReadAllBytes(Published.PathOf("marketmaker"))[TypeAt]);
    }

    [SkippableTheory]
    [InlineData("marketmaker", "--version", "0.1.0")]
    [InlineData("mm-shipper", "--version", "0.1.0")]
    [InlineData("mm-venue", "--version", "0.1.0")]
    [InlineData("mm-demo", "--version", "0.1.0")]
    [InlineData("marketmaker", "--help", "init")]
    [InlineData("mm-shipper", "--help", "lease")]
    [InlineData("mm-venue", "--help", "replay")]
    [InlineData("mm-demo", "--help", "--seconds")]
    public void should_say_its_version_and_how_to_use_it(string program, string option, string expected)
    {
        (int status, string output) = RunningProgram.RunToEnd(Published.PathOf(program), option);
        Assert.Equal(0, status);
        Assert.Contains(expected, output, StringComparison.Ordinal);
    }

    [SkippableTheory]
    [InlineData("marketmaker", "trade")]
    [InlineData("marketmaker", "run")]
    [InlineData("marketmaker", "run --config")]
    [InlineData("mm-shipper", "ship")]
    [InlineData("mm-venue", "sim --rate many")]
    [InlineData("mm-venue", "sim --rate -1")]
    [InlineData("mm-demo", "--config x --seconds 0")]
    public void should_end_with_2_at_a_mistake_in_the_command_line(string program, string arguments)
    {
        (int status, string output) = RunningProgram.RunToEnd(Published.PathOf(program), arguments.Split(' '));
        Assert.Equal(2, status);
        Assert.NotEmpty(output);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
