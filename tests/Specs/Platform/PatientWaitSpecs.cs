using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Specs.Platform;

public sealed class PatientWaitSpecs
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(20);

    [Fact]
    public void should_wait_no_longer_than_it_may_and_close_what_comes_late()
    {
        TaskCompletionSource<Thing> coming = new();
        Assert.Equal("nothing came within 0.02 s", Assert.Throws<TimeoutException>(() => PatientWait.For(coming.Task, Short, "nothing came")).Message);
        Thing late = new();
        coming.SetResult(late);
        Assert.True(SpinWait.SpinUntil(() => late.IsClosed, TimeSpan.FromSeconds(10)), "what came late stays open");
    }

    [Theory]
    [InlineData("one", 5, 11)]
    [InlineData("one:5432,two,three", 5, 31)]
    [InlineData(null, 2, 5)]
    public void should_allow_each_host_its_time_to_connect_and_to_say_what_it_is(string? hosts, int timeoutSeconds, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), PatientWait.Connecting(hosts, timeoutSeconds));

    [Fact]
    public void should_wait_for_hosts_as_long_as_it_takes_where_no_time_is_set() => Assert.Equal(Timeout.InfiniteTimeSpan, PatientWait.Connecting("one,two", 0));

    [Fact]
    public void should_hand_over_what_comes_in_time_open()
    {
        Thing thing = new();
        Assert.Same(thing, PatientWait.For(Task.FromResult(thing), Short, "nothing came"));
        Assert.False(thing.IsClosed);
    }

    [Fact]
    public void should_throw_what_the_attempt_itself_failed_with()
    {
        Task<Thing> failed = Task.FromException<Thing>(new IOException("refused"));
        Assert.Equal("refused", Assert.Throws<IOException>(() => PatientWait.For(failed, Short, "nothing came")).Message);
    }

    private sealed class Thing : IDisposable
    {
        private volatile bool _isClosed;

        public bool IsClosed => _isClosed;

        public void Dispose() => _isClosed = true;
    }
}
