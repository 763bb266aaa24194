using System.Diagnostics;
using static MarketMaker.Platform.Network.Xdp.XdpConstants;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>Why AF_XDP cannot be set up, with the remedy of each error number.</summary>
internal static class XdpRefusal
{
    private const int PauseMinMs = 5;
    private const int PauseMaxMs = 100;

    /// <summary>The exception for an error number; by default that of the last call.</summary>
    public static SocketSetupException Of(string what, int? errno = null)
    {
        int number = errno ?? SocketSetup.LastErrno;
        return new SocketSetupException(what, number, number switch
        {
            EPERM => "AF_XDP needs CAP_NET_RAW, CAP_BPF and CAP_NET_ADMIN: run as root, or `setcap cap_net_raw,cap_bpf,cap_net_admin,cap_ipc_lock+ep` on the program, or AmbientCapabilities in its unit.",
            ENOBUFS => "Locked memory is limited: give CAP_IPC_LOCK, or raise RLIMIT_MEMLOCK (LimitMEMLOCK in the unit), or make [feed] xdp-frames smaller.",
            EBUSY => "Another program holds it: see `ip link show` and `ss --xdp`; end that program, or name other queues.",
            EOPNOTSUPP => "The driver cannot: use [feed] xdp-mode = auto.",
            EINVAL => "There is no such queue, or the driver cannot at this MTU or with these offloads: see `ethtool -l`; try [feed] xdp-mode = generic.",
            _ => "Use [feed] driver = socket where the kernel or the card cannot.",
        });
    }

    /// <summary>Repeats what is refused as busy, with growing pauses, up to a bound.</summary>
    /// <returns>The last error number; 0: done.</returns>
    public static int RetryWhileBusy(TimeSpan timeout, Func<int> attempt)
    {
        long begun = Stopwatch.GetTimestamp();
        for (int pauseMs = PauseMinMs; ; pauseMs = Math.Min(2 * pauseMs, PauseMaxMs))
        {
            int errno = attempt();
            if (errno != EBUSY || Stopwatch.GetElapsedTime(begun) >= timeout) return errno;
            Thread.Sleep(pauseMs);
        }
    }
}
