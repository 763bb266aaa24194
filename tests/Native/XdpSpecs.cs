using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Native;

/// <summary>The published engine on one host of a veth pair, the venue on the other, the feed over AF_XDP.</summary>
public sealed class XdpSpecs
{
    private static readonly string[] Market = ["sim", "--tickers", "100", "--rate", "5000", "--paying", "0.05", "--loss", "0.01", "--competitors", "0"];

    [SkippableFact]
    public void should_trade_with_the_driver_xdp_recover_what_was_lost_on_the_way_and_agree_with_the_venue()
    {
        using VethPair veth = VethOrSkip.Make();
        using TestNode node = NodeOn(veth);
        RunningProgram venue = node.StartVenue(Market);
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using CounterFile shown = counters;
        engine.WaitUntilItSays($"feed over xdp on {veth.EngineDevice}: native, copied, 1 queue");
        Assert.Equal(2, counters.Read(Counter.HostXdpMode));
        engine.WaitUntil(() => counters.Read(Counter.FeedGapsClosed) > 0, "close a gap");
        engine.WaitUntil(() => counters.Read(Counter.HostXdpKernelPackets) > 0, "hear answers to re-requests through the kernel");
        Assert.Contains("xdp", veth.DescribeEngineDevice(), StringComparison.Ordinal);
        AssertEndsInAgreement(node, venue, engine, counters);
        Assert.DoesNotContain("prog/xdp", veth.DescribeEngineDevice(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_leave_the_interface_when_it_is_killed_and_take_it_again_at_the_next_start()
    {
        using VethPair veth = VethOrSkip.Make();
        using TestNode node = NodeOn(veth);
        node.Set("feed", "xdp-mode", "generic");
        RunningProgram venue = node.StartVenue(Market);
        (RunningProgram killed, CounterFile before) = node.StartTrading();
        before.Dispose();
        Assert.Contains("prog/xdp", veth.DescribeEngineDevice(), StringComparison.Ordinal);
        killed.Kill();
        // The kernel takes it off a moment after the process has gone.
        Assert.True(SpinWait.SpinUntil(() => !veth.DescribeEngineDevice().Contains("prog/xdp", StringComparison.Ordinal), TimeSpan.FromSeconds(5)));
        (RunningProgram engine, CounterFile counters) = node.StartTrading();
        using CounterFile shown = counters;
        engine.WaitUntilItSays("generic, copied");
        AssertEndsInAgreement(node, venue, engine, counters);
    }

    [SkippableFact]
    public void should_name_the_capabilities_it_lacks()
    {
        using VethPair veth = VethOrSkip.Make();
        using TestNode node = NodeOn(veth);
        RunningProgram venue = node.StartVenue(Market);
        Assert.Contains("CAP_NET_RAW, CAP_BPF is missing; mend it: setcap", Refusal(), StringComparison.Ordinal);
        // Who does not ask the doctor hears it from the driver.
        node.Set("host", "doctor", "off");
        Assert.Contains("CAP_NET_RAW, CAP_BPF and CAP_NET_ADMIN", Refusal(), StringComparison.Ordinal);
        Assert.Equal(0, venue.Stop());

        string Refusal()
        {
            (int status, string output) = RunningProgram.RunToEnd(
                "ip", "netns", "exec", veth.Engine, "setpriv", "--bounding-set", "-bpf,-net_raw,-sys_admin", Published.PathOf("marketmaker"), "run", "--config", node.IniFile);
            Assert.Equal(1, status);
            return output;
        }
    }

    private static TestNode NodeOn(VethPair veth)
    {
        TestNode node = new TestNode(veth: veth).Prepare();
        // From here on the file belongs to the engine's host, which alone has the interface.
        node.Set("feed", "driver", "xdp");
        node.Set("feed", "interface", veth.EngineDevice);
        node.Set("feed", "xdp-frames", "1024");
        return node;
    }

    private static void AssertEndsInAgreement(TestNode node, RunningProgram venue, RunningProgram engine, CounterFile counters)
    {
        engine.WaitUntil(() => counters.Read(Counter.ExecutionExecutions) > 5, "trade");
        Assert.Equal(0, engine.Stop());
        Assert.Equal(0, venue.Stop());
        Assert.Equal(counters.Read(Counter.FeedOffersSeen), TestNode.RefusedInAll(counters) + counters.Read(Counter.ExecutionSent));
        Assert.Equal(0, counters.Read(Counter.HostXdpInvalidDescriptors));
        Assert.NotEmpty(node.JournalTrades());
        Assert.Equal(node.VenueTrades(), node.JournalTrades());
    }
}
