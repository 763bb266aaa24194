namespace MarketMaker.Tests.Crash;

/// <summary>A folder of a test's own that goes with it. In memory where that is possible: durability is emulated here, not taken from a disk.</summary>
internal sealed class ScratchFolder : IDisposable
{
    private const string Memory = "/dev/shm";

    internal string Path { get; } = Directory.CreateDirectory(
        System.IO.Path.Combine(Directory.Exists(Memory) ? Memory : System.IO.Path.GetTempPath(), $"mm-crash-{Guid.NewGuid():N}")).FullName;

    internal string PathOf(params string[] names) => System.IO.Path.Combine([Path, .. names]);

    public void Dispose() => Directory.Delete(Path, recursive: true);
}
