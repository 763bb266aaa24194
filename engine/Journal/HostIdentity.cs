namespace MarketMaker.Journal;

/// <summary>Which host this is, so that a copied journal is noticed before it makes ids a second time.</summary>
public static class HostIdentity
{
    private const string MachineIdFile = "/etc/machine-id";

    /// <summary>The machine id of systemd, or the host's name where there is none, as in a container.</summary>
    public static string Current
    {
        get
        {
            string machineId = File.Exists(MachineIdFile) ? File.ReadAllText(MachineIdFile).Trim() : "";
            return machineId.Length > 0 ? machineId : Environment.MachineName;
        }
    }
}
