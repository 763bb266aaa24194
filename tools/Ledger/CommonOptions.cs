using System.CommandLine;
using System.Data.Common;
using System.Runtime.InteropServices;
using System.Text;
using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;
using Symbol = MarketMaker.Contracts.Symbol;

namespace MarketMaker.Ledger;

/// <summary>The options every command has, and how each command begins and ends.</summary>
internal sealed class CommonOptions : IDisposable
{
    private readonly CancellationTokenSource _stop = new();
    private readonly PosixSignalRegistration _terminate;
    private readonly PosixSignalRegistration _interrupt;

    public CommonOptions()
    {
        _terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, OnSignal);
        _interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, OnSignal);
    }

    public Option<string?> Config { get; } = new("--config") { Description = "The engine's INI file: [journal], [shipper], [execution] and [node] are read.", Recursive = true };

    public Option<string?> Journal { get; } = new("--journal") { Description = "Folder of the journal, instead of [journal] path.", Recursive = true };

    /// <summary>For the commands that read the database.</summary>
    public Option<string?> Database { get; } = new("--database") { Description = "sqlite:PATH or an Npgsql connection string without a password, instead of [shipper] database." };

    /// <summary>For the commands that read the database.</summary>
    public Option<string?> PasswordFile { get; } = new("--password-file") { Description = "Holds the database's password and nothing else, instead of [shipper] password-file." };

    /// <summary>For the commands that make accounts.</summary>
    public Option<string> From { get; } = MakeFrom();

    /// <summary>Set by SIGINT and SIGTERM.</summary>
    public CancellationToken Stop => _stop.Token;

    /// <summary>Runs a command: settings loaded, output buffered, every expected failure one line.</summary>
    public int Run(ParseResult parsed, Func<LedgerSettings, TextWriter, int> action)
    {
        try
        {
            LedgerSettings settings = LedgerSettings.Load(parsed.GetValue(Config));
            if (parsed.GetValue(Journal) is { } folder) settings = settings with { JournalPath = folder };
            if (Value(Database) is { } address) settings = settings with { Database = address };
            if (Value(PasswordFile) is { } file) settings = settings with { PasswordFile = file };
            using StreamWriter output = new(Console.OpenStandardOutput(), new UTF8Encoding(false), bufferSize: 1 << 16);
            return action(settings, output);
        }
        catch (Exception mistake) when (mistake is FormatException || mistake is ArgumentException)
        {
            return Fail(mistake.Message, ExitStatus.Mistake);
        }
        catch (OperationCanceledException)
        {
            return Fail("stopped before it was done; nothing was changed", ExitStatus.Interrupted);
        }
        catch (Exception error) when (error is JournalException or LmdbException or IOException or UnauthorizedAccessException or DbException or InvalidDataException or NotSupportedException or TimeoutException)
        {
            return Fail(error.Message, ExitStatus.Differences);
        }

        string? Value(Option<string?> option) => parsed.CommandResult.Command.Options.Contains(option) ? parsed.GetValue(option) : null;
    }

    /// <summary>A ticker of the command line.</summary>
    /// <exception cref="FormatException">It cannot be one.</exception>
    public static Symbol? Ticker(string? text) => text is null ? null : Symbol.Parse(text);

    public void Dispose()
    {
        _terminate.Dispose();
        _interrupt.Dispose();
        _stop.Dispose();
    }

    internal static int Fail(string message, int status)
    {
        Console.Error.WriteLine($"mm-ledger: {message}");
        return status;
    }

    private static Option<string> MakeFrom()
    {
        Option<string> from = new("--from") { Description = "journal or database: once the journal has been purged, only the database has everything.", DefaultValueFactory = _ => "journal" };
        return from.AcceptOnlyFromAmong("journal", "database");
    }

    private void OnSignal(PosixSignalContext signal)
    {
        // A second signal ends the process at once: nothing here is left half done but a temporary file.
        signal.Cancel = !_stop.IsCancellationRequested;
        _stop.Cancel();
    }
}
