using MarketMaker.Host.Configuration;

namespace MarketMaker.Tests.Specs.Host;

public sealed class ControlLocationSpecs : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("mm-where-").FullName;

    [Theory]
    [InlineData("", "control/marketmaker.control")]
    [InlineData("[control]\nfile = here/switch\n", "here/switch")]
    [InlineData("\uFEFF[Control]\r\n ; file = no\r\n FILE = switch \r\n", "switch")]
    [InlineData("[counters]\nfile = no\n[control]\nfile = switch\n[log]\nfile = no\n", "switch")]
    [InlineData("[control]\nfile =\n", "control/marketmaker.control")]
    public void should_find_the_switch_beside_the_file_that_names_it(string text, string expected)
    {
        Assert.Equal(Path.Combine(_folder, expected), ControlLocation.Find(Write(text)));
    }

    [Fact]
    public void should_find_it_in_a_file_that_is_otherwise_wrong_in_every_way()
    {
        // A person who must halt has no time to mend a file.
        string text = "nonsense\n[feed\naddress-a = 1\naddress-a = 2\n[no-such-section]\n = 5\n[control]\nfile = switch\nunknown = 7\n";
        Assert.Equal(Path.Combine(_folder, "switch"), ControlLocation.Find(Write(text)));
    }

    [Fact]
    public void should_take_an_absolute_path_as_it_is()
    {
        Assert.Equal("/run/mm/switch", ControlLocation.Find(Write("[control]\nfile = /run/mm/switch\n")));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private string Write(string text)
    {
        string file = Path.Combine(_folder, "host.ini");
        File.WriteAllText(file, text);
        return file;
    }
}
