namespace MarketMaker.Tests.Native;

/// <summary>The published programs in <c>dist/</c>, as a user gets them.</summary>
internal static class Published
{
    /// <summary>The folder of MarketMaker.sln.</summary>
    public static string Root { get; } = FindRoot();

    public static string Folder => Path.Combine(Root, "dist");

    public static string HostIni => Path.Combine(Root, "deploy", "hosts", "loopback.ini");

    /// <summary>Skips the test when the programs are not there; where the whole set must run, fails instead.</summary>
    public static void Require()
    {
        string[] missing = [.. new[] { "marketmaker", "mm-venue", "mm-volatility", "mm-shipper", "mm-ledger", "mm-demo", "mm-console" }.Where(name => !File.Exists(Path.Combine(Folder, name)))];
        if (missing.Length == 0) return;
        string reason = $"dist/ lacks {string.Join(", ", missing)}: run ./build.sh publish";
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", reason);
        Skip.If(true, reason);
    }

    public static string PathOf(string program)
    {
        Require();
        return Path.Combine(Folder, program);
    }

    private static string FindRoot()
    {
        DirectoryInfo? up = new(AppContext.BaseDirectory);
        while (up is not null && !File.Exists(Path.Combine(up.FullName, "MarketMaker.sln"))) up = up.Parent;
        return up?.FullName ?? throw new InvalidOperationException("the tests do not run inside the repository");
    }
}
