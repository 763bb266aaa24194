using MarketMaker.Prices;

namespace MarketMaker.Tests.Specs.Prices;

public sealed class UniverseLoaderSpecs
{
    private readonly ManualTime _time = new();
    private readonly FakePriceService _service;
    private readonly PriceClientOptions _options = new() { Address = "prices.test:8080", StartTimeoutMs = 2_000 };

    public UniverseLoaderSpecs() => _service = new FakePriceService(_time);

    [Fact]
    public void should_load_the_tickers_of_the_day()
    {
        _service.OnRequest = _ => FakePriceService.Ok("""["MSFT","AAPL"]""");
        _service.BytesPerReceiveMax = 3;

        UniverseLoader<FakeStream, ManualClock> loader = Load();

        Assert.Equal("AAPL", loader.Universe![0].ToString());
        Assert.Equal("MSFT", loader.Universe[1].ToString());
        Assert.Equal("all", Assert.Single(_service.Requests).Path);
        Assert.Equal(0, _service.OpenConnections);
    }

    [Fact]
    public void should_load_the_longest_list_that_is_allowed()
    {
        _service.OnRequest = _ => FakePriceService.Ok("[" + string.Join(',', Enumerable.Range(0, 65_000).Select(i => $"\"T{i}\"")) + "]");

        Assert.Equal(65_000, Load().Universe!.Count);
    }

    [Fact]
    public void should_wait_for_a_service_that_is_still_starting()
    {
        _service.RefusesConnections = true;
        UniverseLoader<FakeStream, ManualClock> loader = NewLoader();
        for (int i = 0; i < 500; i++, _time.Advance(ManualTime.NsPerMs)) Assert.Equal(UniverseLoaderState.Loading, loader.Poll());
        _service.RefusesConnections = false;
        int faults = 2;
        _service.OnRequest = _ => faults-- > 0 ? FakePriceService.Status(503) : FakePriceService.Ok("""["AAPL"]""");

        Assert.Equal(1, Finish(loader).Universe!.Count);
    }

    [Fact]
    public void should_name_address_and_cause_when_the_service_is_unreachable()
    {
        _service.RefusesConnections = true;

        string error = Load().Error!;

        Assert.Contains("prices.test:8080", error);
        Assert.Contains("unreachable: Connection refused", error);
        Assert.Contains("2000 ms", error);
    }

    [Fact]
    public void should_fail_in_time_when_the_service_says_nothing()
    {
        _service.OnRequest = _ => FakePriceService.Stall;

        Assert.Contains("no answer", Load().Error);
    }

    [Theory]
    [InlineData("[]", "the list of tickers is empty")]
    [InlineData("""["A","B","A"]""", "names A twice")]
    [InlineData("""["A",]""", "not valid JSON")]
    [InlineData("""{"tickers":["A"]}""", "not a JSON array")]
    [InlineData("""["TOOLONGNAME"]""", "not a ticker")]
    public void should_refuse_a_bad_list_with_a_clear_line(string body, string reason)
    {
        _service.OnRequest = _ => FakePriceService.Ok(body);

        string error = Load().Error!;

        Assert.Contains("prices.test:8080", error);
        Assert.Contains(reason, error);
        Assert.DoesNotContain('\n', error);
    }

    [Fact]
    public void should_refuse_a_list_of_100_000_tickers_and_one_of_10_MB()
    {
        _service.OnRequest = _ => FakePriceService.Ok("[" + string.Join(',', Enumerable.Range(0, 100_000).Select(i => $"\"T{i}\"")) + "]");
        Assert.Contains("65000", Load().Error);

        _service.OnRequest = _ => FakePriceService.Ok(new string(' ', 10 * 1_024 * 1_024));
        Assert.Contains("BodyTooLong", Load().Error);
    }

    [Fact]
    public void should_name_the_status_when_the_service_keeps_answering_with_an_error()
    {
        _service.OnRequest = _ => FakePriceService.Status(500);

        Assert.Contains("status 500", Load().Error);
    }

    private UniverseLoader<FakeStream, ManualClock> NewLoader() => new(_options, _service.Streams(1)[0], new ManualClock(_time));

    private UniverseLoader<FakeStream, ManualClock> Load() => Finish(NewLoader());

    private UniverseLoader<FakeStream, ManualClock> Finish(UniverseLoader<FakeStream, ManualClock> loader)
    {
        for (int i = 0; i < 1_000_000 && loader.Poll() == UniverseLoaderState.Loading; i++) _time.Advance(ManualTime.NsPerMs / 100);
        Assert.NotEqual(UniverseLoaderState.Loading, loader.Poll());
        Assert.True(loader.Universe is null != loader.Error is null);
        return loader;
    }
}
