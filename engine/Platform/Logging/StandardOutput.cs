using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Logging;

/// <summary>Standard output as a log's end: a pipe nobody reads costs one short wait, and then its lines, but never more time.</summary>
/// <remarks>Written past the console's classes, which would block on a full pipe. SIGPIPE is ignored by the runtime; the write says EPIPE.</remarks>
public sealed unsafe partial class StandardOutput(int descriptor = StandardOutput.Descriptor) : ILineOutput
{
    /// <summary>Standard output's number.</summary>
    public const int Descriptor = 1;

    private const short CanWrite = 4; // POLLOUT
    private const int PatienceMs = 100;
    private const int Interrupted = 4; // EINTR

    private bool _isStuck;

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> lines)
    {
        while (!lines.IsEmpty)
        {
            // Once nobody has read for so long, it is only asked whether that has changed.
            if (!IsReady(_isStuck ? 0 : PatienceMs))
            {
                _isStuck = true;
                return false;
            }

            nint taken;
            // SAFETY: the kernel reads at most the span's length, which is pinned for the call.
            fixed (byte* bytes = lines) taken = Write(descriptor, bytes, (nuint)lines.Length);
            if (taken < 0 && Marshal.GetLastPInvokeError() == Interrupted) continue;
            if (taken <= 0) return false;
            _isStuck = false;
            lines = lines[(int)taken..];
        }

        return true;
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        // It is the process's, not ours.
    }

    /// <summary>Puts <c>/dev/null</c> in the place of standard streams that are closed: the next file opened, the journal say, would become one.</summary>
    /// <remarks>The runtime itself may have come first, with <c>/dev/urandom</c>; what is written there is as lost.</remarks>
    public static void FillClosed()
    {
        const int ReadWrite = 2, GetFlags = 1;
        for (int standard = 0; standard <= 2; standard++)
        {
            // Opening takes the lowest free number, which is this one, since those below are open.
            if (Control(standard, GetFlags) < 0) _ = Open("/dev/null", ReadWrite);
        }
    }

    private bool IsReady(int patienceMs)
    {
        PollRequest request = new() { File = descriptor, Wanted = CanWrite };
        // SAFETY: one struct pollfd on the stack.
        return Poll(&request, 1, patienceMs) > 0 && (request.Seen & CanWrite) != 0;
    }

    [LibraryImport("libc", EntryPoint = "poll")]
    private static partial int Poll(PollRequest* requests, nuint count, int timeoutMs);

    [LibraryImport("libc", EntryPoint = "write", SetLastError = true)]
    private static partial nint Write(int file, byte* bytes, nuint count);

    [LibraryImport("libc", EntryPoint = "fcntl")]
    private static partial int Control(int file, int command);

    [LibraryImport("libc", EntryPoint = "open", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int Open(string path, int flags);

    [StructLayout(LayoutKind.Sequential)]
    private struct PollRequest
    {
        internal int File;
        internal short Wanted;
        internal short Seen;
    }
}
