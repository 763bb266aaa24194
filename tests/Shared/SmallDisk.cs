using System.Diagnostics;

namespace MarketMaker.Tests.Shared;

/// <summary>A small tmpfs of its own for tests that fill a disk. Needs root; elsewhere the test is skipped and says so.</summary>
internal sealed class SmallDisk : IDisposable
{
    private SmallDisk(string folder) => Folder = folder;

    public string Folder { get; }

    /// <summary>What fills it: a file of another program.</summary>
    private string Filler => Path.Combine(Folder, "filler");

    public static SmallDisk MountOrSkip(int mebiBytes, string type = "tmpfs")
    {
        string folder = Directory.CreateTempSubdirectory("mm-disk-").FullName;
        string? problem = Run("mount", "-t", type, "-o", $"size={mebiBytes}m", type, folder);
        if (problem is null) return new SmallDisk(folder);
        Directory.Delete(folder);
        Skip.If(true, $"a {type} cannot be mounted here, which needs root: {problem}");
        throw new UnreachableException();
    }

    /// <summary>Fills it up to a share, in percent; 100 leaves not a page.</summary>
    public void FillTo(int percent)
    {
        using FileStream file = new(Filler, FileMode.Append);
        byte[] page = new byte[4096];
        try
        {
            DriveInfo drive = new(Folder);
            while (percent == 100 || 100 * (drive.TotalSize - drive.AvailableFreeSpace) < percent * drive.TotalSize)
            {
                file.Write(page);
                file.Flush();
            }
        }
        catch (IOException) when (percent == 100)
        {
        }
    }

    public void Free() => File.Delete(Filler);

    public void Dispose()
    {
        Run("umount", "--lazy", Folder);
        Directory.Delete(Folder);
    }

    private static string? Run(string program, params string[] arguments)
    {
        using Process process = Process.Start(new ProcessStartInfo(program, arguments) { RedirectStandardError = true })!;
        string said = process.StandardError.ReadToEnd().Trim();
        process.WaitForExit();
        return process.ExitCode == 0 ? null : said;
    }
}
