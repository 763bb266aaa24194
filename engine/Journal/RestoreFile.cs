using System.Globalization;
using System.IO.Hashing;
using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Files;

namespace MarketMaker.Journal;

/// <summary>
/// What the database knows of a node whose journal was lost, on its way into a new one: a text file, whole or not there.
/// <c>mm-shipper restore</c> writes it, <c>marketmaker init --from</c> reads it.
/// </summary>
public sealed record RestoreFile
{
    private const string FirstLine = "mm-restore 1";

    /// <summary>The node.</summary>
    public required string Node { get; init; }

    /// <summary>Cash the lost journal was opened with, in 1/10,000 dollar; must be the INI's.</summary>
    public required long OpeningCash { get; init; }

    /// <summary>Opening cash and all bookings, in 1/10,000 dollar.</summary>
    public required long Cash { get; init; }

    /// <summary>Transactions of the node in the database.</summary>
    public required long Transactions { get; init; }

    /// <summary>Transactions that brought shares in, adjustments not counted; for the counters.</summary>
    public long Buys { get; init; }

    /// <summary>Transactions that took shares out, adjustments not counted; for the counters.</summary>
    public long Sells { get; init; }

    /// <summary>Shares of <see cref="Buys"/>.</summary>
    public long SharesBought { get; init; }

    /// <summary>Shares of <see cref="Sells"/>.</summary>
    public long SharesSold { get; init; }

    /// <summary>The newest venue session of the node; none when it never traded.</summary>
    public SessionId Session { get; init; }

    /// <summary>That session's trading date as year * 10,000 + month * 100 + day; 0 when none.</summary>
    public int TradingDate { get; init; }

    /// <summary>The highest sequence number of that session in the database: what the venue replays up to there is not booked again.</summary>
    public long BookedThrough { get; init; }

    /// <summary>Shares by ticker.</summary>
    public required IReadOnlyDictionary<Symbol, long> PositionsShares { get; init; }

    /// <summary>The newest executions of that session, oldest first, without those that were broken.</summary>
    public IReadOnlyList<BookedExecution> Executions { get; init; } = [];

    /// <summary>The name of a node's file.</summary>
    public static string NameOf(string node) => $"restore-{node}.state";

    /// <summary>Writes it: synced, then renamed into place.</summary>
    public void Write(string path)
    {
        StringBuilder body = new();
        body.Append(CultureInfo.InvariantCulture, $"{FirstLine}\nnode {Node}\nopening-cash {OpeningCash}\ncash {Cash}\ntransactions {Transactions}\n");
        body.Append(CultureInfo.InvariantCulture, $"buys {Buys}\nsells {Sells}\nshares-bought {SharesBought}\nshares-sold {SharesSold}\n");
        body.Append(CultureInfo.InvariantCulture, $"trading-date {TradingDate}\nbooked-through {BookedThrough}\nsession {Session}\n");
        foreach ((Symbol symbol, long shares) in PositionsShares.OrderBy(position => position.Key))
            body.Append(CultureInfo.InvariantCulture, $"position {symbol} {shares}\n");
        foreach (BookedExecution booked in Executions)
        {
            body.Append(CultureInfo.InvariantCulture,
                $"execution {booked.MatchNumber} {booked.Symbol} {(char)booked.Side} {booked.Price} {booked.QuantityShares} {booked.UserRefNum}\n");
        }

        string text = body.ToString();
        DurableFile.Write(path, Encoding.ASCII.GetBytes($"{text}checksum {ChecksumOf(text)}\n"));
    }

    /// <summary>Reads one.</summary>
    /// <exception cref="JournalException">There is none, it is not whole, or it says something impossible.</exception>
    public static RestoreFile Read(string path)
    {
        if (!File.Exists(path)) throw new JournalException($"there is no restore file {path}: write one with 'mm-shipper restore --config FILE'.");
        string text = File.ReadAllText(path);
        int checksumAt = text.LastIndexOf("\nchecksum ", StringComparison.Ordinal) + 1;
        if (checksumAt == 0 || text[checksumAt..] != $"checksum {ChecksumOf(text[..checksumAt])}\n") throw Damaged(path);
        try
        {
            RestoreFile file = RestoreLines.Parse(text[..checksumAt], FirstLine);
            bool isPossible = file.Transactions >= 0 && file.BookedThrough >= 0 && NodeTag.TryParse(file.Node, out _)
                && !(file.Session.IsNone && (file.BookedThrough != 0 || file.Executions.Count > 0));
            return isPossible ? file : throw Damaged(path);
        }
        catch (Exception cause) when (cause is FormatException or OverflowException or ArgumentException)
        {
            throw Damaged(path);
        }
    }

    private static JournalException Damaged(string path) => new($"the restore file {path} is damaged: write a new one with 'mm-shipper restore --config FILE'.");

    private static string ChecksumOf(string body) => XxHash3.HashToUInt64(Encoding.ASCII.GetBytes(body)).ToString("x16", CultureInfo.InvariantCulture);
}
