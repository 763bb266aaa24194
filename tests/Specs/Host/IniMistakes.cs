using MarketMaker.Host.Configuration;

namespace MarketMaker.Tests.Specs.Host;

/// <summary>The table.</summary>
public sealed partial class IniMistakeSpecs
{
    private static readonly string[] NoInteger =
        ["", "NaN", "Infinity", "-", "ten", "1e3", "0x10", "1_000", "1,000", "1.5", "1 000", "5%", "5 ms", "5ms", "--5", "5 ; a comment", "5 # a comment", "99999999999999999999", "-99999999999999999999", "\u0665"];

    private static readonly string[] NoDollars = ["", "NaN", "Infinity", "$100", "100$", "100 USD", "1,000", "1e6", "-1", "+1", "0.00001", "1.000.000", "99999999999999999999", "half", "1_000", "100k"];

    private static readonly string[] NoEndpoint =
        ["", "127.0.0.1", "127.0.0.1:", ":8080", "127.0.0.1:0", "127.0.0.1:65536", "127.0.0.1:-1", "127.0.0.1:http", "127.0.0.1:80.5", "256.0.0.1:80", "10.0.1:80", "1.2.3.4.5:80", "http://venue:80", "venue host:80", "[::1]:80", "::1:80", "venue:80/all", "vénue:80"];

    private static readonly string[] NoDate = ["", "tomorrow", "Today", "30.01.2026", "01/30/2026", "2026-1-30", "2026-13-01", "2026-02-30", "20260130", "2026-01-30T00:00"];

    private static readonly string[] NoBoolean = ["", "yes", "no", "1", "0", "True", "TRUE", "on", "off", "truе"];

    /// <summary>Section, key, value: the key's own forms, one key of each kind, and what is out of range in each of the others.</summary>
    public static TheoryData<string, string, string> Values
    {
        get
        {
            TheoryData<string, string, string> rows = [];
            AddAll(rows, "prices", "requests-per-second", NoInteger);
            AddAll(rows, "capital", "cash", NoDollars);
            AddAll(rows, "execution", "address", NoEndpoint);
            AddAll(rows, "session", "trading-date", NoDate);
            AddAll(rows, "decision", "short-selling", NoBoolean);
            AddAll(rows, "decision", "mode", "", "Strict", "STRICT", "strict,adaptive", "fast", "1");
            AddAll(rows, "threads", "wait", "", "Spin", "busy", "never", "spin yield");
            AddAll(rows, "log", "level", "", "INFO", "trace", "warn", "5");
            AddAll(rows, "node", "name", "", "mm01", "MM-01", "MM 01", "ABCDEFGHIJKLMN", "MÜNCHEN", "MM_01", "MM01 ; the first");
            AddAll(rows, "execution", "username", "", "SEVENCH", "TW O", "ÄB");
            AddAll(rows, "execution", "password-file", "", "no-such-file");
            AddAll(rows, "journal", "path", "");
            AddAll(rows, "counters", "path", "");
            AddAll(rows, "decision", "state-file", "");
            AddAll(rows, "feed", "session", "ELEVENCHARS", "A B");
            AddAll(rows, "feed", "source", "venue", "10.0.0", "10.0.0.1:80");
            AddAll(rows, "feed", "address-a", "venue:26400", "localhost:26400");
            AddAll(rows, "session", "time-zone", "America/Gotham", "EST5", "Eastern");
            AddAll(rows, "universe", "tickers", "F-A", "A-", "-F", "A--F", "A-F,", ",", "A-F;G-M", "TOOLONGNAME", "'BAC-K", "A - F - K", "A..F x");
            // 1 % as 1 or as 100; a half per cent as a fraction.
            foreach (string name in (ReadOnlySpan<string>)["buy-edge-ppm", "sell-edge-ppm", "day-loss-halt-ppm", "day-loss-stop-buying-ppm", "capital-used-max-ppm", "ticker-used-max-ppm", "collar-fresh-ppm", "collar-old-ppm", "offer-flow-moved-ppm", "sell-off-start-ppm", "day-move-deny-ppm"])
                AddAll(rows, "decision", name, "1", "100", "0.01", "1%", "-10000", "1000001");
            // What contradicts another key.
            AddAll(rows, "decision", "day-loss-halt-ppm", "9999");
            AddAll(rows, "decision", "day-move-deny-ppm", "69999");
            AddAll(rows, "decision", "buy-edge-ppm", "5000");
            AddAll(rows, "decision", "orders-in-flight-max", "65537");
            AddAll(rows, "feed", "gap-retry-max-ms", "19");
            AddAll(rows, "prices", "backoff-max-ms", "49");
            AddAll(rows, "execution", "backoff-max-ms", "99");
            AddAll(rows, "journal", "stop-buying-percent", "79");
            AddAll(rows, "journal", "reserve-mib", "1");
            AddAll(rows, "rings", "offers", "65535", "5000");
            AddAll(rows, "rings", "responses", "1024");
            AddAll(rows, "verdicts", "address", "example:1");
            AddAll(rows, "threads", "journal", "0");
            AddAll(rows, "threads", "capture", "0");
            AddAll(rows, "threads", "feed", "1023", "-2");
            AddAll(rows, "volatility", "enter-percent", "120");
            // Every number there is, below and above its range.
            foreach (IniKey key in IniSchema.Keys.Where(key => key.Kind == IniKind.Integer))
            {
                if (key.Min > long.MinValue) AddAll(rows, key.Section, key.Name, $"{key.Min - 1}");
                AddAll(rows, key.Section, key.Name, $"{key.Max + 1}");
            }

            return rows;
        }
    }

