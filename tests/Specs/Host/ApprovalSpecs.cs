using System.Security.Cryptography;
using MarketMaker.Host;

namespace MarketMaker.Tests.Specs.Host;

public sealed class ApprovalSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public ApprovalSpecs()
    {
        File.WriteAllText(Program, "a program");
        File.WriteAllText(Ini, "[node]");
        Approve(HashOf(Program), HashOf(Ini), Approval.Protocol);
    }

    private string Program => Path.Combine(_folder, "marketmaker");

    private string Ini => Path.Combine(_folder, "host.ini");

    private string Approved => Path.Combine(_folder, "approved");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void should_take_what_was_approved() => Assert.Null(Approval.WhyRefused(Approved, Program, Ini));

    [Theory]
    [InlineData("marketmaker", "binary-sha256")]
    [InlineData("host.ini", "ini-sha256")]
    public void should_refuse_a_program_or_an_ini_file_with_one_byte_changed(string file, string key)
    {
        File.AppendAllText(Path.Combine(_folder, file), " ");
        AssertRefused(key);
    }

    [Fact]
    public void should_refuse_a_program_that_speaks_other_protocols()
    {
        Approve(HashOf(Program), HashOf(Ini), "itch-4.1 ouch-4.2");
        AssertRefused("protocol");
    }

    [Theory]
    [InlineData("binary-sha256")]
    [InlineData("ini-sha256")]
    [InlineData("protocol")]
    public void should_refuse_an_approval_that_lacks_a_line(string key)
    {
        File.WriteAllLines(Approved, File.ReadAllLines(Approved).Where(line => !line.StartsWith(key, StringComparison.Ordinal)));
        AssertRefused(key);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("protocol = a\nprotocol = b\n")]
    public void should_refuse_what_is_no_approval(string? text)
    {
        File.Delete(Approved);
        if (text is not null) File.WriteAllText(Approved, text);
        AssertRefused(Approved);
    }

    private void AssertRefused(string named)
    {
        string? why = Approval.WhyRefused(Approved, Program, Ini);
        Assert.NotNull(why);
        Assert.StartsWith($"{Approved}: ", why, StringComparison.Ordinal);
        Assert.Contains(named, why, StringComparison.Ordinal);
        Assert.Contains("deploy/deploy.sh", why, StringComparison.Ordinal);
    }

    private void Approve(string program, string ini, string protocol) =>
        File.WriteAllText(Approved, $"binary-sha256 = {program}\nini-sha256 = {ini}\nprotocol = {protocol}\n");

    private static string HashOf(string file) => Convert.ToHexStringLower(SHA256.HashData(File.ReadAllBytes(file)));
}
