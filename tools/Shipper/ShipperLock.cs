namespace MarketMaker.Shipper;

/// <summary>One shipper per journal on a host: an exclusive lock on <c>shipper.lock</c> beside it, which the kernel drops when the process dies.</summary>
internal sealed class ShipperLock : IDisposable
{
    private readonly FileStream _file;

    private ShipperLock(FileStream file) => _file = file;

    /// <summary>Takes it, unless another shipper has it.</summary>
    public static ShipperLock? TryTake(string journalFolder)
    {
        string path = Path.Combine(journalFolder, "shipper.lock");
        try
        {
            return new ShipperLock(new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException) when (File.Exists(path))
        {
            return null;
        }
    }

    /// <summary>Lets the journal go. The file stays: deleting it could let two shippers in.</summary>
    public void Dispose() => _file.Dispose();
}
