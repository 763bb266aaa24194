using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>The journal cannot be used as it is. The message names the remedy; nothing was changed.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    public JournalException(string message, Exception? cause = null) : base(message, cause) { }

    internal static string RemedyOf(LmdbStatus status) => status switch
    {
        LmdbStatus.DiskFull => ". Free some space on the journal's disk, then start again.",
        LmdbStatus.MapFull => ". Raise [journal] map-mib, then start again.",
        LmdbStatus.InputOutputError => ". Look into the kernel's log and mend or change the disk, then start again.",
        LmdbStatus.Corrupted => ". Restore the folder from a copy.",
        _ => ". Look at the disk, then start again.",
    };

    internal static void ThrowUnlessSuccess(LmdbStatus status, string action)
    {
        if (status == LmdbStatus.Success) return;
        throw new JournalException($"{action}: {LmdbException.TextOf(status)} ({(int)status}){RemedyOf(status)}");
    }
}

/// <summary>A put or a commit failed while trading: what is durable is no longer known, so the engine stops at once and never tries again.</summary>
public sealed class JournalFailedException : Exception
{
    internal JournalFailedException(LmdbStatus status, string action)
        : base($"The journal failed while {action}: {LmdbException.TextOf(status)} ({(int)status}). Trading stops and nothing is tried again: what the "
            + $"disk has is known only at the next start, when the venue replays the rest{JournalException.RemedyOf(status)}") =>
        Status = status;

    internal JournalFailedException(LmdbException damage, string action)
        : base($"The journal is damaged, found while {action}: {damage.Message}. Trading stops. What is durable is still there for a reader: restore the "
            + "folder from a copy, or make the journal anew from the database; 'mm-ledger verify' says what is left of it.", damage) =>
        Status = LmdbStatus.Corrupted;

    /// <summary>What LMDB returned.</summary>
    public LmdbStatus Status { get; }
}
