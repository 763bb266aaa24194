using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketMaker.Tests.Native;

/// <summary>The systemd units as deploy.sh fills them in: understood by systemd, and with as few rights as they need.</summary>
public sealed partial class ServiceUnitSpecs : IDisposable
{
    // Of 10; systemd itself calls up to 4.9 "OK". The engine needs its network rights, the others need none.
    private const double ExposureMaxEngine = 2.9;
    private const double ExposureMaxOthers = 1.9;

    private readonly string _root = Directory.CreateTempSubdirectory("mm-units-").FullName;

    public static TheoryData<string> Units => [.. Files];

    private static IEnumerable<string> Files => Directory.GetFiles(Path.Combine(Published.Root, "deploy", "services"), "*.service").Select(file => Path.GetFileName(file)!).Order();

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [SkippableTheory]
    [MemberData(nameof(Units))]
    public void should_be_understood_by_systemd_without_a_word(string unit)
    {
        (int status, string output) = RunningProgram.RunToEnd(Analyze(), "verify", "--man=no", Fill(unit));
        Assert.Equal((0, ""), (status, output));
    }

    [SkippableTheory]
    [MemberData(nameof(Units))]
    public void should_be_exposed_as_little_as_its_work_allows(string unit)
    {
        (_, string output) = RunningProgram.RunToEnd(Analyze(), "security", "--offline=yes", "--no-pager", Fill(unit));
        double exposure = double.Parse(Level().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
        double most = unit == "marketmaker.service" ? ExposureMaxEngine : ExposureMaxOthers;
        Assert.True(exposure <= most, $"{unit}: {exposure}, at most {most}\n{output}");
    }

    [Fact]
    public void should_watch_the_engine_and_not_start_it_again_after_an_orderly_end_or_a_mistake()
    {
        string[] lines = File.ReadAllLines(Path.Combine(Published.Root, "deploy", "services", "marketmaker.service"));
        foreach (string line in (ReadOnlySpan<string>)["Type=notify", "WatchdogSec=10s", "Restart=on-failure", "RestartPreventExitStatus=2", "LimitCORE=0", "NoNewPrivileges=yes", "ProtectSystem=strict", "PrivateTmp=yes"])
            Assert.Contains(line, lines);
        Assert.Contains(lines, line => line.StartsWith("ExecStart=", StringComparison.Ordinal) && line.Contains("--approved", StringComparison.Ordinal));
    }

    [Fact]
    public void should_name_no_password_and_no_capability_of_its_own()
    {
        foreach (string unit in Files)
        {
            string text = File.ReadAllText(Path.Combine(Published.Root, "deploy", "services", unit));
            Assert.DoesNotContain("Environment=", text, StringComparison.Ordinal);
            Assert.Matches(unit == "marketmaker.service" ? "(?m)^CapabilityBoundingSet=@CAPABILITIES@$" : "(?m)^CapabilityBoundingSet=$", text);
        }
    }

    // The programs must be there for systemd to be content.
    private string Fill(string unit)
    {
        string bin = Path.Combine(_root, "current", "bin");
        Directory.CreateDirectory(bin);
        Directory.CreateDirectory(Path.Combine(_root, "data"));
        foreach (string program in (ReadOnlySpan<string>)["marketmaker", "mm-shipper", "mm-volatility", "mm-console"])
        {
            File.WriteAllText(Path.Combine(bin, program), "#!/bin/sh\n");
            File.SetUnixFileMode(Path.Combine(bin, program), UnixFileMode.UserRead | UnixFileMode.UserExecute);
        }

        string filled = Path.Combine(_root, unit);
        string text = File.ReadAllText(Path.Combine(Published.Root, "deploy", "services", unit));
        File.WriteAllText(filled, text.Replace("@ROOT@", _root, StringComparison.Ordinal).Replace("@COLD_CORES@", "0 1", StringComparison.Ordinal)
            .Replace("@CAPABILITIES@", "CAP_NET_ADMIN CAP_NET_RAW CAP_BPF", StringComparison.Ordinal));
        return filled;
    }

    private static string Analyze()
    {
        string? program = Environment.GetEnvironmentVariable("PATH")!.Split(':').Select(folder => Path.Combine(folder, "systemd-analyze")).FirstOrDefault(File.Exists);
        Assert.False(program is null && Environment.GetEnvironmentVariable("CI") == "true", "systemd-analyze is missing: install the package systemd");
        Skip.If(program is null, "systemd-analyze is missing: install the package systemd");
        return program!;
    }

    [GeneratedRegex(@"exposure level for \S+: ([0-9.]+)")]
    private static partial Regex Level();
}
