using MarketMaker.Host.Configuration;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;

namespace MarketMaker.Tests.Specs.Host;

public sealed class IniSpecs : IDisposable
{
    /// <summary>All that an INI file must say.</summary>
    internal const string Minimal = """
        [node]
        name = MM01
        [feed]
        address-a = 127.0.0.1:26400
        [prices]
        address = 127.0.0.1:8080
        [capital]
        cash = 1000
        [execution]
        address = 127.0.0.1:26403
        username = ME
        password-file = password
        [journal]
        path = journal
        """;

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly List<string> _errors = [];

    private string IniFile => Path.Combine(_folder, "host.ini");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void should_accept_a_file_with_only_the_required_keys_and_give_the_rest_its_default()
    {
        IniValues values = Load(Minimal);
        Assert.Empty(_errors);
        Assert.Equal(2_500, values.Int("decision", "buy-edge-ppm"));
        Assert.Equal(10_000_000, values.Long("capital", "cash"));
        Assert.Equal(Path.Combine(_folder, "journal"), values.Text("journal", "path"));
    }

    [Fact]
    public void should_print_an_effective_configuration_that_loads_to_the_same_values()
    {
        string printed = Load(Minimal).Print();
        IniValues again = Load(printed);
        Assert.Empty(_errors);
        Assert.Equal(printed, again.Print());
    }

    [Fact]
    public void should_accept_a_byte_order_mark_comments_and_carriage_returns()
    {
        Load('\uFEFF' + "; comment\r\n# comment\r\n" + Minimal.Replace("\n", "\r\n", StringComparison.Ordinal));
        Assert.Empty(_errors);
    }

