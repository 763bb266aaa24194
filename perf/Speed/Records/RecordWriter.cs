using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;
using MarketMaker.Measuring;

namespace MarketMaker.Speed.Records;

/// <summary>
/// Adds a run to the day's record: its lines to DATE.csv, and what they mean nothing without (commit, CPU, kernel, settings) to DATE.txt. A record is added to
/// and never rewritten.
/// </summary>
internal sealed class RecordWriter(string root)
{
    private readonly DateTime _at = DateTime.UtcNow;
    private readonly MachineKind _machine = MachineKind.OfThis();

    /// <summary>The run's name in the record.</summary>
    public string Run => _at.ToString("HHmmss", CultureInfo.InvariantCulture);

    /// <summary>The folder of this kind of machine.</summary>
    public string Folder => Path.Combine(root, _machine.FolderName);

    /// <summary>Adds the run.</summary>
    /// <returns>The CSV file.</returns>
    public string Write(IReadOnlyCollection<Figure> figures, string command, IEnumerable<string> settings)
    {
        Directory.CreateDirectory(Folder);
        string path = Path.Combine(Folder, _at.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture) + ".csv");
        StringBuilder lines = new();
        if (!File.Exists(path)) lines.Append(Figure.Header).Append('\n');
        foreach (Figure figure in figures) lines.Append(figure.ToLine()).Append('\n');
        File.AppendAllText(path, lines.ToString());
        File.AppendAllText(Path.ChangeExtension(path, ".txt"), Fingerprint(command, settings));
        return path;
    }

    /// <summary>What describes the run.</summary>
    public string Fingerprint(string command, IEnumerable<string> settings)
    {
        HostFingerprint host = HostFingerprint.Take(Environment.CurrentDirectory);
        StringBuilder text = new();
        text.Append(CultureInfo.InvariantCulture, $"run {Run}: {command}\n");
        text.Append(CultureInfo.InvariantCulture, $"  at {_at:u}, commit {host.Commit}\n");
        text.Append(CultureInfo.InvariantCulture, $"  {_machine.Cpu} ({_machine.Identity}), {_machine.Cores} cores, Linux {_machine.Kernel}, {host.Runtime}, {RuntimeInformation.OSArchitecture}\n");
        text.Append(CultureInfo.InvariantCulture, $"  load average at the end {File.ReadAllText("/proc/loadavg").Split(' ')[0]}\n");
        foreach (string setting in settings) text.Append("  ").Append(setting).Append('\n');
        return text.Append('\n').ToString();
    }
}
