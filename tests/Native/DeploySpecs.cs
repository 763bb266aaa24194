using System.Diagnostics;
using System.Globalization;
using System.Text.RegularExpressions;

namespace MarketMaker.Tests.Native;

/// <summary>deploy.sh and supervise.sh, as a person uses them.</summary>
public sealed partial class DeploySpecs
{
    private const string BrokenEngine = "#!/bin/bash\n[ \"$1\" != run ] || exit 1\nexec \"REAL\" \"$@\"\n";
    private const string SilentEngine = "#!/bin/bash\n[ \"$1\" != run ] || exec sleep 600\nexec \"REAL\" \"$@\"\n";

    [SkippableFact]
    public void should_bring_a_clean_root_to_an_engine_that_trades_and_go_back_from_a_version_that_does_not()
    {
        using DeployRoot host = new();
        Stopwatch took = Stopwatch.StartNew();
        (int status, string output) = host.Deploy("--start");
        Assert.True(status == 0, output);
        Assert.True(took.Elapsed < TimeSpan.FromSeconds(60), $"{took.Elapsed}: {output}");
        DeployRoot.WaitUntil(() => host.Sent > 0, "send an order");
        string first = host.Current!;
        Assert.Equal(0, host.Supervise("status").Status);
        Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Path.Combine(host.Data, "venue.password")));

        // Again: nothing is done.
        int engine;
        using (var counters = host.ReadCounters()) engine = counters.ProcessId;
        (status, output) = host.Deploy("--start");
        Assert.Equal(0, status);
        Assert.Contains("nothing is left to do", output, StringComparison.Ordinal);
        using (var counters = host.ReadCounters()) Assert.Equal(engine, counters.ProcessId);

        // A new version that ends at once, and one that never trades.
        foreach ((string script, string health) in (ReadOnlySpan<(string, string)>)[(BrokenEngine, "60"), (SilentEngine, "2")])
        {
            host.Replace("marketmaker", script.Replace("REAL", Published.PathOf("marketmaker"), StringComparison.Ordinal));
            (status, output) = host.Deploy("--start", "--health-s", health);
            Assert.Equal(1, status);
            Assert.Contains($"go back to {first}", output, StringComparison.Ordinal);
            double seconds = double.Parse(RunsAgain().Match(output).Groups[1].Value, CultureInfo.InvariantCulture);
            Assert.True(seconds <= 5, $"{seconds} s: {output}");
            Assert.Equal(first, host.Current);
            Assert.Equal([first], host.Versions);
        }

        long before = host.Sent;
        DeployRoot.WaitUntil(() => host.Sent > before, "send an order again");

        // A killed engine comes back; a stop is in order and leaves nothing behind.
        host.PutBack("marketmaker");
        using (var counters = host.ReadCounters()) engine = counters.ProcessId;
        Platform.Processes.ProcessSignal.Send(engine, Platform.Processes.ProcessSignal.Kill);
        DeployRoot.WaitUntil(() => Restarted(host, engine), "start the killed engine again");
        (status, output) = host.Supervise("stop");
        Assert.True(status == 0, output);
        Assert.Empty(Directory.GetFiles(Path.Combine(host.Root, "run"), "*.pid"));
        Assert.NotEqual(0, host.Supervise("status").Status);
    }

    [SkippableFact]
    public void should_keep_the_last_three_versions_and_go_back_by_one_when_asked_to()
    {
        using DeployRoot host = new();
        List<string> versions = [];
        for (int i = 0; i < 5; i++)
        {
            host.Touch($"version {i}");
            Assert.Equal(0, host.Deploy().Status);
            versions.Add(host.Current!);
        }

        Assert.Equal(5, versions.Distinct().Count());
        Assert.Equal(versions[2..].Order(), host.Versions);
        Assert.Equal(0, host.Deploy("--rollback").Status);
        Assert.Equal(versions[3], host.Current);
        Assert.Equal(0, host.Deploy("--rollback").Status);
        Assert.Equal(versions[2], host.Current);
        (int status, string output) = host.Deploy("--rollback");
        Assert.Equal(1, status);
        Assert.Contains("there is no version before", output, StringComparison.Ordinal);
        // The same content once more is the same version.
        Assert.Equal(0, host.Deploy().Status);
        Assert.Equal(versions[4], host.Current);
    }

    [SkippableFact]
    public void should_change_nothing_in_a_dry_run_and_print_every_step()
    {
        using DeployRoot host = new();
        (int status, string output) = host.Deploy("--start", "--dry-run");
        Assert.Equal(0, status);
        Assert.False(Directory.Exists(host.Root));
        foreach (string step in (ReadOnlySpan<string>)["check ", "copy it to ", "verify the copy", "switch ", "restart in order", "keep the last 3"])
            Assert.Contains($"deploy: {step}", output, StringComparison.Ordinal);
        Assert.Equal(0, host.Deploy().Status);
        string[] before = host.Files();
        host.Touch("another version");
        Assert.Equal(0, host.Deploy("--start", "--dry-run").Status);
        Assert.Equal(before, host.Files());
    }

    [SkippableTheory]
    [InlineData("cash = 1000000000", "csah = 1000000000", "did you mean cash")]
    [InlineData("reserve-mib = 192", "reserve-mib = 1", "write at least")]
    public void should_install_nothing_of_an_ini_file_with_a_mistake(string good, string bad, string remedy)
    {
        using DeployRoot host = new();
        File.WriteAllText(host.Ini, File.ReadAllText(host.Ini).Replace(good, bad, StringComparison.Ordinal));
        (int status, string output) = host.Deploy("--start");
        Assert.Equal(2, status);
        Assert.Contains(remedy, output, StringComparison.Ordinal);
        Assert.DoesNotContain(host.Files(), file => !file.EndsWith("root", StringComparison.Ordinal));
    }

    [SkippableFact]
    public void should_install_nothing_that_its_host_refuses_and_leave_what_is_there()
    {
        using DeployRoot host = new();
        Assert.Equal(0, host.Deploy().Status);
        string current = host.Current!;
        File.SetUnixFileMode(Path.Combine(host.Data, "venue.password"), UnixFileMode.UserRead | UnixFileMode.GroupRead);
        host.Touch("another version");
        (int status, string output) = host.Deploy();
        Assert.Equal(2, status);
        Assert.Contains("chmod 600", output, StringComparison.Ordinal);
        Assert.Equal(current, host.Current);
        Assert.Equal([current], host.Versions);
        Assert.Empty(Directory.GetFileSystemEntries(Path.Combine(host.Root, "releases"), ".incoming*"));
    }

    [SkippableFact]
    public void should_start_only_what_was_approved()
    {
        using DeployRoot host = new();
        Assert.Equal(0, host.Deploy().Status);
        string ini = Path.Combine(host.Root, "current", "host.ini");
        File.AppendAllText(ini, "; changed behind our back\n");
        (int status, string output) = RunningProgram.RunToEnd(
            Path.Combine(host.Root, "current", "bin", "marketmaker"), "run", "--config", Path.Combine(host.Data, "host.ini"), "--approved", Path.Combine(host.Root, "current", "approved"));
        Assert.Equal(2, status);
        Assert.Contains("ini-sha256 is ", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_install_units_over_ssh_and_restart_them_in_order()
    {
        using DeployRoot host = new();
        string stubs = Path.Combine(host.Folder, "stubs"), units = Path.Combine(host.Folder, "units"), calls = Path.Combine(host.Folder, "calls");
        Directory.CreateDirectory(stubs);
        Directory.CreateDirectory(units);
        host.Replace("marketmaker", $"#!/bin/bash\n[ \"$1\" != health ] || {{ echo trading; exit 0; }}\nexec \"{Published.PathOf("marketmaker")}\" \"$@\"\n");
        Stub(stubs, "ssh", "#!/bin/bash\n[ \"$1 $2 $3\" = '-o BatchMode=yes root@trader' ] || exit 255\nexec bash -c \"$4\"\n");
        Stub(stubs, "systemctl", $"#!/bin/bash\necho \"$*\" >>'{calls}'\n");
        string command = $"PATH='{stubs}':$PATH MM_UNITS='{units}' MM_USER=$(id -un) '{Published.Root}/deploy/deploy.sh' '{host.Ini}' root@trader --prefix '{host.Root}' --dist '{host.Dist}'";
        (int status, string output) = RunningProgram.RunToEnd("/bin/bash", "-c", command);
        Assert.True(status == 0, output);
        Assert.Equal(["daemon-reload", "restart mm-shipper.service", "restart marketmaker.service"], File.ReadLines(calls).Where(call => !call.StartsWith("enable", StringComparison.Ordinal)));
        string engine = File.ReadAllText(Path.Combine(units, "marketmaker.service"));
        Assert.Contains($"ExecStart={host.Root}/current/bin/marketmaker run --config {host.Root}/data/host.ini --approved {host.Root}/current/approved", engine, StringComparison.Ordinal);
        Assert.DoesNotMatch("@[A-Z_]+@", engine);
        Assert.True(File.Exists(Path.Combine(host.Data, "journal", "data.mdb")));
    }

    [SkippableTheory]
    [InlineData("deploy.sh", "")]
    [InlineData("deploy.sh", "none.ini")]
    [InlineData("deploy.sh", "INI --root a --bogus")]
    [InlineData("deploy.sh", "INI --root")]
    [InlineData("deploy.sh", "INI root@a --root b")]
    [InlineData("deploy.sh", "INI --start")]
    [InlineData("deploy.sh", "INI --root a --health-s 0")]
    [InlineData("deploy.sh", "INI INI")]
    public void should_refuse_wrong_usage(string script, string arguments)
    {
        Published.Require();
        (int status, _) = DeployRoot.Script(script, arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(word => word == "INI" ? Published.HostIni : word));
        Assert.Equal(2, status);
    }

    [SkippableFact]
    public void should_be_scripts_that_shellcheck_has_nothing_to_say_about()
    {
        bool has = Environment.GetEnvironmentVariable("PATH")!.Split(':').Any(folder => File.Exists(Path.Combine(folder, "shellcheck")));
        Assert.False(!has && Environment.GetEnvironmentVariable("CI") == "true", "shellcheck is missing: install the package shellcheck");
        Skip.IfNot(has, "shellcheck is missing: install the package shellcheck");
        string[] scripts = [.. Directory.GetFiles(Path.Combine(Published.Root, "deploy"), "*.sh"), .. Directory.GetFiles(Path.Combine(Published.Root, "deploy", "host"), "*.sh")];
        (int status, string output) = RunningProgram.RunToEnd("/usr/bin/env", ["shellcheck", .. scripts]);
        Assert.Equal((0, ""), (status, output));
    }

    private static bool Restarted(DeployRoot host, int engine)
    {
        using var counters = host.ReadCounters();
        return counters.ProcessId != engine;
    }

    private static void Stub(string folder, string name, string text)
    {
        File.WriteAllText(Path.Combine(folder, name), text);
        File.SetUnixFileMode(Path.Combine(folder, name), UnixFileMode.UserRead | UnixFileMode.UserExecute);
    }

    [GeneratedRegex(@"runs again after ([0-9.]+) s")]
    private static partial Regex RunsAgain();
}
