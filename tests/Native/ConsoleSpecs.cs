using System.Diagnostics;
using System.Net;
using System.Text.Json;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Tests.Native;

/// <summary>The published console beside a published engine that trades.</summary>
public sealed class ConsoleSpecs : IDisposable
{
    private const string Browser = "chromium-headless-shell";

    private readonly TestNode _node = new();
    private readonly HttpClient _http = new() { Timeout = TimeSpan.FromSeconds(20) };

    public void Dispose()
    {
        _http.Dispose();
        _node.Dispose();
    }

    [SkippableFact]
    public async Task should_print_record_and_serve_an_engine_that_lives_and_know_one_that_was_killed()
    {
        (RunningProgram engine, CounterFile counters) = StartTrading();
        using CounterFile mine = counters;
        string recording = _node.PathOf("night.rec");
        RunningProgram recorder = _node.Start("mm-console", "record", recording, "--config", _node.IniFile, "--every-ms", "200");
        RunningProgram console = _node.Start("mm-console", "serve", "--config", _node.IniFile, "--address", "127.0.0.1:0");
        string url = UrlOf(console);

        using JsonDocument printed = Print(0, "--config", _node.IniFile);
        Assert.Equal(("TRADING", "NATIVE", engine.Id), (Text(printed, "state"), Text(printed, "node"), printed.RootElement.GetProperty("processId").GetInt32()));
        Assert.True(printed.RootElement.GetProperty("flow").GetProperty("offersPerSecond").GetDouble() > 0);
        // 200 tickers by alphabet are priced within a second; their rows come from both threads.
        engine.WaitUntil(() => counters.Read(Counter.PriceAgesTickersHeld) > 0 && counters.Read(Counter.JournalBooked) > 0, "hold stock that is shown");
        using JsonDocument later = Print(0, "--counters", _node.PathOf("engine.counters"));
        Assert.Contains(later.RootElement.GetProperty("tickers").EnumerateArray(), ticker => ticker.GetProperty("shares").GetInt64() != 0);
        Assert.True(later.RootElement.GetProperty("rings").GetArrayLength() >= 6);

        string metrics = await _http.GetStringAsync(url + "/metrics");
        Assert.Contains("\nmarketmaker_up 1\n", metrics, StringComparison.Ordinal);
        Assert.Contains("marketmaker_thread_cpu_seconds_total{stage=\"decision\"} 0.", metrics, StringComparison.Ordinal);
        using JsonDocument data = JsonDocument.Parse(await _http.GetStringAsync(url + "/data.json?from=0"));
        Assert.NotEqual(0, data.RootElement.GetProperty("points").GetArrayLength());
        Assert.Equal(0, counters.Read(Counter.HostCollections) > 0 ? 1 : 0);

        engine.Kill();
        console.WaitUntil(() => _http.GetStringAsync(url + "/metrics").Result.Contains("marketmaker_alarm{alarm=\"engine-dead\",severity=\"critical\"} 1\n", StringComparison.Ordinal), "see that the engine is dead");
        using JsonDocument dead = Print(3, "--config", _node.IniFile);
        Assert.Equal("DEAD", Text(dead, "state"));
        Assert.Equal(0, recorder.Stop());
        Assert.Equal(0, console.Stop());
        using JsonDocument recorded = Print(3, "--recording", recording);
        Assert.Equal("SILENT", Text(recorded, "state"));
    }

    [SkippableFact]
    public async Task should_command_nothing_over_http_and_answer_no_other_host()
    {
        RunningProgram console = _node.Start("mm-console", "serve", "--config", _node.IniFile, "--address", "127.0.0.1:0");
        string url = UrlOf(console);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, (await _http.PostAsync(url + "/", null)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await _http.GetAsync(url + "/halt")).StatusCode);
        using HttpRequestMessage rebound = new(HttpMethod.Get, url + "/data.json");
        rebound.Headers.Host = "evil.example:80";
        Assert.Equal(HttpStatusCode.MisdirectedRequest, (await _http.SendAsync(rebound)).StatusCode);
        // No engine has run: it says so, and waits.
        Assert.Contains("\nmarketmaker_up 0\n", await _http.GetStringAsync(url + "/metrics"), StringComparison.Ordinal);
        Assert.Contains("no such counter file", await _http.GetStringAsync(url + "/data.json"), StringComparison.Ordinal);

