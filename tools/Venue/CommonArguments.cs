using System.CommandLine;
using System.Net;
using MarketMaker.Protocols.SoupBinTcp;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Prices;

namespace MarketMaker.Venue;

/// <summary>The arguments that both sources of offers have in common.</summary>
internal sealed class CommonArguments(bool waitForClient)
{
    private readonly Option<string> _feed = Arguments.Create("--feed", "Destination of line A, HOST:PORT, unicast or multicast.", "127.0.0.1:26400");
    private readonly Option<string> _feedB = Arguments.Create("--feed-b", "Destination of line B; empty = none.", "");
    private readonly Option<string> _interface = Arguments.Create("--interface", "Interface for multicast.", "");
    private readonly Option<string> _bind = Arguments.Create("--bind", "Address that the ports listen on.", "127.0.0.1");
    private readonly Option<int> _requestPort = Arguments.Create("--request-port", "UDP port for re-requests; 0 = any.", 0);
    private readonly Option<int> _snapshotPort = Arguments.Create("--snapshot-port", "TCP port of the snapshot; 0 = any.", 0);
    private readonly Option<int> _orderPort = Arguments.Create("--order-port", "TCP port for orders; 0 = any.", 0);
    private readonly Option<int> _pricePort = Arguments.Create("--price-port", "TCP port of the price service; 0 = any.", 0);
    private readonly Option<string> _fills = Arguments.Create("--fills", "Where the executions of all participants go, as CSV.", "venue-fills.csv");
    private readonly Option<string> _ready = Arguments.Create("--ready-file", "Written as JSON (ports, pid) when all ports are open.", "");
    private readonly Option<string> _stats = Arguments.Create("--stats", "Written as JSON at the end.", "");
    private readonly Option<string> _username = Arguments.Create("--username", "The account's name, at most 6 characters; several accounts divided by commas, each with a session of its own.", "ENGINE");
    private readonly Option<string> _password = Arguments.Create("--password-file", "File with the password of every account; empty = no password.", "");
    private readonly Option<string> _session = Arguments.Create("--session", "Session, at most 10 letters and digits; empty = made of the time.", "");
    private readonly Option<double> _loss = Arguments.Create("--loss", "Chance that a feed packet is lost.", 0.0);
    private readonly Option<double> _duplicate = Arguments.Create("--duplicate", "Chance that a feed packet is sent twice.", 0.0);
    private readonly Option<double> _reorder = Arguments.Create("--reorder", "Chance that a feed packet is overtaken by later ones.", 0.0);
    private readonly Option<ulong> _damageSeed = Arguments.Create("--damage-seed", "Seed of the damage.", 1UL);
    private readonly Option<int> _delay = Arguments.Create("--price-delay", "Added to each answer of the price service, ms.", 0);
    private readonly Option<double> _fail = Arguments.Create("--price-fail", "Chance that the price service answers 500.", 0.0);
    private readonly Option<bool> _wait = Arguments.Create("--wait-for-client", "Offers begin when a client has logged in to the order port.", waitForClient);
    private readonly Option<double> _seconds = Arguments.Create("--seconds", "Seconds from the first offer to the end; 0 = until told.", 0.0);
    private readonly Option<int> _core = Arguments.Create("--core", "Core of the market thread; -1 = any.", -1);
    private readonly Option<bool> _spin = Arguments.Create("--spin", "The market thread spins instead of sleeping between batches.", false);
    private readonly Option<int> _tick = Arguments.Create("--tick-us", "Time between batches of offers, 20 to 1000 us.", 250);

    public void AddTo(Command command)
    {
        foreach (Option option in (ReadOnlySpan<Option>)[
            _feed, _feedB, _interface, _bind, _requestPort, _snapshotPort, _orderPort, _pricePort, _fills, _ready, _stats, _username,
            _password, _session, _loss, _duplicate, _reorder, _damageSeed, _delay, _fail, _wait, _seconds, _core, _spin, _tick])
            command.Options.Add(option);
    }

