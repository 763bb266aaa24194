using System.Collections.Concurrent;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;

namespace MarketMaker.Tests.Architecture;

/// <summary>The tree these tests were built from: its files, as they stand on disk, without what is built from them.</summary>
internal static class Repository
{
    private static readonly string[] NotSources = ["artifacts", "dist", "dist-torture", "dist-perf", "demo-data", "torture-data", ".git", "bin", "obj", "shared"];
    private static readonly string[] NotText = [".png", ".gz", ".zip", ".db", ".pdf"];
    private static readonly ConcurrentDictionary<string, SyntaxNode> Trees = new();

    public static string Root { get; } = FindRoot();

    /// <summary>Every text file, as paths from the root.</summary>
    public static IReadOnlyList<string> TextFiles { get; } =
        [.. Walk(Root).Where(path => !NotText.Contains(Path.GetExtension(path))).Select(FromRoot).Order(StringComparer.Ordinal)];

    /// <summary>Every C# file, as paths from the root.</summary>
    public static IReadOnlyList<string> Sources { get; } = [.. TextFiles.Where(path => path.EndsWith(".cs", StringComparison.Ordinal))];

    /// <summary>Every project, as paths from the root.</summary>
    public static IReadOnlyList<string> Projects { get; } = [.. TextFiles.Where(path => path.EndsWith(".csproj", StringComparison.Ordinal))];

    public static string Absolute(string path) => Path.Combine(Root, path);

    public static SyntaxNode Parse(string source) =>
        Trees.GetOrAdd(source, path => CSharpSyntaxTree.ParseText(File.ReadAllText(Absolute(path)), path: path).GetRoot());

    /// <summary>Where a node stands, for messages.</summary>
    public static string At(SyntaxNode node)
    {
        FileLinePositionSpan span = node.SyntaxTree.GetLineSpan(node.Span);
        return $"{span.Path}:{span.StartLinePosition.Line + 1}";
    }

    private static IEnumerable<string> Walk(string folder)
    {
        foreach (string entry in Directory.EnumerateFileSystemEntries(folder).Where(path => !NotSources.Contains(Path.GetFileName(path))))
        {
            // A working tree of its own has a file named .git, so names are judged before kinds.
            if (File.Exists(entry)) yield return entry;
            else foreach (string file in Walk(entry)) yield return file;
        }
    }

    private static string FromRoot(string path) => Path.GetRelativePath(Root, path).Replace('\\', '/');

    private static string FindRoot()
    {
        for (DirectoryInfo? folder = new(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
            if (File.Exists(Path.Combine(folder.FullName, "MarketMaker.sln"))) return folder.FullName;
        throw new InvalidOperationException($"MarketMaker.sln is in no folder above {AppContext.BaseDirectory}.");
    }
}