    /// <summary>Lines at the end of the file, the mistake in the last of them, and what the message shows.</summary>
    public static TheoryData<string, string> Lines => new()
    {
        { "[feed", "[feed" },
        { "feed]", "feed]" },
        { "[]", "[]" },
        { "[feed] ; a comment", "[feed]" },
        { "just words", "just words" },
        { "[log]\nlevel", "level" },
        { "[log]\nlevel: info", "level: info" },
        { "[log]\n= info", "= info" },
        { "[node]\nname = OTHER", "set twice, first on line 2" },
        { "[NODE]\nNAME = OTHER", "set twice, first on line 2" },
        { "[log]\nlevel = info\nlevel = info", "set twice, first on line 16" },
        { "[decison]\nmode = strict", "did you mean [decision]" },
        { "[logs]\nlevel = info", "did you mean [log]" },
        { "[price]\nconnections = 4", "did you mean [prices]" },
        { "[thread]\nfeed = 0", "did you mean [threads]" },
        { "[decision]\nbuy-edge = 10000", "did you mean buy-edge-ppm" },
        { "[decision]\nbuy-edge-bps = 100", "did you mean buy-edge-ppm" },
        { "[decision]\nbuyedgeppm = 10000", "did you mean buy-edge-ppm" },
        { "[decision]\nprice-age-max-s = 10", "did you mean price-age-max-ms" },
        { "[decision]\nprice_age_max_ms = 10000", "did you mean price-age-max-ms" },
        { "[feed]\nadress-b = 127.0.0.1:1", "did you mean address-b" },
        { "[execution]\npassword = SECRET", "did you mean password-file" },
        { "[execution]\nuser-name = ME", "did you mean username" },
        { "[journal]\nmap-mb = 100", "did you mean map-mib" },
        { "[feed]\ncash = 5", "put it into [capital]" },
        { "[prices]\nusername = ME", "put it into [execution]" },
        { "[rings]\nlevel = info", "put it into [log]" },
    };

    public static TheoryData<string, string> Required
    {
        get
        {
            TheoryData<string, string> rows = [];
            foreach (IniKey key in IniSchema.Keys.Where(key => key.Default is null)) rows.Add(key.Section, key.Name);
            return rows;
        }
    }

    private static void AddAll(TheoryData<string, string, string> rows, string section, string name, params IEnumerable<string> values)
    {
        // What is one beyond a range may stand among the key's own mistakes already.
        foreach (string value in values.Where(value => !rows.Any(row => row.SequenceEqual([section, name, value])))) rows.Add(section, name, value);
    }
}
