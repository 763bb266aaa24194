using System.Globalization;
using MarketMaker.Platform.Network.Xdp;

namespace MarketMaker.Host.Doctor;

/// <summary>What AF_XDP asks of process, card and driver.</summary>
/// <remarks>Source: kernel documentation of AF_XDP, and <c>include/uapi/linux/capability.h</c> for the numbers.</remarks>
internal static class XdpChecks
{
    private const int CapNetAdmin = 12;
    private const int CapNetRaw = 13;
    private const int CapSysAdmin = 21;
    private const int CapBpf = 39;

    // Drivers of the kernel that let the card write into our frames. A driver not named here may have learned it since: the log's first line says what was had.
    private static readonly HashSet<string> ZeroCopyDrivers = ["i40e", "ice", "igb", "igc", "ixgbe", "mlx5_core", "nfp"];

    public static IEnumerable<HostFinding> Run(HostView host, string at, string card, IReadOnlyList<int> taken)
    {
        yield return Rights(host);
        yield return host.Number($"{at}/mtu") is { } mtu && mtu > XdpReceiver.MtuMax
            ? HostFinding.Wrong("xdp-mtu", $"packets of {card} may have {mtu} bytes, a frame of AF_XDP holds {XdpReceiver.MtuMax}", $"ip link set {card} mtu {XdpReceiver.MtuMax}, or [feed] driver = socket")
            : HostFinding.Fine("xdp-mtu", "a packet fits into a frame");
        yield return Queues(host, at, card, taken);
        yield return Driver(host, at, card);
    }

    private static HostFinding Rights(HostView host)
    {
        string line = host.Lines("proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal)) ?? "";
        bool isKnown = ulong.TryParse(line.Split(':')[^1].Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture, out ulong held);
        (string Name, bool IsHeld)[] needed = [("CAP_NET_RAW", Has(CapNetRaw)), ("CAP_NET_ADMIN", Has(CapNetAdmin)), ("CAP_BPF", Has(CapBpf) || Has(CapSysAdmin))];
        string[] missing = [.. needed.Where(right => isKnown && !right.IsHeld).Select(right => right.Name)];
        return missing.Length == 0
            ? HostFinding.Fine("xdp-rights", "this process may load a program and take frames")
            : HostFinding.Wrong("xdp-rights", $"{string.Join(", ", missing)} is missing", "setcap cap_net_raw,cap_bpf,cap_net_admin,cap_ipc_lock+ep marketmaker, or AmbientCapabilities in the unit, or root");

        bool Has(int capability) => (held >> capability & 1) != 0;
    }

    private static HostFinding Queues(HostView host, string at, string card, IReadOnlyList<int> taken)
    {
        int there = NetworkChecks.QueuesOf(host, at);
        int[] absent = [.. taken.Where(queue => queue >= there)];
        if (absent.Length > 0)
            return HostFinding.Wrong("xdp-queues", $"{card} has {there} receive queues and no {HostView.ListOf(absent)}", "correct [feed] xdp-queues, or ethtool -L");
        return taken.Count == 0 || taken.Count == there
            ? HostFinding.Fine("xdp-queues", $"every receive queue of {card} has a socket")
            : HostFinding.Worse("xdp-queues", $"{taken.Count} of {there} receive queues of {card} have a socket", "a packet of the feed in another queue goes through the stack and waits some turns", $"deploy/host/apply.sh --steer {card} ADDRESS:PORT {taken[0]}, or xdp-queues = all");
    }

    private static HostFinding Driver(HostView host, string at, string card)
    {
        string driver = host.Lines($"{at}/device/uevent").FirstOrDefault(line => line.StartsWith("DRIVER=", StringComparison.Ordinal))?["DRIVER=".Length..] ?? "";
        return ZeroCopyDrivers.Contains(driver)
            ? HostFinding.Fine("xdp-driver", $"{driver} can write into our frames itself")
            : HostFinding.Worse("xdp-driver", $"{(driver.Length == 0 ? card : driver)} is not known to write into our frames itself", "a copy of each packet, 50 to 200 ns", "a card whose driver has AF_XDP zero-copy");
    }
}
