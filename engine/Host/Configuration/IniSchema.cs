using MarketMaker.Contracts;

namespace MarketMaker.Host.Configuration;

/// <summary>Every key of the INI file, in the order <c>marketmaker check</c> prints them.</summary>
internal static class IniSchema
{
    private const long Dollar = Money.UnitsPerDollar;

    // A limit of 1 or 100 millionths is 1 or 100 % by mistake.
    private const long PpmLeast = 200;

    public static IReadOnlyList<IniKey> Keys { get; } =
    [
        Text("node", "name", null, 1, 13, "this engine's name in orders, journal and database: 1 to 13 of A-Z and 0-9"),

        Date("session", "trading-date", "today", "the day of every session, for recorded markets; today: the day on which a session begins"),
        Text("session", "time-zone", "America/New_York", 0, 64, "the venue's clock, which knows summer from winter; its times count from midnight; empty: utc-offset-minutes"),
        Integer("session", "utc-offset-minutes", "-300", -840, 840, "the venue's clock less UTC, with time-zone empty: -300 in winter, -240 in summer, US Eastern"),

        Text("universe", "tickers", "", 0, 4_096, "what this node trades: ranges and names, such as A-F,TSLA; empty: all; give nodes at one venue slices that share no ticker"),

        Endpoint("feed", "address-a", null, "line A: multicast group or local address, and port"),
        Endpoint("feed", "address-b", "", "line B; empty: there is none"),
        Text("feed", "interface", "", 0, 64, "local address or name of the interface that joins the groups; empty: the system chooses"),
        Text("feed", "source", "", 0, 64, "the venue's address; packets of others are dropped; empty: any"),
        Endpoint("feed", "request-address", "", "MoldUDP64 request server; empty: gaps are not asked for"),
        Endpoint("feed", "snapshot-address", "", "snapshot server for a late start; empty: begin at the first message"),
        Integer("feed", "snapshot-timeout-ms", "10000", 100, 600_000, "the snapshot may take so long; then the engine does not start"),
        Text("feed", "session", "", 0, 10, "the feed's session; empty: that of the first packet"),
        Integer("feed", "receive-buffer-bytes", "67108864", 65_536, 1_073_741_824, "kernel buffer of each line: what a stall of ours may pile up"),
        Integer("feed", "batch-packets", "16", 1, 64, "packets taken at a time: fewer make the first one wait less, more cost less each"),
        Choice("feed", "driver", "socket", "how packets come in: socket: the kernel's own; xdp: AF_XDP before the kernel's stack, which needs interface by name and CAP_NET_RAW, CAP_BPF, CAP_NET_ADMIN", "socket", "xdp"),
        Integer("feed", "busy-poll-us", "0", 0, 1_000, "SO_BUSY_POLL of the sockets: a call looks at the card so long in place of waiting for its interrupt; 0: off"),
        Boolean("feed", "busy-poll-prefer", "false", "SO_PREFER_BUSY_POLL: the card's interrupts stay off while we poll; needs napi_defer_hard_irqs and gro_flush_timeout of the device"),
        Integer("feed", "busy-poll-budget", "0", 0, 512, "SO_BUSY_POLL_BUDGET: packets of one such look; 0: the kernel's own, 8"),
        Choice("feed", "timestamps", "off", "SO_TIMESTAMPING of driver = socket: histogram ArrivedToPolled, by the kernel's clock or the card's own (phc2sys, hwstamp_ctl)", "off", "kernel", "card"),
        Choice("feed", "xdp-mode", "auto", "auto takes the first that the driver can: zero-copy, native (copied by the driver), generic (copied by the stack); the log says which", "auto", "zero-copy", "native", "generic"),
        Text("feed", "xdp-queues", "all", 1, 256, "RX queues that get a socket, such as 0,1; all: every one that is on"),
        Integer("feed", "xdp-frames", "16384", 64, 262_144, "UMEM of each queue in frames of 2 or 4 KiB, a power of two: what a stall of ours may pile up; 16384 is a second of 500,000 offers a second"),
        Integer("feed", "xdp-busy-timeout-ms", "5000", 0, 60_000, "a queue of a process just ended stays busy for up to a second: it is tried again so long"),
        Integer("feed", "gap-refuse-after-ms", "1000", 0, 60_000, "a gap open for longer makes every offer be refused") with { LeastAboveZero = 10 },
        Integer("feed", "gap-request-delay-us", "500", 0, 1_000_000, "from a gap's opening to its first request: the other line mostly fills it"),
        Integer("feed", "gap-retry-ms", "20", 1, 10_000, "until the second request; doubles with each attempt"),
        Integer("feed", "gap-retry-max-ms", "1000", 1, 60_000, "longest wait between two requests"),
        Integer("feed", "gap-attempts-max", "20", 1, 10_000, "requests without progress before a gap is no longer asked for"),
        Integer("feed", "gap-request-messages", "1000", 1, 65_534, "messages asked for in one request"),
        Integer("feed", "gap-requests-in-flight", "16", 1, 1_024, "requests that await their answers at a time"),
        Integer("feed", "gaps-max", "1024", 2, 65_536, "gaps open at a time; beyond, the oldest is given up"),
        Integer("feed", "gap-give-up-after-ms", "0", 0, 86_400_000, "a gap older than this is given up and trading goes on; 0: never, a person decides"),
        Integer("feed", "far-future-messages", "1000000", 1, 1_000_000_000, "a packet further ahead is taken for forged and dropped"),
        Integer("feed", "leap-messages", "10000", 1, 1_000_000_000, "a packet further ahead is followed only when the next one goes on where it ended"),
        Boolean("feed", "join-at-first-packet", "false", "without a snapshot: begin at whatever number comes first instead of 1"),
        Boolean("feed", "follow-far-future", "false", "follow a packet too far ahead, and lose what lies between"),
        Integer("feed", "side-table-bits", "20", 10, 26, "table of order sides, as a power of two: 20 is 8 MB, a million orders"),

        Endpoint("prices", "address", null, "the price service, plain HTTP"),
        Integer("prices", "requests-per-second", "2000", 1, 1_000_000, "never passed in any second; tickers / this is the mean time between two turns"),
        Integer("prices", "price-age-cap-s", "30", 1, 3_600, "no price grows older, however little it is worth; longer where the budget is too small, and said at start"),
        Integer("prices", "connections", "4", 1, 64, "kept-alive connections"),
        Integer("prices", "pipeline-depth", "16", 1, 256, "requests that await an answer on one connection"),
        Integer("prices", "request-timeout-ms", "2000", 10, 60_000, "a request without an answer costs its connection after this"),
        Integer("prices", "backoff-min-ms", "50", 1, 10_000, "before the first new attempt of a lost connection; doubles each time"),
        Integer("prices", "backoff-max-ms", "2000", 1, 60_000, "longest wait between attempts"),
        Integer("prices", "start-timeout-ms", "10000", 100, 600_000, "the list of tickers may take so long; then the engine does not start"),
        Integer("prices", "tick-period-ms", "10", 1, 1_000, "how often time reaches the stages when no offer does"),
        Integer("prices", "refresh-retry-ms", "1000", 10, 60_000, "until an unanswered urgent refresh is asked for again"),

        Boolean("verdicts", "enabled", "false", "listen to the volatility service; without a whole snapshot of it every ticker is only sold"),
        Endpoint("verdicts", "address", "", "multicast group or local address, and port, that mm-volatility sends to"),
        Text("verdicts", "interface", "", 0, 64, "local address or name of the interface that joins the group; empty: the system chooses"),
        Text("verdicts", "source", "", 0, 64, "the service's address; packets of others are dropped; empty: any"),
        Endpoint("verdicts", "request-address", "", "the service's request server; empty: gaps are not asked for"),
        Integer("verdicts", "silence-ms", "3000", 100, 60_000, "silence for longer makes every ticker sell-only"),
        Integer("verdicts", "gap-heal-ms", "500", 1, 60_000, "a gap open for longer makes every ticker sell-only until the next whole snapshot"),
        Integer("verdicts", "validity-max-ms", "10000", 1_000, 600_000, "a verdict counts no longer than this, whatever it says itself"),
        Integer("verdicts", "receive-buffer-bytes", "8388608", 65_536, 1_073_741_824, "kernel buffer: some snapshots of 65,000 tickers"),

        Choice("decision", "mode", "strict", "least edge of both sides: strict is 1 %, adaptive is buy-edge-ppm and sell-edge-ppm", "strict", "adaptive"),
        Integer("decision", "buy-edge-ppm", "2500", 0, 1_000_000, "least edge to buy from a seller with mode = adaptive; 10000 is 1 %"),
        Integer("decision", "sell-edge-ppm", "2500", 0, 1_000_000, "least edge to sell to a buyer with mode = adaptive; 10000 is 1 %"),
        Integer("decision", "rent-a-ppm", "100", 0, 10_000, "rent of locked capital, ppm per 1000 s, its factor a; 0: capital costs nothing") with { LeastAboveZero = 0 },
        Integer("decision", "rent-b-percent", "600", 0, 2_000, "how steeply the rent grows with the capital in use: its exponent b, in hundredths"),
        Integer("decision", "rent-z0-percent", "50", 0, 100, "with less of the capital in use there is no rent"),
        Integer("decision", "rent-relief-percent", "400", 0, 10_000, "what is taken off the floor of a sale, of the rent that its shares would cost until they are sold: it frees capital"),
        Integer("decision", "sell-relief-max-ppm", "2000", 0, 1_000_000, "with mode = adaptive the most that is taken off sell-edge-ppm, never more than all of it; strict never sells below 1 %"),
        Integer("decision", "cover-cap-s", "2000", 1, 86_400, "longest time until stock is sold that the rent is reckoned for"),
        Integer("decision", "sell-rate-tau-s", "3600", 10, 86_400, "how long buyers' offers are remembered"),
        Dollars("decision", "sell-rate-prior-dollars-per-second", "10", 1, 1_000_000 * Dollar, "what can be sold per second of a ticker nothing is known of"),
        Path("decision", "state-file", "strategy.state", "what is remembered of a day and of the tickers, written each minute and at the stop"),
        Integer("decision", "price-age-max-ms", "10000", 50, 60_000, "an older fair price is not traded on"),
        Integer("decision", "volatile-price-age-max-ms", "1000", 10, 60_000, "the same of a volatile ticker"),
        Dollars("decision", "order-notional-max", "50000", Dollar, 1_000_000_000 * Dollar, "most one order may be worth"),
        Integer("decision", "capital-used-max-ppm", "950000", 1, 1_000_000, "most of the capital that stock and open buys may take"),
        Integer("decision", "ticker-used-max-ppm", "50000", 1, 1_000_000, "most of the capital that stock and open buys of one ticker may take"),
        Integer("decision", "orders-in-flight-max", "1024", 1, 65_536, "orders without a final answer at a time"),
        Integer("decision", "ticker-sends-per-second-max", "1000", 1, 1_000_000, "orders of one ticker in any second; of all: [execution] sends-per-second-max"),
        Integer("decision", "ticker-wins-per-minute-max", "5000", 1, 1_000_000, "executions of one ticker in any minute; more looks like one trade again and again"),
        Integer("decision", "day-loss-stop-buying-ppm", "10000", 1, 1_000_000, "loss of the day that ends the buys while it lasts, of the capital at its start"),
        Integer("decision", "day-loss-halt-ppm", "20000", 1, 1_000_000, "loss of the day that ends all trading until a person starts it again"),
        Integer("decision", "collar-fresh-ppm", "50000", 0, 100_000, "an offer farther from a fair price of up to 1 s is not believed; 0: none is"),
        Integer("decision", "collar-recent-ppm", "45000", 0, 100_000, "the same with a price of up to 10 s"),
        Integer("decision", "collar-ageing-ppm", "40000", 0, 100_000, "the same with a price of up to 30 s"),
        Integer("decision", "collar-old-ppm", "35000", 0, 100_000, "the same with an older price"),
        Integer("decision", "collar-volatile-fresh-ppm", "45000", 0, 100_000, "a volatile ticker's collar with a price of up to 1 s"),
        Integer("decision", "collar-volatile-recent-ppm", "34000", 0, 100_000, "the same with a price of up to 10 s"),
        Integer("decision", "collar-volatile-ageing-ppm", "28000", 0, 100_000, "the same with a price of up to 30 s"),
        Integer("decision", "collar-volatile-old-ppm", "0", 0, 100_000, "the same with an older price"),
        Integer("decision", "offer-flow-moved-ppm", "6500", 0, 40_000, "a ticker's offers so far from where they usually are stop it until a fresh price comes; 0: off"),
        Integer("decision", "markout-deny-s", "900", 0, 86_400, "a ticker whose last 50 fills lost money after 10 s is denied for so long; 0: off"),
        Integer("decision", "day-move-sell-only-ppm", "70000", 1, 1_000_000, "a ticker so far from its open is only sold until tomorrow"),
        Integer("decision", "day-move-deny-ppm", "100000", 1, 1_000_000, "a ticker so far from its open is not traded until tomorrow"),
        Integer("decision", "sell-off-s", "300", 0, 3_600, "the floor under a volatile ticker's stock falls for so long; 0: off, it is only sold at the usual edge"),
        Integer("decision", "sell-off-start-ppm", "2500", 0, 100_000, "the floor it falls from"),
        Integer("decision", "sell-off-give-away-max-ppm", "10000", 0, 100_000, "the farthest below the fair price it falls"),
        Boolean("decision", "short-selling", "false", "sell shares we do not have"),
        Path("decision", "denylist-file", "", "tickers never to trade, one a line, # begins a comment; read at start and on SIGHUP; empty: none"),

        Path("capture", "path", "", "file that gets every input of Decision, for mm-backtest replay; one that is there is kept and the new one numbered; empty: none"),
        Integer("capture", "limit-mib", "65536", 1, 16_777_216, "the capture ends when it is so long; an hour of 500,000 offers a second is about 25000"),

        Dollars("capital", "cash", null, 0, 100_000_000_000 * Dollar, "opening cash; taken by init, and refused later if it differs from the journal's"),

        Endpoint("execution", "address", null, "order entry: OUCH 5.0 over SoupBinTCP"),
        Text("execution", "username", null, 1, 6, "login, at most 6 characters"),
        Path("execution", "password-file", null, "a file that holds the password, at most 10 characters, and nothing else"),
        Integer("execution", "busy-poll-us", "0", 0, 1_000, "SO_BUSY_POLL of the order socket, which has TCP_NODELAY always; 0: off"),
        Integer("execution", "sends-per-second-max", "10000", 1, 1_000_000, "beyond, orders go back as NotSentRateLimit"),
        Integer("execution", "send-burst", "1000", 1, 1_000_000, "orders that may go out at once after a pause"),
        Integer("execution", "backoff-min-ms", "100", 1, 60_000, "before the first new attempt of a lost connection; doubles each time"),
        Integer("execution", "backoff-max-ms", "10000", 1, 600_000, "longest wait between attempts"),
        Integer("execution", "venue-silence-ms", "15000", 2_000, 600_000, "a venue silent for longer is taken for dead"),
        Integer("execution", "executions-per-day-max", "1048576", 1_024, 67_108_864, "executions kept so that a broken trade can be undone"),
        Boolean("execution", "durable-intent", "false", "each order waits until the journal has its intent on the disk; for venues that cannot replay their answers"),
        Integer("execution", "drain-timeout-ms", "5000", 0, 600_000, "at a stop, open orders are waited for so long") with { LeastAboveZero = 50 },

        Path("journal", "path", null, "folder of the journal, on a local disk"),
        Integer("journal", "map-mib", "8192", 16, 1_048_576, "how far the file may grow; sparse"),
        Integer("journal", "progress-commit-ms", "100", 1, 10_000, "a commit notes messages that are no execution at the latest after this"),
        Integer("journal", "batch-events-max", "4096", 1, 65_536, "events of one durable commit"),
        Integer("journal", "checkpoint-records", "100000", 1, 10_000_000, "records after which their sum is written, so that a start need not read them"),
        Integer("journal", "retention-days", "30", 0, 3_650, "days that shipped records are kept; what is not shipped is kept for ever"),
        Integer("journal", "reserve-mib", "128", 1, 65_536, "map and disk kept for answers in flight; a small map keeps an eighth of itself"),
        Integer("journal", "alarm-percent", "80", 1, 100, "map or disk so full is said in the log"),
        Integer("journal", "stop-buying-percent", "95", 1, 100, "map or disk so full ends the buys until there is room again"),
        Integer("journal", "reader-pin-alarm-ms", "1000", 100, 3_600_000, "a reader that holds an old snapshot for longer is named in the log"),
        Integer("journal", "ids-low", "1000000", 0, 4_294_967_295, "fewer ids left are said in the log"),
        Integer("journal", "ids-stop-buying", "262144", 0, 4_294_967_295, "fewer ids left end the buys until a lease comes"),

        Integer("rings", "offers", "65536", 1_024, 16_777_216, "slots, a power of two: 131 ms of 500,000 offers a second"),
        Integer("rings", "prices", "8192", 256, 1_048_576, "slots, a power of two"),
        Integer("rings", "executes", "4096", 64, 1_048_576, "slots, a power of two"),
        Integer("rings", "responses", "65536", 1_024, 1_048_576, "slots, a power of two: what may pile up while the disk flushes"),

        Integer("rings", "captures", "262144", 16_384, 16_777_216, "slots, a power of two: half a second of 500,000 offers a second; only taken for a capture"),

        Core("feed", "0"),
        Core("prices", "0"),
        Core("decision", "0"),
        Core("execution", "0"),
        Core("price-client", "-1"),
        Core("capture", "-1"),
        Core("alerts", "-1") with { Reason = "core of alerts: verdicts and denylist; -1: with the price client" },
        Core("journal", "-1"),
        Choice("threads", "wait", "spin", "what a thread of the hot stages does without work: spin takes the whole core", "spin", "yield", "sleep"),
        Integer("threads", "polls-between-looks", "0", 0, 1_024, "polls that a hot stage passes after it found several events of a stage on another core: the sender is disturbed less, the next event may wait so long; 0: none"),
        Integer("threads", "sleep-ns", "200000", 1_000, 1_000_000_000, "length of one sleep of the cold threads, and of the hot ones with wait = sleep"),
        Integer("threads", "allocation-check-ms", "0", 0, 3_600_000, "how often allocated bytes are counted exactly, which stops all threads for some us; 0: once, at the stop"),

        Path("control", "file", "control/marketmaker.control", "the kill switch, in a folder that the engine's user alone may write: halt, reduce or resume; made by init"),

        Integer("watchdog", "stuck-ms", "5000", 0, 3_600_000, "a hot thread that stands still, or a consumer that passes no input, for longer halts trading; its own waits for a core do not count twice; 0: off") with { LeastAboveZero = 50 },
        Integer("watchdog", "cold-stuck-ms", "60000", 0, 3_600_000, "the same of the cold threads, which may wait for a disk, and of whoever waits for the journal; 0: off") with { LeastAboveZero = 100 },

        Path("counters", "path", "marketmaker.counters", "the mapped file that other processes watch"),

        Choice("host", "doctor", "warn", "what 'marketmaker doctor' finds, at start: require: not with a line that is worse or wrong, warn: not with a wrong one, off: no look", "require", "warn", "off"),

        Choice("log", "level", "info", "least level that is written", "debug", "info", "warning", "error"),
        Choice("log", "format", "text", "lines for people, or one JSON object a line", "text", "json"),
        Path("log", "path", "", "file of the log; empty: standard output"),
        Integer("log", "size-mib", "64", 1, 65_536, "the file is put aside as FILE.1 before it grows beyond"),
        Integer("log", "files", "8", 1, 1_000, "how many files are kept, the current one included"),
        Integer("log", "lines-per-cause", "20", 1, 1_000_000, "lines of one cause within 10 s; the others are counted and summed up in one line"),

        Text("shipper", "database", "sqlite:ledger.db", 1, 4_096, "for mm-shipper: sqlite:FILE, or a PostgreSQL connection string without a password"),
        Path("shipper", "password-file", "", "for mm-shipper: a file that holds the database's password; empty: none"),
        Integer("shipper", "batch-rows", "5000", 1, 10_000, "for mm-shipper: rows of one commit"),
        Integer("shipper", "poll-ms", "20", 1, 1_000, "for mm-shipper: how often it looks for new transactions"),
        Integer("shipper", "answer-timeout-ms", "10000", 1_000, 600_000, "for mm-shipper: a database that answers nothing for so long is given up, and another host is asked"),
        Integer("shipper", "stop-grace-ms", "30000", 0, 600_000, "for mm-shipper: how long a stop waits for a database that is down") with { LeastAboveZero = 100 },
        Integer("shipper", "lease-ahead-ids", "2000000", 0, 2_000_000_000, "for mm-shipper: with fewer ids left it lays the next block beside the journal; 0: never"),
        Integer("shipper", "age-alarm-ms", "60000", 100, 86_400_000, "for mm-shipper: a transaction that is not in the database for longer is an alarm"),
        Integer("shipper", "stall-alarm-ms", "30000", 100, 86_400_000, "for mm-shipper: nothing shipped for so long, with something to ship, is an alarm that names the cause"),
        Path("shipper", "status-file", "", "for mm-shipper: where it writes its lag as JSON; empty: nowhere"),

        Text("volatility", "address", "", 0, 4_096, "for mm-volatility: where verdicts go, IP:PORT, several divided by commas"),
        Text("volatility", "interface", "", 0, 64, "for mm-volatility: interface a multicast group is sent on"),
        Integer("volatility", "hops", "1", 0, 255, "for mm-volatility: routers a multicast packet may pass"),
        Endpoint("volatility", "request-address", "", "for mm-volatility: where re-requests are heard; empty: any address and port"),
        Integer("volatility", "requests-per-second", "2000", 1, 1_000_000, "for mm-volatility: its own budget at the price service"),
        Integer("volatility", "connections", "4", 1, 64, "for mm-volatility: kept-alive connections"),
        Integer("volatility", "snapshot-ms", "1000", 50, 60_000, "for mm-volatility: how often it sends every verdict"),
        Integer("volatility", "validity-ms", "5000", 100, 600_000, "for mm-volatility: how long a verdict counts"),
        Path("volatility", "state-file", "", "for mm-volatility: opens, denials and baselines between two starts; empty: none are kept"),
        Integer("volatility", "state-period-ms", "60000", 100, 3_600_000, "for mm-volatility: how often that file is written"),
        Path("volatility", "changes-file", "", "for mm-volatility: CSV of every change; empty: none"),
        Integer("volatility", "tau-ms", "300000", 10_000, 600_000, "for mm-volatility: time constant of the variance"),
        Integer("volatility", "fast-tau-ms", "60000", 1_000, 600_000, "for mm-volatility: time constant that tells jumps, and the end of a rise"),
        Integer("volatility", "enter-percent", "200", 110, 1_000, "for mm-volatility: sigma of its own usual one that is a rise"),
        Integer("volatility", "leave-percent", "140", 100, 999, "for mm-volatility: sigma of its own usual one below which a rise is over"),
        Integer("volatility", "enter-sigma", "400", 2, 100_000, "for mm-volatility: sigma that is a rise for any ticker, 0.01 bp per square root of a second"),
        Integer("volatility", "leave-sigma", "280", 1, 99_999, "for mm-volatility: sigma below which that is over"),
        Integer("volatility", "stay-ms", "300000", 0, 86_400_000, "for mm-volatility: a ticker stays volatile for so long at least") with { LeastAboveZero = 1_000 },
        Integer("volatility", "jump-ratio", "3", 2, 100, "for mm-volatility: realised over bipower variance that is a jump"),
        Integer("volatility", "jump-return-ppm", "15000", 200, 1_000_000, "for mm-volatility: one return that is a jump; 15000 is 1.5 %"),
        Integer("volatility", "day-move-sell-only-ppm", "70000", 1_000, 1_000_000, "for mm-volatility: distance from the open beyond which a ticker is only sold"),
        Integer("volatility", "day-move-deny-ppm", "100000", 1_000, 1_000_000, "for mm-volatility: distance from the open beyond which it is denied until tomorrow"),
        Integer("volatility", "baseline-default", "131", 1, 10_000, "for mm-volatility: usual sigma of a ticker it knows nothing of; 131 is 2 % a day"),
        Integer("volatility", "baseline-floor", "25", 1, 10_000, "for mm-volatility: no usual sigma is below this"),
        Integer("volatility", "stale-ms", "30000", 100, 3_600_000, "for mm-volatility: an older price is no price"),
    ];

