using MarketMaker.Speed.Engine;

namespace MarketMaker.Tests.Specs.Speed;

public sealed class RunIniSpecs
{
    private const string Host = """
        ; a host
        [feed]
        address-a = 1.2.3.4:5
        ; driver = of no effect

        [threads]
        wait = spin
        """;

    [Fact]
    public void should_set_a_key_where_it_stands_and_add_one_to_its_section()
    {
        string text = RunIni.With(Host, new Dictionary<(string, string), string> { [("threads", "wait")] = "yield", [("feed", "driver")] = "xdp", [("prices", "address")] = "9:9" });
        string[] lines = [.. text.Split('\n').Select(line => line.Trim()).Where(line => line.Length > 0 && line[0] != ';')];
        Assert.Equal(["[feed]", "address-a = 1.2.3.4:5", "driver = xdp", "[threads]", "wait = yield", "[prices]", "address = 9:9"], lines);
    }

    [Fact]
    public void should_leave_all_else_as_it_is()
    {
        Assert.Equal(Host, RunIni.With(Host, new Dictionary<(string, string), string>()));
    }
}
