using MarketMaker.Host.Configuration;

namespace MarketMaker.Tests.Specs.Host;

/// <summary>The INI files that people copy: each passes the check, and what it sets is explained.</summary>
public sealed class HostExampleSpecs
{
    public static TheoryData<string> Examples => [.. Directory.GetFiles(Folder, "*.ini").Select(file => Path.GetFileName(file)!).Order()];

    internal static string Folder
    {
        get
        {
            DirectoryInfo up = new(AppContext.BaseDirectory);
            while (!File.Exists(Path.Combine(up.FullName, "MarketMaker.sln"))) up = up.Parent!;
            return Path.Combine(up.FullName, "deploy", "hosts");
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void should_pass_the_check(string example)
    {
        List<string> errors = [];
        Assert.NotNull(EngineConfig.Load(Path.Combine(Folder, example), errors, isFileOnly: true));
        Assert.Empty(errors);
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void should_begin_with_what_host_it_is_for(string example) =>
        Assert.StartsWith("; ", File.ReadLines(Path.Combine(Folder, example)).First(), StringComparison.Ordinal);

    [Fact]
    public void should_still_refuse_what_is_wrong_in_the_file_of_another_host()
    {
        string file = Path.GetTempFileName();
        File.WriteAllText(file, File.ReadAllText(Path.Combine(Folder, "loopback.ini")).Replace("cash = ", "csah = ", StringComparison.Ordinal));
        List<string> errors = [];
        Assert.Null(EngineConfig.Load(file, errors, isFileOnly: true));
        Assert.Contains("did you mean cash", errors[0], StringComparison.Ordinal);
        File.Delete(file);
    }
}
