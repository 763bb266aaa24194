using System.CommandLine;
using MarketMaker.Market;
using MarketMaker.Venue.Replay;

namespace MarketMaker.Venue;

/// <summary>The arguments that describe a replay.</summary>
internal sealed class ReplayArguments
{
    private readonly Argument<string> _file = new("FILE") { Description = "ITCH 5.0 file: u16 length + message, raw or .gz." };
    private readonly Option<double> _speed = Arguments.Create("--speed", "Recorded time passes this many times faster.", 1.0);
    private readonly Option<int> _rate = Arguments.Create("--rate", "Messages a second at an even pace instead; 0 = recorded pace.", 0);
    private readonly Option<bool> _open = Arguments.Create("--open", "Adds the system events (open, close) that a slice of a day lacks.", false);
    private readonly Option<ulong> _seed = Arguments.Create("--seed", "Seed of the choices in matching.", 1UL);
    private readonly Option<double> _split = Arguments.Create("--split", "Chance that an execution comes in several parts.", 0.0);
    private readonly Option<double> _dead = Arguments.Create("--dead", "Chance that an accepted order is dead on arrival.", 0.0);
    private readonly Option<double> _broken = Arguments.Create("--broken", "Chance that an execution is broken later.", 0.0);

    public void AddTo(Command command)
    {
        command.Arguments.Add(_file);
        foreach (Option option in (ReadOnlySpan<Option>)[_speed, _rate, _open, _seed, _split, _dead, _broken]) command.Options.Add(option);
    }

    public ReplayOptions Read(ParseResult parsed)
    {
        ReplayOptions options = new()
        {
            Path = parsed.GetValue(_file)!,
            Speed = parsed.GetValue(_speed),
            MessagesPerSecond = parsed.GetValue(_rate),
            Open = parsed.GetValue(_open),
        };
        if (!File.Exists(options.Path)) throw new ArgumentException($"there is no file '{options.Path}'");
        if (options.Speed is not (>= 0.001 and <= 1_000_000)) throw new ArgumentException("the speed must be 0.001 to 1000000");
        if (options.MessagesPerSecond is < 0 or > 20_000_000) throw new ArgumentException("the rate must be 0 to 20000000 messages a second");
        return options;
    }

    public MarketOptions ReadMatching(ParseResult parsed)
    {
        MarketOptions options = new()
        {
            Seed = parsed.GetValue(_seed),
            SplitShare = parsed.GetValue(_split),
            DeadOnArrivalShare = parsed.GetValue(_dead),
            BreakShare = parsed.GetValue(_broken),
        };
        return options.Check() is { } problem ? throw new ArgumentException(problem) : options;
    }
}
