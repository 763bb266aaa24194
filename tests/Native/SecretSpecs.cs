using System.Text;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;

namespace MarketMaker.Tests.Native;

public sealed class SecretSpecs
{
    [SkippableFact]
    public void should_show_the_password_nowhere_but_in_its_own_file()
    {
        using TestNode node = new TestNode(password: "CANARY7X3Q").Prepare();
        node.StartVenue("sim", "--tickers", "100", "--rate", "2000", "--paying", "0.05");
        node.Start("mm-shipper", "run", "--config", node.IniFile);
        node.Start("mm-volatility", "run", "--config", node.IniFile, "--address", "127.0.0.1:9", "--request-address", "127.0.0.1:0", "--state-file", node.PathOf("volatility.state"));
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters) engine.WaitUntil(() => counters.Read(Counter.JournalBooked) > 0, "book an execution");
        Assert.Equal(4, node.Programs.Count);
        foreach (RunningProgram program in node.Programs)
        {
            foreach (string shown in new[] { "cmdline", "environ" })
                Assert.False(Has(File.ReadAllBytes($"/proc/{program.Id}/{shown}"), node.Password), $"{program.Name}: the password is in its {shown}");
        }

        foreach (string verb in new[] { "check", "doctor", "health" }) Assert.DoesNotContain(node.Password, node.RunEngine(verb).Output, StringComparison.Ordinal);
        foreach (RunningProgram program in node.Programs.Reverse()) program.Stop();
        foreach (string verb in new[] { "print", "verify" })
            Assert.DoesNotContain(node.Password, RunningProgram.RunToEnd(Published.PathOf("mm-ledger"), verb, "--config", node.IniFile).Output, StringComparison.Ordinal);
        Assert.All(node.Programs, program => Assert.DoesNotContain(node.Password, program.Output, StringComparison.Ordinal));
        string[] files = [.. Directory.GetFiles(node.Folder, "*", SearchOption.AllDirectories).Where(file => file != node.PasswordFile)];
        Assert.Contains(files, file => Path.GetFileName(file) == "data.mdb");
        Assert.All(files, file => Assert.False(Has(File.ReadAllBytes(file), node.Password), $"the password is in {file}"));
        // The search itself can find it.
        Assert.True(Has(File.ReadAllBytes(node.PasswordFile), node.Password));
    }

    [SkippableFact]
    public void should_leave_no_core_dump_behind_a_crash()
    {
        Skip.If(File.ReadAllText("/proc/sys/kernel/core_pattern").StartsWith('|'), "this system pipes core dumps to a program, where a test cannot look for them");
        using TestNode node = new TestNode(password: "CANARY7X3Q").Prepare();
        node.StartVenue("sim", "--tickers", "100", "--rate", "2000", "--paying", "0.05");
        // One that reads no secret shows that dumps are written here at all.
        Assert.True(Dumps("sleep 60", _ => Thread.Sleep(200)));
        Assert.False(Dumps($"{Published.PathOf("marketmaker")} run --config {node.IniFile}", engine =>
        {
            using CounterFile counters = node.ReadCounters(engine);
            engine.WaitUntil(() => counters.Read(Counter.ExecutionSent) > 0, "send an order");
        }));

        bool Dumps(string command, Action<RunningProgram> untilItRuns)
        {
            const int Abort = 6;
            string folder = Directory.CreateDirectory(node.PathOf($"crash-{Guid.NewGuid():N}")).FullName;
            using RunningProgram program = RunningProgram.StartAny("/bin/sh", "-c", $"cd {folder} && ulimit -c unlimited && exec {command}");
            untilItRuns(program);
            program.Signal(Abort);
            program.WaitForExit();
            return Directory.GetFiles(folder).Length > 0;
        }
    }

    private static bool Has(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
}
