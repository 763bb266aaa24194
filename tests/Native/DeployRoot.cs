using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

/// <summary>A root that deploy.sh installs into, with the loopback host's INI file on free ports, and programs of one's own choice.</summary>
internal sealed class DeployRoot : IDisposable
{
    private static readonly string[] Programs = ["marketmaker", "mm-shipper", "mm-volatility", "mm-ledger", "mm-venue"];

    public DeployRoot()
    {
        Published.Require();
        Directory.CreateDirectory(Dist);
        foreach (string program in Programs) File.CreateSymbolicLink(Path.Combine(Dist, program), Published.PathOf(program));
        foreach (string library in Directory.GetFiles(Published.Folder, "*.so")) File.CreateSymbolicLink(Path.Combine(Dist, Path.GetFileName(library)), library);
        string text = File.ReadAllText(Published.HostIni);
        // Tests share the machine with everything else that is built and tested on it.
        text = text.Replace("wait = yield", "wait = sleep", StringComparison.Ordinal).Replace("map-mib = 8192", "map-mib = 256", StringComparison.Ordinal);
        foreach (int port in new[] { 26400, 26401, 26402, 26403, 26480 }) text = text.Replace($":{port}", $":{FreePort()}", StringComparison.Ordinal);
        File.WriteAllText(Ini, text);
    }

    public string Folder { get; } = Directory.CreateTempSubdirectory("mm-deploy-").FullName;

    public string Root => Path.Combine(Folder, "root");

    public string Data => Path.Combine(Root, "data");

    public string Dist => Path.Combine(Folder, "dist");

    public string Ini => Path.Combine(Folder, "host.ini");

    /// <summary>The version that runs; null: none.</summary>
    public string? Current => Path.GetFileName(new FileInfo(Path.Combine(Root, "current")).LinkTarget);

    public string[] Versions => [.. Directory.GetDirectories(Path.Combine(Root, "releases")).Select(folder => Path.GetFileName(folder)!).Order()];

    public CounterFile ReadCounters() => CounterFile.OpenRead(Path.Combine(Data, "engine.counters"));

    public long Sent
    {
        get
        {
            using CounterFile counters = ReadCounters();
            return counters.Read(Counter.ExecutionSent);
        }
    }

    /// <summary>A change that makes another version.</summary>
    public void Touch(string comment) => File.AppendAllText(Ini, $"\n; {comment}\n");

    /// <summary>Puts a script in the place of a program.</summary>
    public void Replace(string program, string script)
    {
        string path = Path.Combine(Dist, program);
        File.Delete(path);
        File.WriteAllText(path, script);
        File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
    }

    public void PutBack(string program)
    {
        File.Delete(Path.Combine(Dist, program));
        File.CreateSymbolicLink(Path.Combine(Dist, program), Published.PathOf(program));
    }

    /// <summary>Runs deploy.sh into the root.</summary>
    public (int Status, string Output) Deploy(params IEnumerable<string> options) =>
        Script("deploy.sh", [Ini, "--root", Root, "--dist", Dist, .. options]);

    public (int Status, string Output) Supervise(params IEnumerable<string> arguments) => Script("supervise.sh", [Root, .. arguments]);

    /// <summary>Everything that is there, with its size, but for the logs.</summary>
    public string[] Files() => Directory.Exists(Root)
        ? [.. Directory.GetFileSystemEntries(Root, "*", SearchOption.AllDirectories).Order().Select(path => File.Exists(path) ? $"{path} {new FileInfo(path).Length}" : path)]
        : [];

    /// <summary>Reads a condition until it holds.</summary>
    public static void WaitUntil(Func<bool> done, string what)
    {
        Stopwatch waited = Stopwatch.StartNew();
        while (!done())
        {
            Assert.True(waited.Elapsed < TimeSpan.FromSeconds(30), $"waited 30 s in vain to {what}");
            Thread.Sleep(20);
        }
    }

    public static (int Status, string Output) Script(string name, params IEnumerable<string> arguments) =>
        RunningProgram.RunToEnd("/bin/bash", [Path.Combine(Published.Root, "deploy", name), .. arguments]);

    public void Dispose()
    {
        if (Directory.Exists(Root) && Current is not null) Supervise("stop");
        Directory.Delete(Folder, recursive: true);
    }

    private static int FreePort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
