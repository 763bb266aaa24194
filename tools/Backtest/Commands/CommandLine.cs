using System.CommandLine;
using System.Globalization;
using MarketMaker.Backtest.Policies;
using MarketMaker.Backtest.Worlds;

namespace MarketMaker.Backtest.Commands;

/// <summary>Options that several verbs share, and how they are read.</summary>
internal sealed class CommandLine
{
    public Option<string> Policy { get; } = new("--policy") { Description = $"How to decide: {PolicyList.Names}.", DefaultValueFactory = _ => "strict" };

    public Option<string[]> Set { get; } = new("--set")
    {
        Description = "KEY=VALUE: a setting of the world, or decision.KEY=VALUE: one of the engine's [decision]. May come several times. 'mm-backtest settings' lists them.",
        DefaultValueFactory = _ => [],
    };

    public Option<int> Threads { get; } = new("--threads") { Description = "Runs at a time.", DefaultValueFactory = _ => Environment.ProcessorCount };

    /// <summary>The job the options describe.</summary>
    /// <exception cref="FormatException">Something is wrong with them.</exception>
    public Job Job(ParseResult parsed, ulong seed)
    {
        Job job = new(new World(), PolicyList.Parse(parsed.GetValue(Policy)!), seed);
        foreach (string set in parsed.GetValue(Set)!)
        {
            (string key, string value) = Pair(set, "--set");
            job = job.With(key, value);
        }

        job.Check();
        return job;
    }

    /// <summary>The file a verb reads; one that is not there is a mistake in the command line.</summary>
    public static Argument<string> ExistingFile(string description)
    {
        Argument<string> file = new("file") { Description = description };
        file.Validators.Add(given =>
        {
            string path = given.GetValueOrDefault<string>();
            if (!File.Exists(path)) given.AddError($"there is no file {path}: write the path of one. {description}");
        });
        return file;
    }

    /// <summary>Splits KEY=VALUE.</summary>
    public static (string Key, string Value) Pair(string text, string option)
    {
        int equals = text.IndexOf('=', StringComparison.Ordinal);
        return equals > 0 ? (text[..equals].Trim(), text[(equals + 1)..].Trim()) : throw new FormatException($"{option} {text}: write KEY=VALUE");
    }

    /// <summary>Reads A..B, or a single number.</summary>
    public static ulong[] Seeds(string text)
    {
        string[] ends = text.Split("..");
        if (ends.Length is 1 or 2
            && ulong.TryParse(ends[0], NumberStyles.None, CultureInfo.InvariantCulture, out ulong first)
            && ulong.TryParse(ends[^1], NumberStyles.None, CultureInfo.InvariantCulture, out ulong last)
            && first <= last && last - first < 100_000)
            return [.. Enumerable.Range(0, (int)(last - first) + 1).Select(i => first + (ulong)i)];
        throw new FormatException($"--seeds {text}: write A..B, such as 501..520");
    }

    /// <summary>Does a verb's work; a mistake of the caller becomes one line and the exit status that says so.</summary>
    public static int Guarded(Func<int> work)
    {
        try
        {
            return work();
        }
        catch (FormatException mistake)
        {
            Console.Error.WriteLine($"mm-backtest: {mistake.Message}");
            return ExitStatus.Mistake;
        }
        catch (OperationCanceledException)
        {
            Console.Error.WriteLine("mm-backtest: stopped");
            return ExitStatus.Interrupted;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            Console.Error.WriteLine($"mm-backtest: {cause.Message}");
            return ExitStatus.Failed;
        }
    }
}
