namespace MarketMaker.Tests.Native;

/// <summary>deploy/host/apply.sh on a host of files.</summary>
public sealed class HostScriptSpecs : IDisposable
{
    private const string Cpu = "sys/devices/system/cpu";

    private readonly string _root = Directory.CreateTempSubdirectory("mm-tune-").FullName;

    public HostScriptSpecs()
    {
        foreach ((string path, string text) in (ReadOnlySpan<(string, string)>)[
            ($"{Cpu}/online", "0-3,6"), ($"{Cpu}/cpu2/cpufreq/scaling_governor", "powersave"), ($"{Cpu}/cpu2/cpuidle/state1/latency", "2"),
            ($"{Cpu}/cpu2/cpuidle/state1/disable", "0"), ($"{Cpu}/cpu2/cpuidle/state2/latency", "133"), ($"{Cpu}/cpu2/cpuidle/state2/disable", "0"),
            ($"{Cpu}/cpu2/topology/thread_siblings_list", "2,6"), ($"{Cpu}/cpu6/online", "1"), ($"{Cpu}/cpu3/online", "1"), ("proc/irq/default_smp_affinity", "4f"),
            ("proc/irq/41/smp_affinity_list", "0-3"), ("proc/irq/42/smp_affinity_list", "0"), ("proc/sys/kernel/nmi_watchdog", "1"),
            ("sys/kernel/mm/ksm/run", "1"), ("sys/kernel/mm/transparent_hugepage/enabled", "[always] madvise never"), ("proc/sys/net/core/rmem_max", "212992"), ("etc/default/grub", "")])
            Write(path, text);
    }

    public void Dispose() => Directory.Delete(_root, recursive: true);

    [Fact]
    public void should_change_what_the_doctor_finds_and_print_each_change()
    {
        (int status, string output) = Apply("--cores", "2-3", "--irqs", "2-3", "--memory", "--network");
        Assert.Equal(0, status);
        foreach ((string path, string value) in (ReadOnlySpan<(string, string)>)[
            ($"{Cpu}/cpu2/cpufreq/scaling_governor", "performance"), ($"{Cpu}/cpu2/cpuidle/state1/disable", "0"), ($"{Cpu}/cpu2/cpuidle/state2/disable", "1"),
            ($"{Cpu}/cpu6/online", "0"), ("proc/irq/default_smp_affinity", "43"), ("proc/irq/41/smp_affinity_list", "0,1,6"), ("proc/irq/42/smp_affinity_list", "0"),
            ("proc/sys/kernel/nmi_watchdog", "0"), ("sys/kernel/mm/ksm/run", "0"), ("sys/kernel/mm/transparent_hugepage/enabled", "madvise"), ("proc/sys/net/core/rmem_max", "67108864")])
            Assert.Equal(value, Read(path));
        Assert.Contains("performance > /sys/devices/system/cpu/cpu2/cpufreq/scaling_governor", output, StringComparison.Ordinal);
    }

    [Fact]
    public void should_change_nothing_in_a_dry_run_and_nothing_twice()
    {
        (_, string wouldDo) = Apply("--cores", "2", "--dry-run");
        Assert.Equal("powersave", Read($"{Cpu}/cpu2/cpufreq/scaling_governor"));
        Assert.Equal(wouldDo, Apply("--cores", "2").Output);
        Assert.Equal((0, ""), Apply("--cores", "2"));
    }

    [Fact]
    public void should_write_the_parameters_of_the_next_boot()
    {
        Assert.Equal(0, Apply("--boot", "2-3").Status);
        Assert.Contains("isolcpus=domain,managed_irq,2-3 nohz_full=2-3 rcu_nocbs=2-3 irqaffinity=0,1,6\"", Read("etc/default/grub.d/marketmaker.cfg"), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("--cores", "two")]
    [InlineData("--cores", "2-")]
    [InlineData("--irqs", "")]
    [InlineData("--bogus", "1")]
    public void should_refuse_what_is_no_list_of_cores(string option, string value) => Assert.Equal(2, Apply(option, value).Status);

    [Fact]
    public void should_refuse_to_take_every_core_for_the_hot_stages() => Assert.Equal(1, Apply("--irqs", "0-3,6").Status);

    private (int Status, string Output) Apply(params IEnumerable<string> options) =>
        RunningProgram.RunToEnd("/bin/bash", [Path.Combine(Published.Root, "deploy", "host", "apply.sh"), "--root", _root, .. options]);

    private void Write(string path, string text)
    {
        string file = Path.Combine(_root, path);
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        File.WriteAllText(file, text + "\n");
    }

    private string Read(string path) => File.ReadAllText(Path.Combine(_root, path)).Trim();
}
