using System.Text.RegularExpressions;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MarketMaker.Tests.Architecture;

/// <summary>What a reviewer would otherwise say again and again.</summary>
public sealed partial class TidySpecs
{
    private const int LinesMax = 350;

    // All counters stand in one list, each with its comment: CounterSpecs asks for it.
    private const string OneList = "engine/Contracts/Counter.cs";

    // Put together here, so that this file does not contain them.
    private static readonly string[] Unfinished = ["TO" + "DO", "FIX" + "ME", "XX" + "X:"];
    private static readonly string[] MachinePaths = ["/wo" + "rk/", "/ho" + "me/", "/ro" + "ot/", "/Us" + "ers/", @"C:" + @"\"];

    [Fact]
    public void should_leave_nothing_marked_as_unfinished()
    {
        Assert.Empty(LinesWith(Repository.TextFiles, line => Unfinished.Any(mark => line.Contains(mark, StringComparison.Ordinal))));
    }

    [Fact]
    public void should_name_no_path_of_one_machine()
    {
        Assert.Empty(LinesWith(Repository.TextFiles, line => MachinePaths.Any(path => line.Contains(path, StringComparison.Ordinal))));
    }

    [Fact]
    public void should_keep_files_short()
    {
        IEnumerable<string> tooLong = Repository.Sources
            .Select(path => (path, Lines: File.ReadLines(Repository.Absolute(path)).Count()))
            .Where(file => file.Lines > LinesMax && file.path != OneList)
            .Select(file => $"{file.path}: {file.Lines} lines");
        Assert.Empty(tooLong);
    }

    [Fact]
    public void should_end_lines_with_a_line_feed_alone()
    {
        // The solution file is the tools' own.
        IEnumerable<string> wrong = Repository.TextFiles
            .Where(path => !path.EndsWith(".sln", StringComparison.Ordinal))
            .Where(path => File.ReadAllBytes(Repository.Absolute(path)).Contains((byte)'\r'));
        Assert.Empty(wrong);
    }

    [Fact]
    public void should_name_every_test_as_a_sentence_of_the_specification()
    {
        IEnumerable<string> wrong = Repository.Sources.Where(path => path.StartsWith("tests/", StringComparison.Ordinal))
            .SelectMany(path => Repository.Parse(path).DescendantNodes().OfType<MethodDeclarationSyntax>())
            .Where(method => method.AttributeLists.SelectMany(list => list.Attributes).Any(attribute => TestAttribute().IsMatch(attribute.Name.ToString())))
            .Where(method => !TestName().IsMatch(method.Identifier.ValueText))
            .Select(method => $"{Repository.At(method)}: {method.Identifier.ValueText}");
        Assert.Empty(wrong);
    }

    [Fact]
    public void should_see_the_tree_it_looks_at()
    {
        Assert.Contains("engine/Contracts/OfferEvent.cs", Repository.Sources);
        Assert.Contains("tests/Architecture/TidySpecs.cs", Repository.Sources);
        Assert.Contains("engine/Host/Host.csproj", Repository.Projects);
    }

    private static IEnumerable<string> LinesWith(IEnumerable<string> paths, Func<string, bool> hit) =>
        paths.SelectMany(path => File.ReadLines(Repository.Absolute(path)).Select((line, index) => (path, line, index)))
            .Where(at => hit(at.line))
            .Select(at => $"{at.path}:{at.index + 1}: {at.line.Trim()}");

    [GeneratedRegex("^(Skippable)?(Fact|Theory)$")]
    private static partial Regex TestAttribute();

    [GeneratedRegex("^should_[A-Za-z0-9_]+$")]
    private static partial Regex TestName();
}
