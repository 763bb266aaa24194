using MarketMaker.Shipper;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class ShipperConfigurationSpecs : IDisposable
{
    private readonly string _file = Path.GetTempFileName();

    [Fact]
    public void should_read_its_keys_from_the_engines_file_and_let_the_command_line_win()
    {
        File.WriteAllText(_file, "[journal]\npath = /data/journal\n[node]\nname = NODE1\n[shipper]\ndatabase = sqlite:a.db\nbatch-rows = 500\npoll-ms = 30\n");
        ShipperOptions options = ShipperConfiguration.Load(_file, null, "sqlite:b.db", null, once: true);
        Assert.Equal(("/data/journal", "NODE1", "sqlite:b.db", 500, 30, true),
            (options.JournalPath, options.Node, options.Database, options.BatchRows, options.PollMs, options.Once));
    }

    [Theory]
    [InlineData("[shipper]\ndatabase = sqlite:a.db\n", "no journal")]
    [InlineData("[journal]\npath = j\n", "no database")]
    [InlineData("[journal]\npath = j\n[shipper]\ndatabase = sqlite:a\npoll-ms = 0\n", "poll-ms")]
    [InlineData("[journal]\npath = j\n[shipper]\ndatabase = sqlite:a\nbatch-rows = many\n", "[shipper] batch-rows = 'many'")]
    [InlineData("[journal]\npath =\n[shipper]\ndatabase = sqlite:a\n", "[journal] path")]
    [InlineData("[journal]\npath = j\n[shipper]\ndatabase =\n", "[shipper] database")]
    [InlineData("[journal]\npath = j\n[shipper]\ndatabase = sqlite:a\nanswer-timeout-ms = 999\n", "answer-timeout-ms")]
    [InlineData("[journal]\npath = j\n[shipper]\ndatabase = sqlite:a\nbatch-rows =\n", "[shipper] batch-rows = ''")]
    [InlineData("[journal]\npath = j\n[shipper]\ndatabase = sqlite:a\npassword-file = /nonexistent\n", "password-file")]
    public void should_refuse_what_is_missing_or_out_of_range(string ini, string word)
    {
        File.WriteAllText(_file, ini);
        FormatException refusal = Assert.Throws<FormatException>(() => ShipperConfiguration.Load(_file, null, null, null, once: false));
        Assert.Contains(word, refusal.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_take_a_key_without_a_value_as_none()
    {
        File.WriteAllText(_file, "[journal]\npath = j\n[node]\nname =\n[shipper]\ndatabase = sqlite:a.db\npassword-file =\nstatus-file =\n");
        ShipperOptions options = ShipperConfiguration.Load(_file, null, null, null, once: false);
        Assert.Equal((null, null, null), (options.Node, options.PasswordFile, options.StatusFile));
    }

    public void Dispose() => File.Delete(_file);
}
