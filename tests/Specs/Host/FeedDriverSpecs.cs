using MarketMaker.Contracts;
using MarketMaker.Host;
using MarketMaker.Host.Configuration;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Rings;
using MarketMaker.Tests.Specs.Platform.Network;

namespace MarketMaker.Tests.Specs.Host;

public sealed class FeedDriverSpecs : IDisposable
{
    private readonly string _iniFile = Path.GetTempFileName();

    public void Dispose() => File.Delete(_iniFile);

    [Fact]
    public void should_show_the_packets_that_the_kernel_dropped_before_feed_could_see_them()
    {
        const int Sent = 2_000;
        int port;
        using (UdpReceiver free = new(new UdpReceiverOptions())) port = free.Port;
        File.WriteAllText(_iniFile, File.ReadAllText(Path.Combine(HostExampleSpecs.Folder, "loopback.ini"))
            .Replace("127.0.0.1:26400", $"127.0.0.1:{port}", StringComparison.Ordinal)
            .Replace("receive-buffer-bytes = 67108864", "receive-buffer-bytes = 65536", StringComparison.Ordinal));
        EngineConfig config = EngineConfig.Load(_iniFile, [], isFileOnly: true)!;
        Universe.TryCreate([Symbol.Parse("AAA")], out Universe? universe, out _);
        CounterFile counters = CounterFile.InMemory();
        FeedDriver driver = new(config, universe!, new SingleProducerRingBuffer<OfferEvent>("offers", 64), counters, LogWriter.Create(64, out _));
        using UdpSender sender = new(new UdpSenderOptions { Destination = Loopback.At(port) });
        for (int i = 0; i < Sent; i++) Assert.True(sender.TrySend(new byte[1_000]));

        driver.ShowLosses(counters);
        Assert.InRange(counters.Read(Counter.HostKernelDrops), 1, Sent - 1);
        Loopback.Until(() =>
        {
            driver.Feed.DoWork();
            driver.ShowLosses(counters);
            return counters.Read(Counter.FeedPackets) + counters.Read(Counter.HostKernelDrops) == Sent;
        });
    }
}
