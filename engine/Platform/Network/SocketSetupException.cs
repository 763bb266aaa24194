using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Network;

/// <summary>A socket cannot be set up as configured. Thrown by constructors only: at start, never while trading.</summary>
public sealed class SocketSetupException : Exception
{
    /// <summary>Makes the sentence.</summary>
    /// <param name="what">What was tried, such as <c>cannot bind UDP 127.0.0.1:9000</c>.</param>
    /// <param name="errno">Why; 0 when the system was not asked.</param>
    /// <param name="remedy">What to do about it, or nothing.</param>
    public SocketSetupException(string what, int errno = 0, string remedy = "")
        : base(Sentence(what, errno, remedy))
    {
        Errno = errno;
    }

    /// <summary>The system's error number; 0 when it was not asked.</summary>
    public int Errno { get; }

    private static string Sentence(string what, int errno, string remedy)
    {
        string why = errno == 0 ? "" : $": {Marshal.GetPInvokeErrorMessage(errno)} (errno {errno})";
        return remedy.Length == 0 ? $"{what}{why}." : $"{what}{why}. {remedy}";
    }
}
