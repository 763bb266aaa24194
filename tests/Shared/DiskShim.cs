using System.Diagnostics;

namespace MarketMaker.Tests.Shared;

/// <summary>The library that records and breaks what a program writes to one file: <c>tests/Crash/Shim/disk_shim.c</c>, compiled once a run.</summary>
public static class DiskShim
{
    private static readonly Lazy<string> Library = new(Compile);

    /// <summary>Path of the shared library, for LD_PRELOAD.</summary>
    public static string Path => Library.Value;

    /// <summary>What a program needs in its environment to be watched.</summary>
    /// <param name="file">End of the path of the file to watch.</param>
    /// <param name="log">Where the record goes.</param>
    /// <param name="fault">KIND:N as the shim's source says; null for none.</param>
    public static Dictionary<string, string> Environment(string file, string log, string? fault = null)
    {
        Dictionary<string, string> environment = new()
        {
            ["LD_PRELOAD"] = Path,
            ["DISK_SHIM_FILE"] = file,
            ["DISK_SHIM_LOG"] = log,
        };
        if (fault is not null) environment["DISK_SHIM_FAULT"] = fault;
        return environment;
    }

    private static string Compile()
    {
        DirectoryInfo? root = new(AppContext.BaseDirectory);
        while (root is not null && !File.Exists(System.IO.Path.Combine(root.FullName, "MarketMaker.sln"))) root = root.Parent;
        string source = System.IO.Path.Combine(root!.FullName, "tests", "Crash", "Shim", "disk_shim.c");
        string library = System.IO.Path.Combine(AppContext.BaseDirectory, $"disk_shim-{System.Environment.ProcessId}.so");
        using Process gcc = Process.Start(new ProcessStartInfo("gcc", ["-O2", "-fPIC", "-shared", "-pthread", "-o", library, source]) { RedirectStandardError = true })!;
        string errors = gcc.StandardError.ReadToEnd();
        gcc.WaitForExit();
        if (gcc.ExitCode != 0) throw new InvalidOperationException($"gcc cannot compile {source}: {errors}");
        AppDomain.CurrentDomain.ProcessExit += (_, _) => File.Delete(library);
        return library;
    }
}
