using MarketMaker.Shipper.Database;

namespace MarketMaker.Tests.Specs.Shipper;

public sealed class SessionNameSpecs
{
    private static readonly SessionName Mine = SessionName.Mine;

    [Fact]
    public void should_be_read_back_from_what_the_server_shows_and_fit_into_the_63_bytes_it_keeps()
    {
        Assert.Equal(Mine, SessionName.Parse(Mine.ToString()));
        SessionName longest = new(new string('h', 20), "ffffffff", int.MaxValue, 9_999_999_999);
        Assert.InRange(longest.ToString().Length, 1, 63);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("psql")]
    [InlineData("mm-shipper")]
    [InlineData("mm-shipper host realm -1 2")]
    [InlineData("mm-shipper host realm 1 2 3")]
    public void should_be_nobodys_when_it_is_another_programs(string? text) => Assert.Null(SessionName.Parse(text));

    [Fact]
    public void should_count_as_former_when_its_process_has_ended_or_its_number_was_given_again()
    {
        Assert.True(Mine.IsFormer);
        Assert.True((Mine with { StartedAt = Mine.StartedAt + 1 }).IsFormer);
        Assert.True((Mine with { ProcessId = int.MaxValue }).IsFormer);
    }

    [Fact]
    public void should_not_count_as_former_when_its_process_runs_or_may_run()
    {
        string stat = File.ReadAllText("/proc/1/stat");
        long started = long.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[19], System.Globalization.CultureInfo.InvariantCulture);
        Assert.False((Mine with { ProcessId = 1, StartedAt = started }).IsFormer);
        // Of another host, another boot or another namespace of processes, where the same number is somebody else.
        Assert.False((Mine with { Realm = "00000000" }).IsFormer);
        Assert.False((Mine with { Realm = "" }).IsFormer);
    }
}
