using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.Win32.SafeHandles;

namespace MarketMaker.Platform.Network;

/// <summary>A named network namespace (`ip netns add`), for tests and measurements that play two hosts on one.</summary>
/// <remarks>A socket stays in the namespace it was made in, whatever thread uses it later.</remarks>
public static partial class NetworkNamespace
{
    private const int CloneNewNetwork = 0x40000000;

    /// <summary>Runs something in a namespace, on a thread that ends with it, and waits.</summary>
    /// <exception cref="SocketSetupException">There is no such namespace, or it may not be entered (CAP_SYS_ADMIN).</exception>
    public static T Run<T>(string name, Func<T> body)
    {
        T? result = default;
        ExceptionDispatchInfo? failure = null;
        Thread thread = new(() =>
        {
            try
            {
                Enter(name);
                result = body();
            }
            catch (Exception thrown)
            {
                failure = ExceptionDispatchInfo.Capture(thrown);
            }
        });
        thread.Start();
        thread.Join();
        failure?.Throw();
        return result!;
    }

    private static void Enter(string name)
    {
        string path = Path.Combine("/run/netns", name);
        if (!File.Exists(path)) throw new SocketSetupException($"there is no network namespace '{name}'");
        using SafeFileHandle file = File.OpenHandle(path);
        if (SetNamespace(file, CloneNewNetwork) != 0)
            throw new SocketSetupException($"cannot enter network namespace '{name}'", Marshal.GetLastPInvokeError(), "It needs CAP_SYS_ADMIN.");
    }

    [LibraryImport("libc", EntryPoint = "setns", SetLastError = true)]
    private static partial int SetNamespace(SafeFileHandle file, int kind);
}
