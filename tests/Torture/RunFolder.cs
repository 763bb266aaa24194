namespace MarketMaker.Tests.Torture;

/// <summary>The folder of one run: what is in it afterwards, and nothing of an earlier run.</summary>
internal sealed class RunFolder
{
    private const string Marker = "made-by-mm-torture";

    private RunFolder(string path) => Root = path;

    public string Root { get; }

    public string PasswordFile => File("venue.password");

    public string File(string name) => Path.Combine(Root, name);

    /// <summary>Takes a folder: new, empty, or left by an earlier run, whose files are removed.</summary>
    /// <exception cref="IOException">It holds something else.</exception>
    public static RunFolder Take(string path)
    {
        RunFolder folder = new(Path.GetFullPath(path));
        if (Directory.Exists(folder.Root) && Directory.EnumerateFileSystemEntries(folder.Root).Any())
        {
            if (!System.IO.File.Exists(folder.File(Marker)))
                throw new IOException($"{folder.Root} is not empty and not from an earlier run: name another folder with --data.");
            Directory.Delete(folder.Root, recursive: true);
        }

        Directory.CreateDirectory(folder.Root);
        System.IO.File.WriteAllText(folder.File(Marker), "");
        System.IO.File.WriteAllText(folder.PasswordFile, "TORTURE");
        System.IO.File.SetUnixFileMode(folder.PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return folder;
    }
}
