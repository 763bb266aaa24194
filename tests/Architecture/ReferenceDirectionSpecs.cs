using System.Xml.Linq;

namespace MarketMaker.Tests.Architecture;

/// <summary>Contracts, Platform &lt;- Protocols &lt;- stages &lt;- Host; stages meet in Host alone; tools use what is theirs.</summary>
public sealed class ReferenceDirectionSpecs
{
    private static readonly string[] Stages = ["Feed", "Prices", "Decision", "Execution", "Journal"];
    private static readonly string[] ForTools = ["Contracts", "Platform", "Protocols", "Prices", "Decision", "Journal"];

    // Used by several tools, so they are libraries of theirs.
    private static readonly string[] ToolLibraries = ["tools/Market", "tools/Records", "tools/VolatilityModel", "tools/Clairvoyant", "tools/Recorded", "tools/Charts"];

    // Itself without any reference to a tool, so that other libraries may use it.
    private const string LeafLibrary = "tools/Clairvoyant";

    private static readonly Dictionary<string, string[]> AllowedInEngine = new()
    {
        ["Contracts"] = [],
        ["Platform"] = ["Contracts"],
        ["Protocols"] = ["Contracts", "Platform"],
        ["Host"] = ["Contracts", "Platform", "Protocols", .. Stages],
    };

    public static TheoryData<string> Projects => [.. Repository.Projects];

    [Theory]
    [MemberData(nameof(Projects))]
    public void should_reference_only_what_lies_below(string project)
    {
        string[] path = project.Split('/');
        foreach (string reference in References(project))
        {
            string[] target = reference.Split('/');
            bool allowed = path[0] switch
            {
                "engine" => target[0] == "engine" && AllowedOf(path[1]).Contains(target[1]),
                "tools" => target[0] == "engine"
                    ? ForTools.Contains(target[1]) || project.StartsWith("tools/Backtest/", StringComparison.Ordinal) && target[1] == "Host"
                    : ToolLibraries.Contains(reference) && (reference == LeafLibrary || !ToolLibraries.Contains($"tools/{path[1]}")),
                "tests" => true,
                "perf" => target[0] is "engine" or "tools" or "perf",
                _ => false,
            };
            Assert.True(allowed, $"{project} references {reference}, which it may not");
        }
    }

    [Fact]
    public void should_see_every_stage_and_its_references()
    {
        // If the projects were not found or not read, every rule above would hold for nothing.
        foreach (string stage in Stages) Assert.Contains("engine/Contracts", References($"engine/{stage}/{stage}.csproj"));
        Assert.Equal(8, References("engine/Host/Host.csproj").Count);
    }

    [Fact]
    public void should_build_every_project_with_the_solution()
    {
        string solution = File.ReadAllText(Repository.Absolute("MarketMaker.sln"));
        Assert.All(Repository.Projects, project => Assert.Contains(project.Replace('/', '\\'), solution, StringComparison.Ordinal));
    }

    [Fact]
    public void should_keep_package_versions_in_one_place()
    {
        foreach (string project in Repository.Projects)
        {
            IEnumerable<XElement> packages = XDocument.Load(Repository.Absolute(project)).Descendants("PackageReference");
            Assert.All(packages, package => Assert.True(package.Attribute("Version") is null, $"{project} names a version of {package.Attribute("Include")}"));
        }
    }

    private static string[] AllowedOf(string project) =>
        AllowedInEngine.TryGetValue(project, out string[]? allowed) ? allowed
        : Stages.Contains(project) ? ["Contracts", "Platform", "Protocols"]
        : throw new InvalidOperationException($"engine/{project} is new: say here what it may reference");

    /// <summary>Folders of the projects referenced, from the root.</summary>
    private static List<string> References(string project)
    {
        string folder = Path.GetDirectoryName(Repository.Absolute(project))!;
        return [.. XDocument.Load(Repository.Absolute(project)).Descendants("ProjectReference").Select(Target)];

        string Target(XElement reference)
        {
            string file = Path.GetFullPath(reference.Attribute("Include")!.Value.Replace('\\', '/'), folder);
            return Path.GetRelativePath(Repository.Root, Path.GetDirectoryName(file)!).Replace('\\', '/');
        }
    }
}
