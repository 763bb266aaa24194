namespace MarketMaker.Tests.Native;

public sealed class HostRefusalSpecs : IDisposable
{
    private readonly TestNode _node = new TestNode().Prepare();

    public void Dispose() => _node.Dispose();

    // On no host of tests is every line fine: its cores are not isolated.
    [SkippableFact]
    public async Task should_not_start_where_the_doctor_must_find_the_host_fine_and_does_not()
    {
        await using FakePriceService service = await FakePriceService.StartAsync("""["AAPL"]""");
        _node.Set("prices", "address", service.Address);
        _node.Set("prices", "start-timeout-ms", "10000");
        _node.Set("host", "doctor", "require");
        (int status, string output) = _node.RunEngine();
        Assert.Equal(1, status);
        Assert.Contains("this host is not fit to trade by [host] doctor = require", output, StringComparison.Ordinal);
        Assert.Contains("see 'marketmaker doctor'", output, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
        Assert.DoesNotContain("snapshot:", output, StringComparison.Ordinal);
    }
}
