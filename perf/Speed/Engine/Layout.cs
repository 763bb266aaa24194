using MarketMaker.Measuring;

namespace MarketMaker.Speed.Engine;

/// <summary>Which stage runs on which core, and which core is left for the generator.</summary>
/// <param name="Name">fused, two, five, or the name of the INI file it was read from.</param>
/// <param name="Threads">Keys of [threads]; empty: the file's own.</param>
/// <param name="Cores">Cores the hot stages take, 0 to this, exclusive; 0: not known.</param>
internal sealed record Layout(string Name, IReadOnlyDictionary<string, int> Threads, int Cores)
{
    public const string FromFile = "file";

    private static readonly Layout[] Known =
    [
        new("fused", Cut(0, 0, 0, 0, -1), 1),
        new("two", Cut(0, 0, 1, 1, -1), 2),
        new("five", Cut(0, 1, 2, 3, 4), 5),
        new(FromFile, new Dictionary<string, int>(), 0),
    ];

    public static string[] Names => [.. Known.Select(layout => layout.Name)];

    /// <summary>Cores of hot stages, as far as they are known.</summary>
    public IEnumerable<int> HotCores => Enumerable.Range(0, Cores);

    /// <summary>Whether the generator has a core that no hot stage runs on.</summary>
    public bool LeavesCoreFor(int cores) => Cores < cores;

    /// <summary>The generator's core: the first free one, else the last.</summary>
    public int GeneratorCore(int cores) => Cores < cores ? Cores : cores - 1;

    /// <summary>Finds a layout.</summary>
    /// <exception cref="MeasureException">The host has too few cores for it.</exception>
    public static Layout Find(string name, int cores)
    {
        Layout found = Known.First(layout => layout.Name == name);
        return found.Cores <= cores ? found : throw new MeasureException($"layout {name} needs {found.Cores} cores and this host has {cores}: take another --layout");
    }

    private static Dictionary<string, int> Cut(int feed, int prices, int decision, int execution, int journal) => new()
    {
        ["feed"] = feed,
        ["prices"] = prices,
        ["decision"] = decision,
        ["execution"] = execution,
        ["journal"] = journal,
    };
}