    private static IniKey Integer(string section, string name, string standard, long min, long max, string reason)
    {
        long usual = long.Parse(standard, System.Globalization.CultureInfo.InvariantCulture);
        long least = name.EndsWith("-ppm", StringComparison.Ordinal) ? PpmLeast
            // A thousandth of a usual time of seconds is seconds by mistake.
            : name.EndsWith("-ms", StringComparison.Ordinal) && usual >= 1_000 ? usual / 1_000 + 1 : 0;
        return new(section, name, IniKind.Integer, standard, reason) { Min = min > 0 ? Math.Max(min, least) : min, Max = max, LeastAboveZero = least };
    }

    private static IniKey Core(string stage, string standard) =>
        new("threads", stage, IniKind.Integer, standard, $"core of {stage}; stages on one core share a thread; -1: a thread of its own, unpinned") { Min = -1, Max = 1023 };

    private static IniKey Dollars(string section, string name, string? standard, long min, long max, string reason) =>
        new(section, name, IniKind.Dollars, standard, reason) { Min = min, Max = max };

    private static IniKey Text(string section, string name, string? standard, int min, int max, string reason) =>
        new(section, name, IniKind.Text, standard, reason) { Min = min, Max = max };

    private static IniKey Choice(string section, string name, string standard, string reason, params string[] words) =>
        new(section, name, IniKind.Choice, standard, reason) { Words = words };

    private static IniKey Boolean(string section, string name, string standard, string reason) => new(section, name, IniKind.Boolean, standard, reason);

    private static IniKey Path(string section, string name, string? standard, string reason) => new(section, name, IniKind.Path, standard, reason);

    private static IniKey Endpoint(string section, string name, string? standard, string reason) => new(section, name, IniKind.Endpoint, standard, reason);

    private static IniKey Date(string section, string name, string standard, string reason) => new(section, name, IniKind.Date, standard, reason);
}
