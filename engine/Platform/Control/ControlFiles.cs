using System.Globalization;
using System.Text;
using MarketMaker.Platform.Files;

namespace MarketMaker.Platform.Control;

/// <summary>The files of one kill switch: the order people read, the page beside it, and the list of who commanded what.</summary>
/// <remarks>
/// Their folder is the authority: whoever may write there commands the engine. So it and they must belong to the engine's user or to root, and
/// nobody else may write them. Writers take turns by an exclusive lock of the list.
/// </remarks>
public sealed class ControlFiles
{
    private const UnixFileMode FolderMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
    private const UnixFileMode FileMode600 = UnixFileMode.UserRead | UnixFileMode.UserWrite;
    private const int TurnRetryMs = 5;

    /// <summary>Names the files of one switch.</summary>
    /// <param name="order">[control] file.</param>
    public ControlFiles(string order)
    {
        OrderPath = Path.GetFullPath(order);
        Folder = Path.GetDirectoryName(OrderPath)!;
    }

    /// <summary>The text that people read, see <see cref="ControlOrder"/>.</summary>
    public string OrderPath { get; }

    /// <summary>The page that sends look at, see <see cref="ControlFlag"/>.</summary>
    public string FlagPath => OrderPath + ".flag";

    /// <summary>One line for every command, oldest first: when, what, who, why. Only ever appended to.</summary>
    public string AuditPath => OrderPath + ".audit";

    /// <summary>Where they lie.</summary>
    public string Folder { get; }

    /// <summary>Makes the folder, for its owner alone, if there is none.</summary>
    /// <exception cref="IOException">It cannot be made.</exception>
    public void MakeFolder()
    {
        if (Directory.Exists(Folder)) return;
        Directory.CreateDirectory(Folder, FolderMode);
        // Root may be the first to come; the service's user owns what this lies in.
        if (Path.GetDirectoryName(Folder) is { } parent) FileGuard.GiveToOwnerOf(parent, Folder);
    }

    /// <summary>Says which of them cannot be trusted and what mends it; null when all can.</summary>
    public string? WhyUntrusted() =>
        new[] { Folder, OrderPath, FlagPath, AuditPath }.Select(FileGuard.WhyUntrusted).FirstOrDefault(why => why is not null);

    /// <summary>Writes the order: whole or not at all, and on the disk when this returns.</summary>
    /// <exception cref="IOException">The old one stands.</exception>
    public void WriteOrder(ControlOrder order) => DurableFile.Write(OrderPath, order.Format(), fresh =>
    {
        File.SetUnixFileMode(fresh, FileMode600);
        FileGuard.GiveToOwnerOf(Folder, fresh);
    });

    /// <summary>Opens the page; root's is given to the folder's owner.</summary>
    /// <exception cref="IOException">It cannot be opened.</exception>
    public ControlFlag OpenFlag()
    {
        ControlFlag flag = ControlFlag.OpenOrCreate(FlagPath);
        if (flag.WasFresh) FileGuard.GiveToOwnerOf(Folder, FlagPath);
        return flag;
    }

    /// <summary>Takes the turn to write, which is also the list's end.</summary>
    /// <param name="patience">How long to wait for another writer.</param>
    /// <returns>Null when another had it all the while.</returns>
    /// <exception cref="IOException">The list cannot be opened.</exception>
    public ControlTurn? TryTakeTurn(TimeSpan patience)
    {
        long deadline = Environment.TickCount64 + (long)patience.TotalMilliseconds;
        while (true)
        {
            bool isFresh = !File.Exists(AuditPath);
            try
            {
                FileStream list = new(AuditPath, new FileStreamOptions { Mode = FileMode.Append, Access = FileAccess.Write, Share = FileShare.None, UnixCreateMode = FileMode600 });
                if (isFresh) FileGuard.GiveToOwnerOf(Folder, AuditPath);
                return new ControlTurn(list);
            }
            catch (IOException) when (File.Exists(AuditPath) && Environment.TickCount64 < deadline)
            {
                Thread.Sleep(TurnRetryMs);
            }
            catch (IOException) when (File.Exists(AuditPath))
            {
                return null;
            }
        }
    }
}

/// <summary>The turn to write the files of a kill switch. Disposing it lets the next one in.</summary>
public sealed class ControlTurn : IDisposable
{
    private readonly FileStream _list;

    internal ControlTurn(FileStream list) => _list = list;

    /// <summary>Appends one line to the list and syncs it: time, what, by whom, why, divided by tabs.</summary>
    /// <exception cref="IOException">The disk is full, or the list cannot be written.</exception>
    public void Note(string what, ControlOrder order)
    {
        string line = string.Join('\t', order.At.ToString("O", CultureInfo.InvariantCulture), what, ControlOrder.OneLine(order.By), ControlOrder.OneLine(order.Reason));
        _list.Write(Encoding.UTF8.GetBytes(line + '\n'));
        _list.Flush(flushToDisk: true);
    }

    /// <inheritdoc/>
    public void Dispose() => _list.Dispose();
}
