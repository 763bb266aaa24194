namespace MarketMaker.Journal;

/// <summary>One engine per journal: an exclusive lock on <c>journal.lock</c>, which the kernel drops when the process dies.</summary>
internal sealed class JournalLock : IDisposable
{
    private readonly FileStream _file;

    private JournalLock(FileStream file) => _file = file;

    /// <exception cref="JournalException">Another engine has it.</exception>
    internal static JournalLock Take(string folder)
    {
        try
        {
            return new JournalLock(new FileStream(Path.Combine(folder, "journal.lock"), FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None));
        }
        catch (IOException cause)
        {
            throw new JournalException(
                $"another engine holds the journal {folder}: stop it, or give this one a journal of its own ([journal] path and 'marketmaker init').", cause);
        }
    }

    /// <summary>Lets the journal go. The file stays: deleting it could let two engines in.</summary>
    public void Dispose() => _file.Dispose();
}
