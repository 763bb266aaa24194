using System.Diagnostics;
using System.Text.RegularExpressions;

namespace MarketMaker.Tests.Architecture;

/// <summary>What the README tells a newcomer to type exists.</summary>
public sealed partial class ReadmeSpecs
{
    [SkippableFact]
    public void should_name_only_verbs_that_build_help_lists()
    {
        Skip.IfNot(Exists("README.md") && Exists("build.sh"), "README.md or build.sh is not there yet");
        HashSet<string> listed = [.. HelpVerb().Matches(Help()).Select(match => match.Groups[1].Value)];
        HashSet<string> named = [.. ReadmeVerb().Matches(Read("README.md")).Select(match => match.Groups[1].Value)];
        Assert.NotEmpty(named);
        Assert.Subset(listed, named);
    }

    [SkippableFact]
    public void should_have_every_verb_that_build_help_lists()
    {
        Skip.IfNot(Exists("build.sh"), "build.sh is not there yet");
        string script = Read("build.sh");
        List<string> listed = [.. HelpVerb().Matches(Help()).Select(match => match.Groups[1].Value)];
        Assert.Contains("demo", listed);
        Assert.All(listed, verb => Assert.Matches($@"(?m)^(\s*{verb}\(\)|\s*([\w|]*\|)?{verb}(\|[\w|]*)?\))", script));
    }

    [SkippableFact]
    public void should_link_only_to_files_that_are_there()
    {
        Skip.IfNot(Exists("README.md"), "README.md is not there yet");
        IEnumerable<string> targets = Link().Matches(Read("README.md")).Select(match => match.Groups[1].Value)
            .Where(target => !target.Contains(':', StringComparison.Ordinal) && !target.StartsWith('#'))
            .Select(target => target.Split('#')[0]);
        Assert.All(targets, target => Assert.True(Path.Exists(Repository.Absolute(target)), $"README.md links to {target}"));
    }

    private static bool Exists(string path) => File.Exists(Repository.Absolute(path));

    private static string Read(string path) => File.ReadAllText(Repository.Absolute(path));

    private static string Help()
    {
        using Process help = Process.Start(new ProcessStartInfo("bash", [Repository.Absolute("build.sh"), "help"]) { RedirectStandardOutput = true })!;
        string output = help.StandardOutput.ReadToEnd();
        help.WaitForExit();
        Assert.Equal(0, help.ExitCode);
        return output;
    }

    // A verb stands at the start of an indented line, with its sentence after two spaces or more.
    [GeneratedRegex(@"(?m)^ {1,4}([a-z-]+) {2,}\S")]
    private static partial Regex HelpVerb();

    [GeneratedRegex(@"\./build\.sh ([a-z-]+)")]
    private static partial Regex ReadmeVerb();

    [GeneratedRegex(@"\]\(([^)\s]+)\)")]
    private static partial Regex Link();
}
