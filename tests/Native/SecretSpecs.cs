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
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using (counters) engine.WaitUntil(() => counters.Read(Counter.JournalBooked) > 0, "book an execution");
        Assert.Equal(3, node.Programs.Count);
        foreach (RunningProgram program in node.Programs)
        {
            foreach (string shown in new[] { "cmdline", "environ" })
                Assert.False(Has(File.ReadAllBytes($"/proc/{program.Id}/{shown}"), node.Password), $"{program.Name}: the password is in its {shown}");
        }

        foreach (RunningProgram program in node.Programs.Reverse()) program.Stop();
        Assert.All(node.Programs, program => Assert.DoesNotContain(node.Password, program.Output, StringComparison.Ordinal));
        Assert.DoesNotContain(node.Password, node.RunEngine("check").Output, StringComparison.Ordinal);
        string[] files = [.. Directory.GetFiles(node.Folder, "*", SearchOption.AllDirectories).Where(file => file != node.PasswordFile)];
        Assert.Contains(files, file => Path.GetFileName(file) == "data.mdb");
        Assert.All(files, file => Assert.False(Has(File.ReadAllBytes(file), node.Password), $"the password is in {file}"));
        // The search itself can find it.
        Assert.True(Has(File.ReadAllBytes(node.PasswordFile), node.Password));
    }

    private static bool Has(byte[] bytes, string text) => bytes.AsSpan().IndexOf(Encoding.ASCII.GetBytes(text)) >= 0;
}
