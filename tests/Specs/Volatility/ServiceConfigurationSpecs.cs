using MarketMaker.Volatility;

namespace MarketMaker.Tests.Specs.Volatility;

public sealed class ServiceConfigurationSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void should_take_the_command_line_before_the_file_before_the_defaults()
    {
        ServiceOptions options = Load("""
            [prices]
            address = 10.0.0.1:8080
            [volatility]
            address = 239.1.1.1:26420, 10.0.0.9:26421
            interface = eth1
            requests-per-second = 500
            enter-percent = 250
            state-file = kept
            """, requestsPerSecond: 700);
        Assert.Equal(["239.1.1.1:26420", "10.0.0.9:26421"], options.Destinations.Select(one => one.ToString()));
        Assert.Equal(("eth1", 700, 250, 140, Path.Combine(_folder, "kept")), (options.Interface, options.PriceClient.RequestsPerSecond, options.Model.EnterPercent, options.Model.LeavePercent, options.StateFile));
    }

    [Theory]
    [InlineData("", "no destination")]
    [InlineData("address = there:1", "numeric IPv4 address")]
    [InlineData("address = 127.0.0.1:1\nsnapshot-ms = soon", "[volatility] snapshot-ms = 'soon' is no whole number")]
    [InlineData("address = 127.0.0.1:1\nvalidity-ms = 1500", "at least twice snapshot-ms")]
    [InlineData("address = 127.0.0.1:1\nleave-percent = 200", "[volatility] leave-percent must be")]
    [InlineData("address = 127.0.0.1:1\n[session]\ntime-zone = Mars/Base", "this host does not know it")]
    public void should_say_what_is_wrong(string lines, string says)
    {
        FormatException wrong = Assert.Throws<FormatException>(() => Load($"[prices]\naddress = 127.0.0.1:1\n[volatility]\n{lines}\n"));
        Assert.Contains(says, wrong.Message, StringComparison.Ordinal);
    }

    [Fact]
    public void should_need_a_price_service()
    {
        FormatException wrong = Assert.Throws<FormatException>(() => Load("[volatility]\naddress = 127.0.0.1:1\n"));
        Assert.Contains("no price service", wrong.Message, StringComparison.Ordinal);
    }

    private ServiceOptions Load(string text, int? requestsPerSecond = null)
    {
        string file = Path.Combine(_folder, "host.ini");
        File.WriteAllText(file, text);
        return ServiceConfiguration.Load(new CommandLineSettings(file, null, null, null, requestsPerSecond, null, null, null));
    }
}
