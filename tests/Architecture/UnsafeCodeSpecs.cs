using System.Xml.Linq;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace MarketMaker.Tests.Architecture;

/// <summary>Pointers, native imports and the classes that need no switch but are as sharp: in engine/Platform alone, each explained.</summary>
public sealed class UnsafeCodeSpecs
{
    private const string Platform = "engine/Platform/";
    private static readonly string[] SharpClasses = ["Unsafe", "MemoryMarshal"];
    private static readonly string[] ImportAttributes = ["LibraryImport", "DllImport"];

    public static TheoryData<string> PlatformSources => [.. Repository.Sources.Where(path => path.StartsWith(Platform, StringComparison.Ordinal))];

    [Fact]
    public void should_allow_unsafe_blocks_in_platform_alone()
    {
        IEnumerable<string> allowing = Repository.TextFiles
            .Where(path => Path.GetExtension(path) is ".csproj" or ".props" or ".targets")
            .Where(path => XDocument.Load(Repository.Absolute(path)).Descendants("AllowUnsafeBlocks").Any(element => element.Value.Trim() != "false"));
        Assert.Equal(["engine/Platform/Platform.csproj"], allowing);
    }

    [Fact]
    public void should_use_unsafe_and_memory_marshal_in_platform_alone()
    {
        // What is shipped: a test may look at bytes as it likes.
        List<string> users = [.. Repository.Sources.Where(IsShipped).Where(path => Names(path).Any(SharpClasses.Contains))];
        Assert.All(users, path => Assert.StartsWith(Platform, path, StringComparison.Ordinal));
        // There are some; if none is seen, this test has gone blind.
        Assert.NotEmpty(users);
    }

    [Fact]
    public void should_import_native_functions_in_platform_alone()
    {
        List<string> importers = [.. Repository.Sources.Where(path => AttributeNames(path).Any(ImportAttributes.Contains))];
        Assert.All(importers, path => Assert.StartsWith(Platform, path, StringComparison.Ordinal));
        Assert.NotEmpty(importers);
    }

    [Theory]
    [MemberData(nameof(PlatformSources))]
    public void should_say_at_each_use_of_a_pointer_why_it_is_safe(string source)
    {
        IEnumerable<string> unexplained = Repository.Parse(source).DescendantNodes()
            .Where(TouchesPointer)
            .Select(MemberOf)
            .Distinct()
            .Where(member => !member.ToFullString().Contains("SAFETY:", StringComparison.Ordinal))
            .Select(Repository.At);
        Assert.Empty(unexplained);
    }

    private static bool IsShipped(string path) =>
        path.StartsWith("engine/", StringComparison.Ordinal) || path.StartsWith("tools/", StringComparison.Ordinal);

    private static bool TouchesPointer(SyntaxNode node) =>
        node.IsKind(SyntaxKind.PointerIndirectionExpression) || node.IsKind(SyntaxKind.PointerMemberAccessExpression)
        || node.IsKind(SyntaxKind.AddressOfExpression) || node.IsKind(SyntaxKind.UnsafeStatement) || node.IsKind(SyntaxKind.FixedStatement);

    private static SyntaxNode MemberOf(SyntaxNode node) =>
        node.Ancestors().First(ancestor => ancestor is BaseMethodDeclarationSyntax or BasePropertyDeclarationSyntax or BaseFieldDeclarationSyntax);

    private static IEnumerable<string> Names(string source) =>
        Repository.Parse(source).DescendantNodes().OfType<IdentifierNameSyntax>().Select(name => name.Identifier.ValueText);

    private static IEnumerable<string> AttributeNames(string source) =>
        Repository.Parse(source).DescendantNodes().OfType<AttributeSyntax>().Select(attribute => attribute.Name.ToString());
}
