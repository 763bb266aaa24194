using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Journal;

/// <summary>The journal cannot be used as it is. The message names the remedy; nothing was changed.</summary>
public sealed class JournalException : Exception
{
    /// <summary>Says what is wrong and what to do.</summary>
    public JournalException(string message, Exception? cause = null) : base(message, cause) { }

    internal static void ThrowUnlessSuccess(LmdbStatus status, string action)
    {
        if (status != LmdbStatus.Success) throw new JournalException($"{action}: {LmdbException.TextOf(status)} ({(int)status})");
    }
}

/// <summary>A put or a commit failed while trading: what is durable is no longer known, so the engine stops at once and never tries again.</summary>
public sealed class JournalFailedException : Exception
{
    internal JournalFailedException(LmdbStatus status, string action)
        : base($"The journal failed while {action}: {LmdbException.TextOf(status)} ({(int)status}). Trading stops; restart after the disk is mended.") =>
        Status = status;

    /// <summary>What LMDB returned.</summary>
    public LmdbStatus Status { get; }
}
