using System.Net.Sockets;
using System.Text;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Specs.Platform;

public sealed class ServiceNotifierSpecs : IDisposable
{
    private readonly string _path = Path.Combine(Path.GetTempPath(), $"mm-notify-{Guid.NewGuid():N}");
    private readonly Socket _systemd = new(AddressFamily.Unix, SocketType.Dgram, ProtocolType.Unspecified) { ReceiveTimeout = 2_000 };

    public void Dispose()
    {
        _systemd.Dispose();
        File.Delete(_path);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void should_say_ready_alive_stopping_and_a_sentence_to_a_path_or_an_abstract_name(bool isAbstract)
    {
        string name = isAbstract ? $"@{Path.GetFileName(_path)}" : _path;
        _systemd.Bind(new UnixDomainSocketEndPoint(isAbstract ? $"\0{name[1..]}" : name));
        using ServiceNotifier notifier = new(name, watchdogUs: 0);
        notifier.Ready();
        notifier.Status("trading\n5,000 tickers");
        notifier.Stopping();
        Assert.True(notifier.IsPresent);
        Assert.Equal(new[] { "READY=1", "STATUS=trading 5,000 tickers", "STOPPING=1" }, new[] { Receive(), Receive(), Receive() });
    }

    [Fact]
    public void should_send_a_sign_of_life_at_half_of_the_watchdogs_time()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_path));
        using ServiceNotifier notifier = new(_path, watchdogUs: 1_000);
        Assert.Equal(500_000, notifier.AlivePeriodNs);
        Assert.True(notifier.Alive(0));
        Assert.False(notifier.Alive(499_999));
        Assert.True(notifier.Alive(500_000));
        Assert.Equal(("WATCHDOG=1", "WATCHDOG=1"), (Receive(), Receive()));
    }

    [Fact]
    public void should_allocate_nothing_for_signs_of_life()
    {
        _systemd.Bind(new UnixDomainSocketEndPoint(_path));
        using ServiceNotifier notifier = new(_path, watchdogUs: 2);
        notifier.Alive(0);
        long before = GC.GetAllocatedBytesForCurrentThread();
        for (int i = 1; i <= 1_000; i++) notifier.Alive(i * 1_000L);
        Assert.Equal(before, GC.GetAllocatedBytesForCurrentThread());
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("relative/path")]
    public void should_do_nothing_without_a_service_manager(string? name)
    {
        using ServiceNotifier notifier = new(name, watchdogUs: 1_000);
        notifier.Ready();
        notifier.Status("trading");
        Assert.False(notifier.IsPresent);
        Assert.False(notifier.Alive(0));
    }

    [Fact]
    public void should_go_on_when_nobody_reads()
    {
        using ServiceNotifier notifier = new(_path, watchdogUs: 2);
        for (int i = 0; i < 10_000; i++) notifier.Alive(i * 1_000L);
    }

    private string Receive()
    {
        byte[] buffer = new byte[256];
        return Encoding.UTF8.GetString(buffer, 0, _systemd.Receive(buffer));
    }
}