    public VenueOptions Read(ParseResult parsed)
    {
        string feedB = parsed.GetValue(_feedB)!;
        string session = parsed.GetValue(_session)!;
        return new VenueOptions
        {
            Feed = Endpoint(parsed.GetValue(_feed)!, "--feed"),
            FeedB = feedB.Length == 0 ? null : Endpoint(feedB, "--feed-b"),
            Interface = parsed.GetValue(_interface)!,
            Bind = IPAddress.TryParse(parsed.GetValue(_bind), out IPAddress? bind) ? bind : throw Wrong("--bind", "an IP address"),
            RequestPort = Port(parsed, _requestPort),
            SnapshotPort = Port(parsed, _snapshotPort),
            OrderPort = Port(parsed, _orderPort),
            PricePort = Port(parsed, _pricePort),
            FillsPath = parsed.GetValue(_fills)!,
            ReadyPath = NullIfEmpty(parsed.GetValue(_ready)!),
            StatisticsPath = NullIfEmpty(parsed.GetValue(_stats)!),
            Username = Names(parsed.GetValue(_username)!),
            Password = Password(parsed.GetValue(_password)!),
            // The second of the start names the run: a client of an earlier run finds its session gone.
            Session = session.Length == 0 ? DateTime.UtcNow.ToString("MMddHHmmss") : Text(session, 10, "--session"),
            Damage = new FeedDamage(
                Chance(parsed, _loss), Chance(parsed, _duplicate), Chance(parsed, _reorder), parsed.GetValue(_damageSeed)),
            PriceFaults = new PriceFaults(Between(parsed, _delay, 0, 60_000), Chance(parsed, _fail)),
            Core = Between(parsed, _core, -1, 1_023),
            Spin = parsed.GetValue(_spin),
            Agent = new VenueAgentOptions
            {
                WaitForClient = parsed.GetValue(_wait),
                RunNs = parsed.GetValue(_seconds) is >= 0 and <= 1e6 and double seconds ? (long)(seconds * 1e9) : throw Wrong("--seconds", "0 to 1000000"),
                TickNs = Between(parsed, _tick, 20, 1_000) * 1_000L,
            },
        };
    }

    private static IPEndPoint Endpoint(string text, string name)
    {
        int colon = text.LastIndexOf(':');
        if (colon <= 0 || !ushort.TryParse(text.AsSpan(colon + 1), out ushort port) || port == 0) throw Wrong(name, "HOST:PORT");
        string host = text[..colon];
        if (IPAddress.TryParse(host, out IPAddress? address)) return new IPEndPoint(address, port);
        try
        {
            return new IPEndPoint(Dns.GetHostAddresses(host, System.Net.Sockets.AddressFamily.InterNetwork)[0], port);
        }
        catch (System.Net.Sockets.SocketException)
        {
            throw new ArgumentException($"{name}: the host '{host}' is not known");
        }
    }

    private static string Password(string path)
    {
        if (path.Length == 0) return "";
        if (!File.Exists(path)) throw new ArgumentException($"--password-file: there is no file '{path}'");
        return Text(File.ReadAllText(path).Trim(), SoupBinLoginRequest.PasswordBytes, "the password");
    }

    private static string Names(string text)
    {
        string[] names = [.. text.Split(',').Select(name => Text(name, SoupBinLoginRequest.UsernameBytes, "--username"))];
        return names.Distinct(StringComparer.OrdinalIgnoreCase).Count() == names.Length ? text : throw Wrong("--username", "without a name that comes twice");
    }

    private static string Text(string text, int lengthMax, string name) =>
        text.Length <= lengthMax && text.All(char.IsAsciiLetterOrDigit) ? text : throw Wrong(name, $"at most {lengthMax} letters and digits");

    private static int Port(ParseResult parsed, Option<int> option) => Between(parsed, option, 0, ushort.MaxValue);

    private static int Between(ParseResult parsed, Option<int> option, int min, int max) =>
        parsed.GetValue(option) is int value && value >= min && value <= max ? value : throw Wrong(option.Name, $"{min} to {max}");

    private static double Chance(ParseResult parsed, Option<double> option) =>
        parsed.GetValue(option) is >= 0 and <= 1 and double value ? value : throw Wrong(option.Name, "0 to 1");

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;

    private static ArgumentException Wrong(string name, string expected) => new($"{name} must be {expected}");
}
