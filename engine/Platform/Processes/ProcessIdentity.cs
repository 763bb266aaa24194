using System.Globalization;
using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Processes;

/// <summary>Which process wrote something, so that another with the same number, or one after a restart of the host, is not taken for it.</summary>
/// <remarks>Of explicit layout: it stands in files.</remarks>
[StructLayout(LayoutKind.Explicit, Size = 32)]
public readonly record struct ProcessIdentity
{
    private const int FieldsBeforeStart = 19;

    [FieldOffset(0)] private readonly Guid _boot;
    [FieldOffset(16)] private readonly long _startTicks;
    [FieldOffset(24)] private readonly int _id;

    private ProcessIdentity(int id, long startTicks, Guid boot) => (_id, _startTicks, _boot) = (id, startTicks, boot);

    /// <summary>The process's number.</summary>
    public int Id => _id;

    /// <summary>This process.</summary>
    public static ProcessIdentity Current => Of(Environment.ProcessId);

    /// <summary>A process that runs now; one that does not has no start.</summary>
    public static ProcessIdentity Of(int id) => new(id, StartOf(id) ?? 0, Boot);

    /// <summary>Whether it was started since the host was: its monotonic times compare with ours only then.</summary>
    public bool IsOfThisBoot => _boot == Boot;

    /// <summary>Whether it runs now. Where another process's folder cannot be seen, as from a container, it does not look so.</summary>
    public bool IsRunning => IsOfThisBoot && StartOf(_id) == _startTicks;

    private static Guid Boot
    {
        get
        {
            const string BootFile = "/proc/sys/kernel/random/boot_id";
            return File.Exists(BootFile) && Guid.TryParse(File.ReadAllText(BootFile), out Guid boot) ? boot : Guid.Empty;
        }
    }

    // Ticks since boot, the 22nd field. The name in brackets may hold anything, so what counts begins behind the last bracket. A zombie has ended.
    private static long? StartOf(int id)
    {
        try
        {
            string text = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{id}/stat"));
            string[] fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return fields[0] is "Z" or "X" ? null : long.Parse(fields[FieldsBeforeStart], CultureInfo.InvariantCulture);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return null;
        }
    }
}
