using System.Net;
using System.Net.Sockets;

namespace MarketMaker.Demo;

/// <summary>The folder of one run: what is in it afterwards, and nothing of an earlier run.</summary>
internal sealed class DemoFolder
{
    private const string Marker = "made-by-mm-demo";

    private DemoFolder(string path) => Root = path;

    public string Root { get; }

    /// <summary>The folder of one of several nodes, below this one, with the password of all.</summary>
    public DemoFolder Node(string name)
    {
        DemoFolder node = new(File(name));
        Directory.CreateDirectory(node.Root);
        System.IO.File.Copy(PasswordFile, node.PasswordFile);
        System.IO.File.SetUnixFileMode(node.PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return node;
    }

    public string Ini => File("engine.ini");

    public string PasswordFile => File("venue.password");

    public string Fills => File("venue-fills.csv");

    public string Journal => File("journal");

    public string Ledger => File("ledger.db");

    public string Counters => File("engine.counters");

    public string VerdictChanges => File("verdicts.csv");

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Takes a folder: new, empty, or left by an earlier demo, whose files are removed.</summary>
    /// <exception cref="IOException">It holds something else.</exception>
    public static DemoFolder Take(string path)
    {
        DemoFolder folder = new(Path.GetFullPath(path));
        if (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any())
        {
            if (!System.IO.File.Exists(folder.File(Marker)))
                throw new IOException($"{folder.Root} is not empty and not from an earlier demo: name another folder with --data.");
            Directory.Delete(folder.Root, recursive: true);
        }

        Directory.CreateDirectory(folder.Root);
        System.IO.File.WriteAllText(folder.File(Marker), "");
        System.IO.File.WriteAllText(folder.PasswordFile, Convert.ToHexString(Guid.NewGuid().ToByteArray())[..10]);
        System.IO.File.SetUnixFileMode(folder.PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return folder;
    }

    /// <summary>A UDP port nobody has bound just now.</summary>
    public static int FreeUdpPort()
    {
        using Socket socket = new(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return ((IPEndPoint)socket.LocalEndPoint!).Port;
    }
}
