using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Lmdb;

/// <summary>LMDB refused at open or set-up. Journal paths get an <see cref="LmdbStatus"/> instead.</summary>
public sealed class LmdbException : Exception
{
    /// <summary>Says what was tried; the status may be the environment's.</summary>
    public LmdbException(string message, LmdbStatus status = LmdbStatus.Invalid) : base(message) => Status = status;

    /// <summary>What LMDB returned.</summary>
    public LmdbStatus Status { get; }

    /// <summary>LMDB's own words for a status.</summary>
    public static string TextOf(LmdbStatus status) => Marshal.PtrToStringUTF8(NativeLmdb.ErrorText((int)status)) ?? status.ToString();

    internal static void ThrowUnlessSuccess(int status, string action)
    {
        if (status == 0) return;
        LmdbStatus named = (LmdbStatus)status;
        throw new LmdbException($"{action}: {TextOf(named)} ({status})", named);
    }
}
