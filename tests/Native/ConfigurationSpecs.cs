namespace MarketMaker.Tests.Native;

public sealed class ConfigurationSpecs
{
    [SkippableTheory]
    [InlineData("[decision]\nbuy-edge-bps = 100", 2, "buy-edge-bps", "buy-edge-ppm")]
    [InlineData("[prices]\nrequest-per-second = 5", 2, "request-per-second", "requests-per-second")]
    [InlineData("[node]\nname = OTHER", 2, "name", "set twice, first on line")]
    [InlineData("[decision]\nprice-age-max-ms = 10s", 2, "price-age-max-ms", "milliseconds")]
    [InlineData("[decision]\nprice-age-max-ms = 0", 2, "price-age-max-ms", "out of range")]
    [InlineData("[feed\n", 1, "[feed", "not a section")]
    public void should_refuse_a_mistake_with_file_line_key_and_remedy(string added, int lineOfIt, string key, string remedy)
    {
        using TestNode node = new();
        int before = node.WriteIni(added.Split('\n'));
        foreach (string verb in new[] { "run", "check", "init" })
        {
            (int status, string output) = node.RunEngine(verb);
            Assert.Equal(2, status);
            string line = Assert.Single(output.Split('\n', StringSplitOptions.RemoveEmptyEntries));
            Assert.StartsWith($"{node.IniFile}:{before + lineOfIt}: ", line, StringComparison.Ordinal);
            Assert.Contains(key, line, StringComparison.Ordinal);
            Assert.Contains(remedy, line, StringComparison.Ordinal);
        }
    }

    [SkippableFact]
    public void should_refuse_a_key_that_is_missing_and_a_file_that_is_not_there()
    {
        using TestNode node = new();
        node.Set("capital", "cash", null);
        (int status, string output) = node.RunEngine("check");
        Assert.Equal(2, status);
        Assert.Contains(node.IniFile, output, StringComparison.Ordinal);
        Assert.Contains("cash is missing", output, StringComparison.Ordinal);
        File.Delete(node.IniFile);
        Assert.Equal(2, node.RunEngine("check").Status);
    }

    [SkippableFact]
    public void should_refuse_a_password_file_that_others_may_read()
    {
        using TestNode node = new();
        File.SetUnixFileMode(node.PasswordFile, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.OtherRead);
        (int status, string output) = node.RunEngine("check");
        Assert.Equal(2, status);
        Assert.Contains($"chmod 600 {node.PasswordFile}", output, StringComparison.Ordinal);
        Assert.DoesNotContain(node.Password, output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_print_an_effective_configuration_that_is_accepted_again()
    {
        using TestNode node = new();
        (int status, string printed) = node.RunEngine("check");
        Assert.Equal(0, status);
        Assert.Contains("buy-edge-ppm = 2500", printed, StringComparison.Ordinal);
        Assert.Contains("name = NATIVE", printed, StringComparison.Ordinal);
        File.WriteAllText(node.IniFile, printed);
        Assert.Equal((0, printed), node.RunEngine("check"));
    }
}