    [Theory]
    [InlineData("[decision]\nbuy-edge-bps = 100", 15, "[decision] buy-edge-bps", "buy-edge-ppm")]
    [InlineData("[decison]\nbuy-edge-ppm = 10000", 15, "[decison] buy-edge-ppm", "[decision]")]
    [InlineData("[prices]\nrequest-per-second = 5", 15, "request-per-second", "requests-per-second")]
    [InlineData("[decision]\nprice-age-max-s = 10", 15, "price-age-max-s", "price-age-max-ms")]
    public void should_name_line_key_and_nearest_name_of_an_unknown_key(string added, int line, string key, string nearest)
    {
        Load(Minimal + "\n" + added);
        string error = Assert.Single(_errors);
        Assert.StartsWith($"{IniFile}:{line + 1}: ", error, StringComparison.Ordinal);
        Assert.Contains(key, error, StringComparison.Ordinal);
        Assert.Contains($"did you mean {nearest}", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[decision]\nprice-age-max-ms = 10s", "without a unit of milliseconds")]
    [InlineData("[decision]\nprice-age-max-ms = 10.5", "whole number")]
    [InlineData("[decision]\nprice-age-max-ms = 0", "out of range")]
    [InlineData("[decision]\nprice-age-max-ms = 60001", "out of range")]
    [InlineData("[decision]\nbuy-edge-ppm = 1%", "1 % is 10000")]
    [InlineData("[decision]\nbuy-edge-ppm = -1", "out of range")]
    [InlineData("[decision]\nbuy-edge-ppm = NaN", "whole number")]
    [InlineData("[decision]\nbuy-edge-ppm =", "whole number")]
    [InlineData("[decision]\norder-notional-max = 50,000", "dollars")]
    [InlineData("[decision]\norder-notional-max = -1", "dollars")]
    [InlineData("[decision]\norder-notional-max = 1e6", "dollars")]
    [InlineData("[decision]\norder-notional-max = 0.00001", "dollars")]
    [InlineData("[decision]\nshort-selling = yes", "true or false")]
    [InlineData("[threads]\nwait = never", "spin, yield, sleep")]
    [InlineData("[threads]\nfeed = 1024", "out of range")]
    [InlineData("[feed]\naddress-b = 239.0.0.1", "HOST:PORT")]
    [InlineData("[feed]\naddress-b = 239.0.0.1:0", "HOST:PORT")]
    [InlineData("[feed]\naddress-b = 239.0.0.1:65536", "HOST:PORT")]
    [InlineData("[session]\ntrading-date = 30.01.2026", "YYYY-MM-DD")]
    [InlineData("[session]\ntrading-date = 2026-02-30", "YYYY-MM-DD")]
    public void should_refuse_a_bad_value_with_its_line_and_what_to_write(string added, string remedy)
    {
        Load(Minimal + "\n" + added);
        string error = Assert.Single(_errors);
        Assert.StartsWith($"{IniFile}:16: ", error, StringComparison.Ordinal);
        Assert.Contains(remedy, error, StringComparison.Ordinal);
    }

    [Fact]
    public void should_refuse_every_key_of_the_schema_when_it_is_misspelled()
    {
        foreach (IniKey key in IniSchema.Keys)
        {
            _errors.Clear();
            Load($"{Minimal}\n[{key.Section}]\n{key.Name}x = 1");
            string error = Assert.Single(_errors);
            Assert.Contains($":16: [{key.Section}] {key.Name}x", error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public void should_refuse_every_number_of_the_schema_beyond_its_range_and_accept_its_ends()
    {
        foreach (IniKey key in IniSchema.Keys.Where(key => key.Kind == IniKind.Integer))
        {
            Assert.Equal(0, Errors(key, key.Min));
            Assert.Equal(0, Errors(key, key.Max));
            Assert.Equal(1, Errors(key, key.Min - 1));
            Assert.Equal(1, Errors(key, key.Max + 1));
        }

        int Errors(IniKey key, long value)
        {
            _errors.Clear();
            Load($"{Minimal}\n[{key.Section}]\n{key.Name} = {value}");
            return _errors.Count;
        }
    }

    [Fact]
    public void should_give_every_key_a_default_that_it_would_accept()
    {
        foreach (IniKey key in IniSchema.Keys.Where(key => !string.IsNullOrEmpty(key.Default)))
            Assert.True(IniParse.TryRead(key, key.Default!, _folder, out _, out string error), $"{key.FullName}: {error}");
    }

    [Fact]
    public void should_name_both_lines_of_a_duplicate_key()
    {
        Load(Minimal + "\n[journal]\nPath = elsewhere");
        string error = Assert.Single(_errors);
        Assert.StartsWith($"{IniFile}:16: [journal] Path is set twice, first on line 14", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("cash", 7)]
    [InlineData("username", 9)]
    public void should_name_a_required_key_that_is_missing_and_its_sections_line(string name, int line)
    {
        Load(string.Join('\n', Minimal.Split('\n').Where(text => !text.StartsWith(name, StringComparison.Ordinal))));
        string error = Assert.Single(_errors);
        Assert.StartsWith($"{IniFile}:{line}: ", error, StringComparison.Ordinal);
        Assert.Contains($"{name} is missing: add it", error, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[rings]\noffers = 5000", 16, "power of two")]
    [InlineData("[rings]\nresponses = 1024", 16, "more than")]
    [InlineData("[verdicts]\nenabled = true", 15, "write the address")]
    [InlineData("[verdicts]\naddress = example:1", 16, "numeric IPv4 address")]
    [InlineData("[verdicts]\nsource = example", 16, "numeric IPv4 address")]
    [InlineData("[feed]\naddress-b = example:1", 16, "numeric IPv4 address")]
    [InlineData("[feed]\nsource = example", 16, "numeric IPv4 address")]
    [InlineData("[threads]\njournal = 0", 16, "another core")]
    [InlineData("[feed]\ndriver = xdp\ninterface = l0", 17, "name of an interface of this host; did you mean lo?")]
    [InlineData("[feed]\ndriver = xdp\ninterface = 127.0.0.1", 17, "name of an interface of this host")]
    [InlineData("[feed]\ndriver = xdp\ninterface = lo\nxdp-queues = 0,0", 18, "each once")]
    [InlineData("[feed]\ndriver = xdp\ninterface = lo\nxdp-queues = some", 18, "write all")]
    [InlineData("[feed]\ndriver = xdp\ninterface = lo\nxdp-frames = 1000", 18, "power of two")]
    [InlineData("[feed]\ndriver = xdp\ninterface = lo\ntimestamps = kernel", 18, "only driver = socket")]
    public void should_name_the_line_of_what_does_not_fit_the_rest(string added, int line, string remedy)
    {
        File.WriteAllText(Path.Combine(_folder, "password"), "SECRET");
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead);
        File.WriteAllText(IniFile, Minimal + "\n" + added);
        Assert.Null(EngineConfig.Load(IniFile, _errors));
        Assert.Contains(_errors, error => error.StartsWith($"{IniFile}:{line}: ", StringComparison.Ordinal) && error.Contains(remedy, StringComparison.Ordinal));
    }

    [Fact]
    public void should_name_the_nearest_driver_of_a_wrong_one()
    {
        Load($"{Minimal}\n[feed]\ndriver = af_xdp");
        Assert.Contains("[feed] driver = af_xdp: write one of socket, xdp; did you mean xdp?", Assert.Single(_errors), StringComparison.Ordinal);
    }

    [Fact]
    public void should_turn_the_keys_of_the_driver_xdp_into_its_options()
    {
        File.WriteAllText(Path.Combine(_folder, "password"), "SECRET");
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead);
        const string Xdp = "driver = xdp\ninterface = lo\naddress-b = 239.0.0.1:26401\nsource = 10.0.0.1\nxdp-mode = generic\nxdp-queues = 2, 0\nxdp-frames = 256\nbusy-poll-us = 50\nbusy-poll-prefer = true\nbusy-poll-budget = 16";
        File.WriteAllText(IniFile, $"{Minimal}\n[feed]\n{Xdp}");
        XdpReceiverOptions options = EngineConfig.Load(IniFile, _errors)!.Network.Xdp!;
        Assert.Equal("lo", options.Interface);
        Assert.Equal(["127.0.0.1:26400", "239.0.0.1:26401"], options.Destinations.Select(line => line.ToString()));
        Assert.Equal([2, 0], options.Queues);
        Assert.Equal((XdpMode.Generic, 256, "10.0.0.1:0"), (options.Mode, options.Frames, options.Venue?.ToString()));
        Assert.Equal(new BusyPoll(50, true, 16), options.BusyPoll);
    }

    [Fact]
    public void should_refuse_a_request_server_of_unknown_name_as_any_other()
    {
        File.WriteAllText(Path.Combine(_folder, "password"), "SECRET");
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead);
        // Longer than any name can be: refused without asking a name server.
        File.WriteAllText(IniFile, $"{Minimal}\n[feed]\nrequest-address = {new string('x', 300)}:1");
        EngineConfig config = EngineConfig.Load(IniFile, _errors)!;
        Assert.Throws<SocketSetupException>(() => config.Network.Requests);
    }

    [Theory]
    [InlineData("", 10_000, 1_000)]
    [InlineData("\n[decision]\nmode = adaptive\nsell-edge-ppm = 4000\nbuy-edge-ppm = 3000\nvolatile-price-age-max-ms = 200", 3_000, 200)]
    [InlineData("\n[decision]\nvolatile-price-age-max-ms = 5000\nprice-age-max-ms = 3000", 10_000, 3_000)]
    public void should_refresh_prices_by_the_edges_and_ages_that_decision_asks_for(string added, int thresholdPpm, int volatileAgeMs)
    {
        File.WriteAllText(Path.Combine(_folder, "password"), "SECRET");
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead);
        File.WriteAllText(IniFile, Minimal + added);
        EngineConfig config = EngineConfig.Load(IniFile, _errors)!;
        Assert.Equal((thresholdPpm, volatileAgeMs), (config.Prices.ThresholdEdgePpm, config.Prices.StaleVolatilePriceAgeMs));
        Assert.Equal(thresholdPpm, Math.Min(config.Decision.BuyEdgePpm, config.Decision.SellEdgePpm));
    }

    [Theory]
    [InlineData("", 10_000, 0)]
    [InlineData("\n[decision]\nsell-relief-max-ppm = 9000", 10_000, 0)]
    [InlineData("\n[decision]\nmode = adaptive", 2_500, 2_000)]
    [InlineData("\n[decision]\nmode = adaptive\nsell-edge-ppm = 1500", 1_500, 1_500)]
    public void should_relieve_sales_in_adaptive_mode_alone_and_never_below_the_fair_price(string added, int sellPpm, int reliefPpm)
    {
        File.WriteAllText(Path.Combine(_folder, "password"), "SECRET");
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead);
        File.WriteAllText(IniFile, Minimal + added);
        EngineConfig config = EngineConfig.Load(IniFile, _errors)!;
        Assert.Equal((sellPpm, reliefPpm), (config.Decision.SellEdgePpm, config.Decision.SellReliefMaxPpm));
    }

    [Fact]
    public void should_name_the_line_of_a_password_file_that_is_not_there()
    {
        File.WriteAllText(IniFile, Minimal);
        Assert.Null(EngineConfig.Load(IniFile, _errors));
        Assert.StartsWith($"{IniFile}:12: [execution] password-file = ", Assert.Single(_errors), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("[decision\nbuy-edge-ppm = 1", 15, "is not a section")]
    [InlineData("just words", 15, "neither a section, a key nor a comment")]
    public void should_name_the_line_of_what_is_no_ini(string added, int line, string why)
    {
        Load(Minimal + "\n" + added);
        Assert.Contains(_errors, error => error.StartsWith($"{IniFile}:{line}: ", StringComparison.Ordinal) && error.Contains(why, StringComparison.Ordinal));
    }

    [Fact]
    public void should_refuse_a_key_before_the_first_section()
    {
        Load("name = MM01\n" + Minimal);
        Assert.Contains("before the first section", _errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void should_say_what_to_do_when_there_is_no_file()
    {
        IniValues.Load(Path.Combine(_folder, "none.ini"), IniSchema.Keys, _errors);
        Assert.Contains("name an INI file with --config", Assert.Single(_errors), StringComparison.Ordinal);
    }

    private IniValues Load(string text)
    {
        File.WriteAllText(IniFile, text);
        return IniValues.Load(IniFile, IniSchema.Keys, _errors);
    }
}