        (int status, string output) = RunningProgram.RunToEnd(Published.PathOf("mm-console"), "serve", "--config", _node.IniFile, "--address", new Uri(url).Authority);
        Assert.Equal(1, status);
        Assert.Contains("--address", output, StringComparison.Ordinal);
        Assert.Equal(0, console.Stop());
    }

    [SkippableTheory]
    [InlineData(2, "--config FILE", "print")]
    [InlineData(2, "no such INI", "print", "--config", "none.ini")]
    [InlineData(1, "no such counter file", "print", "--counters", "none.counters")]
    [InlineData(1, "none.rec", "print", "--recording", "none.rec")]
    [InlineData(2, "terminal", "watch", "--counters", "none.counters")]
    [InlineData(2, "--address 9464", "serve", "--counters", "none.counters", "--address", "9464")]
    public void should_say_what_is_wrong_and_what_to_do(int expected, string says, params string[] arguments)
    {
        (int status, string output) = RunningProgram.RunToEnd(Published.PathOf("mm-console"), arguments);
        Assert.Equal(expected, status);
        Assert.Contains(says, output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_refuse_the_counters_of_another_version_with_the_remedy()
    {
        string path = _node.PathOf("old.counters");
        CounterFile.Create(path).Dispose();
        using (FileStream file = File.OpenWrite(path))
        {
            file.Position = 8;
            file.WriteByte(2);
        }

        (int status, string output) = RunningProgram.RunToEnd(Published.PathOf("mm-console"), "print", "--counters", path);
        Assert.Equal(1, status);
        Assert.Contains("version 2, and this program reads version 4", output, StringComparison.Ordinal);
    }

    [SkippableFact]
    public void should_draw_the_page_in_a_browser()
    {
        RequireBrowser();
        StartTrading();
        RunningProgram console = _node.Start("mm-console", "serve", "--config", _node.IniFile, "--address", "127.0.0.1:0");
        string url = UrlOf(console), picture = _node.PathOf("page.png");
        // Virtual time: eight of the page's seconds pass as fast as its requests are answered.
        string[] common = ["--no-sandbox", "--disable-gpu", $"--user-data-dir={_node.PathOf("browser")}", "--window-size=1280,800", "--virtual-time-budget=8000"];
        (int status, string output) = Browse([.. common, "--dump-dom", url]);
        Assert.Equal(0, status);
        Assert.Contains("TRADING", output, StringComparison.Ordinal);
        Assert.Contains("<td>Execution</td>", output, StringComparison.Ordinal);
        Assert.DoesNotContain("CONNECTING", output, StringComparison.Ordinal);
        Assert.Equal(0, Browse([.. common, $"--screenshot={picture}", url]).Status);
        // Blank pages compress to a few kilobytes.
        Assert.True(new FileInfo(picture).Length > 20_000, $"the picture has {new FileInfo(picture).Length} bytes");
        if (Environment.GetEnvironmentVariable("MM_PICTURES") is { } keep) File.Copy(picture, Path.Combine(keep, "page-1280x800.png"), overwrite: true);
    }

    private (RunningProgram Engine, CounterFile Counters) StartTrading()
    {
        _node.Prepare();
        _node.StartVenue("sim", "--seed", "11", "--tickers", "200", "--rate", "5000", "--competitors", "1");
        return _node.StartTrading();
    }

    private static string UrlOf(RunningProgram console)
    {
        const string Says = "serving ";
        console.WaitUntil(() => console.Output.Contains("/metrics", StringComparison.Ordinal), "listen");
        string line = console.Output[(console.Output.IndexOf(Says, StringComparison.Ordinal) + Says.Length)..];
        return line[..line.IndexOf(' ', StringComparison.Ordinal)];
    }

    private static JsonDocument Print(int expected, params string[] arguments)
    {
        (int status, string output) = RunningProgram.RunToEnd(Published.PathOf("mm-console"), ["print", "--json", "--seconds", "0.5", .. arguments]);
        Assert.True(status == expected, output);
        return JsonDocument.Parse(output);
    }

    private static string? Text(JsonDocument json, string name) => json.RootElement.GetProperty(name).GetString();

    private static void RequireBrowser()
    {
        bool isThere = (Environment.GetEnvironmentVariable("PATH") ?? "").Split(':').Any(folder => File.Exists(Path.Combine(folder, Browser)));
        string reason = $"there is no {Browser}: install the Debian package of that name";
        Assert.False(!isThere && Environment.GetEnvironmentVariable("CI") == "true", reason);
        Skip.IfNot(isThere, reason);
    }

    private static (int Status, string Output) Browse(string[] arguments)
    {
        using Process browser = Process.Start(new ProcessStartInfo(Browser, arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        Task<string> output = browser.StandardOutput.ReadToEndAsync();
        browser.StandardError.ReadToEndAsync();
        if (!browser.WaitForExit(TimeSpan.FromSeconds(60))) ProcessSignal.Send(browser.Id, ProcessSignal.Kill);
        browser.WaitForExit();
        return (browser.ExitCode, output.Result);
    }
}
