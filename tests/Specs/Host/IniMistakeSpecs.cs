using MarketMaker.Host.Configuration;

namespace MarketMaker.Tests.Specs.Host;

/// <summary>Mistakes that people make in an INI file, one a row: each is refused with file, line, key and what to write.</summary>
public sealed partial class IniMistakeSpecs : IDisposable
{
    private const string Good = IniSpecs.Minimal;

    private static readonly string[] Remedies =
        ["write ", "did you mean", "add it", "put ", "remove ", "correct ", "run chmod", "make it", "make this", "Name one", "give journal", "give capture", "install ", "begin it with"];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;

    public IniMistakeSpecs()
    {
        File.WriteAllText(Path.Combine(_folder, "password"), "SECRET");
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead);
    }

    private string IniFile => Path.Combine(_folder, "host.ini");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void should_accept_the_file_that_the_mistakes_are_made_in() => Assert.Empty(Load(Good));

    [Theory]
    [MemberData(nameof(Values))]
    public void should_refuse_a_wrong_value(string section, string name, string value)
    {
        string[] lines = WithValue(section, name, value);
        int line = Array.FindLastIndex(lines, text => text.StartsWith($"{name} =", StringComparison.Ordinal)) + 1;
        // What the host has is looked at only where it matters: pinning a thread for a moment costs more than all the rest.
        bool isOfHost = section is "threads" or "session" || name == "password-file";
        AssertRefused(Load(string.Join('\n', lines), !isOfHost), line, $"[{section}] {name}");
    }

    [Fact]
    public void should_know_a_hundred_and_fifty_mistakes_at_least() => Assert.True(Values.Count() + Lines.Count() >= 150);

    [Theory]
    [MemberData(nameof(Lines))]
    public void should_refuse_a_line_that_is_out_of_place(string added, string shown)
    {
        string text = $"{Good}\n{added}";
        AssertRefused(Load(text), text.Split('\n').Length, shown);
    }

    [Fact]
    public void should_name_the_right_key_for_every_key_with_a_letter_lost_doubled_swapped_or_an_underscore()
    {
        foreach (IniKey key in IniSchema.Keys)
        {
            string name = key.Name;
            int middle = name.Length / 2;
            string[] typos = [name.Remove(1, 1), name.Insert(middle, name[middle].ToString()), name[..^2] + name[^1] + name[^2], name.Replace('-', '_')];
            foreach (string typo in typos.Where(typo => !IniSchema.Keys.Any(known => known.Name == typo)))
            {
                string error = Assert.Single(Load($"{Good}\n[{key.Section}]\n{typo} = 1"));
                Assert.StartsWith($"{IniFile}:16: [{key.Section}] {typo} ", error, StringComparison.Ordinal);
                Assert.Contains($"did you mean {name}?", error, StringComparison.Ordinal);
            }
        }
    }

    [Fact]
    public void should_name_the_section_of_every_key_that_stands_in_another_one()
    {
        foreach (IniKey key in IniSchema.Keys)
        {
            string wrong = IniSchema.Keys.Select(known => known.Section).First(section => !IniSchema.Keys.Any(known => known.Section == section && known.Name == key.Name));
            string error = Assert.Single(Load($"{Good}\n[{wrong}]\n{key.Name} = 1"));
            Assert.StartsWith($"{IniFile}:16: [{wrong}] {key.Name} is no key of this section: put it into ", error, StringComparison.Ordinal);
            Assert.Contains($"[{key.Section}]", error[error.IndexOf("put it into", StringComparison.Ordinal)..], StringComparison.Ordinal);
        }
    }

    [Theory]
    [MemberData(nameof(Required))]
    public void should_refuse_a_file_without_a_required_key(string section, string name)
    {
        string text = string.Join('\n', LinesOf(Good).Where(line => line.Section != section || !line.Text.StartsWith($"{name} =", StringComparison.Ordinal)).Select(line => line.Text));
        int line = Array.IndexOf(text.Split('\n'), $"[{section}]") + 1;
        AssertRefused(Load(text), line, $"[{section}] {name}");
    }

    [Fact]
    public void should_refuse_every_time_of_a_second_or_more_that_is_written_in_seconds()
    {
        foreach (IniKey key in IniSchema.Keys.Where(key => key.Kind == IniKind.Integer && key.Name.EndsWith("-ms", StringComparison.Ordinal)))
        {
            long standard = long.Parse(key.Default!, System.Globalization.CultureInfo.InvariantCulture);
            if (standard >= 1_000) Assert.NotEmpty(Load(string.Join('\n', WithValue(key.Section, key.Name, $"{standard / 1_000}"))));
        }
    }

    [Theory]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.GroupWrite)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherRead)]
    [InlineData(UnixFileMode.UserRead | UnixFileMode.OtherWrite)]
    public void should_refuse_a_password_file_that_others_may_read_or_write(UnixFileMode mode)
    {
        File.SetUnixFileMode(Path.Combine(_folder, "password"), mode);
        List<string> errors = Load(Good);
        AssertRefused(errors, 12, "[execution] password-file");
        Assert.Contains($"chmod 600 {_folder}/password", errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("")]
    [InlineData("\n")]
    [InlineData("ELEVENCHARS")]
    [InlineData("TWO WORDS")]
    [InlineData("Pässword")]
    public void should_refuse_a_password_that_no_login_can_carry_and_not_show_it(string password)
    {
        File.SetUnixFileMode(Path.Combine(_folder, "password"), UnixFileMode.UserRead | UnixFileMode.UserWrite);
        File.WriteAllText(Path.Combine(_folder, "password"), password);
        List<string> errors = Load(Good);
        AssertRefused(errors, 12, "[execution] password-file");
        if (password.Trim().Length > 0) Assert.DoesNotContain(password, errors[0], StringComparison.Ordinal);
    }

    [Fact]
    public void should_not_show_a_password_in_the_databases_address()
    {
        List<string> errors = Load($"{Good}\n[shipper]\ndatabase = Host=db;Username=x;Password=HUSHHUSH");
        AssertRefused(errors, 16, "[shipper] database");
        Assert.DoesNotContain("HUSHHUSH", errors[0], StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("utf-16")]
    [InlineData("utf-16BE")]
    public void should_read_a_file_saved_as_utf16_with_its_mark_and_refuse_it_without(string encoding)
    {
        System.Text.Encoding utf16 = System.Text.Encoding.GetEncoding(encoding);
        File.WriteAllBytes(IniFile, [.. utf16.GetPreamble(), .. utf16.GetBytes(Good)]);
        Assert.Empty(Load(null));
        File.WriteAllBytes(IniFile, utf16.GetBytes(Good));
        AssertRefused(Load(null), 1, "UTF-8");
    }

    [Fact]
    public void should_refuse_a_file_in_latin_1_at_the_line_that_shows_it()
    {
        File.WriteAllBytes(IniFile, System.Text.Encoding.Latin1.GetBytes($"{Good}\n[decision]\ndenylist-file = verböten"));
        AssertRefused(Load(null), 16, "UTF-8");
    }

    [Fact]
    public void should_take_a_byte_order_mark_at_the_start_and_refuse_one_inside()
    {
        Assert.Empty(Load('\uFEFF' + Good));
        AssertRefused(Load($"{Good}\n[decision]\n\uFEFFmode = strict"), 16, "mode");
    }

    private void AssertRefused(List<string> errors, int line, string shown)
    {
        Assert.NotEmpty(errors);
        string error = errors[0];
        Assert.StartsWith($"{IniFile}:{line}: ", error, StringComparison.Ordinal);
        Assert.Contains(shown, error, StringComparison.Ordinal);
        Assert.True(Remedies.Any(remedy => error.Contains(remedy, StringComparison.Ordinal)), $"no remedy in: {error}");
    }

    // In place of the value that is there, so that it is the only mistake.
    private static string[] WithValue(string section, string name, string value)
    {
        List<string> lines = [.. LinesOf(Good).Select(line => line.Section == section && line.Text.StartsWith($"{name} =", StringComparison.Ordinal) ? $"{name} = {value}" : line.Text)];
        return lines.Contains($"{name} = {value}") && IniSchema.Keys.Any(key => key.Section == section && key.Name == name && key.Default is null)
            ? [.. lines]
            : [.. lines, $"[{section}]", $"{name} = {value}"];
    }

    private static IEnumerable<(string Section, string Text)> LinesOf(string text)
    {
        string section = "";
        foreach (string line in text.Split('\n'))
        {
            if (line.StartsWith('[')) section = line.Trim('[', ']');
            yield return (section, line);
        }
    }

    private List<string> Load(string? text, bool isFileOnly = false)
    {
        if (text is not null) File.WriteAllText(IniFile, text);
        List<string> errors = [];
        EngineConfig? config = EngineConfig.Load(IniFile, errors, isFileOnly);
        Assert.Equal(errors.Count == 0, config is not null);
        return errors;
    }
}
