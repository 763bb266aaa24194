using System.Runtime.InteropServices;
using MarketMaker.Platform.Control;
using MarketMaker.Platform.Files;
using MarketMaker.Platform.Threads;
using Microsoft.Extensions.Logging;
using ZLogger;

namespace MarketMaker.Host;

/// <summary>
/// The engine's side of the kill switch: obeys at the start what was commanded before, keeps the text and the page alike, and says who commanded what.
/// Belongs to the watching thread; the signals only store the word and raise a flag.
/// </summary>
/// <remarks>The sends look at the page themselves: nothing here stands between a command and its effect.</remarks>
internal sealed class ControlKeeper : IDisposable
{
    private const PosixSignal HaltSignal = (PosixSignal)10; // SIGUSR1
    private const PosixSignal ReduceSignal = (PosixSignal)12; // SIGUSR2

    // A command stores the word some milliseconds before its text; only what is never followed by one is written by the engine.
    private const int TextGraceMs = 500;

    private readonly ControlFiles _files;
    private readonly ControlFlag _flag;
    private readonly SmallFile _text;
    private readonly ILogger _logger;
    private readonly List<PosixSignalRegistration> _signals = [];
    private byte[] _seen = [];
    private GateWord _written;
    private GateWord _said;
    private bool _isTextBad;
    private long _differsSince;
    private bool _cannotWrite;
    private volatile bool _isSignalled;

    private ControlKeeper(ControlFiles files, ControlFlag flag, ILogger logger)
    {
        (_files, _flag, _logger) = (files, flag, logger);
        _text = new SmallFile(files.OrderPath, ControlOrder.BytesMax + 1);
    }

    /// <summary>The switch that every send looks at.</summary>
    public TradingGate Gate => _flag.Gate;

    /// <summary>Makes the files of a new journal's engine. What is there stays as it is: nothing here ends a halt.</summary>
    /// <exception cref="EngineStartException">They cannot be made or trusted.</exception>
    public static void Make(string path)
    {
        ControlFiles files = Trusted(path);
        if (Path.Exists(files.OrderPath)) return;
        files.WriteOrder(new ControlOrder(default) { By = ControlIdentity.OfThisProcess, At = DateTime.UtcNow, Reason = "made with the journal" });
        files.OpenFlag().Dispose();
    }

    /// <summary>Takes the switch for this run: what was commanded before holds; garbage halts.</summary>
    /// <exception cref="EngineStartException">Another engine has it, or its files cannot be trusted; the message names the remedy.</exception>
    public static ControlKeeper Open(string path, ILogger logger)
    {
        ControlFiles files = Trusted(path);
        ControlFlag flag;
        try
        {
            flag = ControlFlag.OpenForEngine(files.FlagPath);
        }
        catch (IOException cause)
        {
            throw new EngineStartException(cause.Message);
        }

        // What an earlier run stopped for its own reasons is looked at anew by this one.
        GateWord left = flag.Gate.Look().Latched;
        flag.Gate.Change(new GateWord(StopReasons.NotOpen, StopReasons.None), stop: true);
        flag.Gate.Change(new GateWord(~(StopReasonsExtensions.Latched | StopReasons.NotOpen), ~StopReasonsExtensions.Latched), stop: false);
        ControlKeeper keeper = new(files, flag, logger) { _written = left };
        keeper.ReadText();
        keeper.DoWork();
        keeper.Listen(HaltSignal, () => flag.Gate.StopSending(StopReasons.Person, stop: true));
        keeper.Listen(ReduceSignal, () => flag.Gate.StopBuying(StopReasons.Person, stop: true));
        return keeper;
    }

    /// <summary>Looks at the text, the word and the commands given. Allocates only when one has changed.</summary>
    public void DoWork()
    {
        long commands = _flag.Commands;
        bool isRead = _text.TryRead(out ReadOnlySpan<byte> content);
        if (!isRead || !content.SequenceEqual(_seen)) ReadText();
        GateWord latched = _flag.Gate.Look().Latched;
        if (latched != _written) Keep(latched);
        if (latched == _written)
        {
            _differsSince = 0;
            if (latched != _said) SayState(latched);
        }

        if (_flag.Taken != commands) _flag.Taken = commands;
    }

    /// <summary>Writes what is not written yet, at once, and lets the switch go.</summary>
    public void Dispose()
    {
        foreach (PosixSignalRegistration signal in _signals) signal.Dispose();
        _isSignalled = true;
        DoWork();
        _flag.Dispose();
    }

    private static ControlFiles Trusted(string path)
    {
        ControlFiles files = new(path);
        try
        {
            files.MakeFolder();
            return files.WhyUntrusted() is { } why ? throw new EngineStartException($"[control] file: {why}") : files;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new EngineStartException($"[control] file: {cause.Message}");
        }
    }

    private void Listen(PosixSignal signal, Action stop) => _signals.Add(PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop();
        _isSignalled = true;
    }));

    /// <summary>Obeys a text that is new: it can stop, and never resumes.</summary>
    private void ReadText()
    {
        // A text is renamed into place whole, so a bad one is bad at any time: no turn is waited for.
        if (Read(out string error) is null) OnBadText(error);
        using ControlTurn? turn = TryTakeTurn();
        // Another writes it right now; the next look is soon.
        if (turn is null) return;
        ControlOrder? order = Read(out error);
        if (order is null)
        {
            WriteNow(turn, "halt", "the engine", $"the control file was no good: {error}");
            return;
        }

        _isTextBad = false;
        _text.TryRead(out ReadOnlySpan<byte> content);
        _seen = content.ToArray();
        GateWord more = new(order.Stops.Word & ~_flag.Gate.Look().Word);
        _flag.Gate.Change(order.Stops, stop: true);
        _written = order.Stops;
        if (more.Word == 0 || order.By.Length > 0) return;
        WriteNow(turn, order.Word, "whoever may write the file", order.Reason.Length > 0 ? order.Reason : "written by hand");
    }

    private ControlOrder? Read(out string error)
    {
        error = "it is missing or cannot be read";
        return _text.TryRead(out ReadOnlySpan<byte> content) ? ControlOrder.Parse(content, out error) : null;
    }

    private void OnBadText(string error)
    {
        _flag.Gate.StopSending(StopReasons.ControlFile, stop: true);
        if (!_isTextBad) _logger.ZLogCritical($"control: nothing is sent: {_files.OrderPath}: {error}; look who did that, then run 'marketmaker resume --config FILE --cause control-file'");
        _isTextBad = true;
    }

    /// <summary>Writes the word's state down: a breaker of ours, a signal, or a command that died half-way.</summary>
    private void Keep(GateWord latched)
    {
        long now = Environment.TickCount64;
        if (_differsSince == 0) _differsSince = now;
        bool isOurs = _isSignalled || ((latched.Sends ^ _written.Sends) & StopReasonsExtensions.Breakers) != 0;
        if (!isOurs && now - _differsSince < TextGraceMs) return;
        using ControlTurn? turn = TryTakeTurn();
        if (turn is null) return;
        StopReasons breakers = latched.Sends & ~_written.Sends & StopReasonsExtensions.Breakers;
        (string by, string reason) = breakers != StopReasons.None ? ("the engine", breakers.ToText())
            : _isSignalled ? ("a signal of this user's or root's", "SIGUSR1 halts, SIGUSR2 allows sales alone")
            : ("a program that wrote the page and no text", "");
        _isSignalled = false;
        WriteNow(turn, new ControlOrder(latched).Word, by, reason);
    }

    private void WriteNow(ControlTurn turn, string what, string by, string reason)
    {
        GateWord latched = _flag.Gate.Look().Latched;
        ControlOrder order = new(latched) { By = by, Reason = reason, At = DateTime.UtcNow };
        try
        {
            turn.Note(what, order);
            _files.WriteOrder(order);
            (_written, _seen, _differsSince, _cannotWrite) = (latched, order.Format(), 0, false);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            SayOnce($"the kill switch holds, but {_files.OrderPath} cannot be written ({cause.Message}): a restart would not know of it: make room, or the folder writable");
        }
    }

    private ControlTurn? TryTakeTurn()
    {
        try
        {
            return _files.TryTakeTurn(TimeSpan.Zero);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            SayOnce($"{_files.AuditPath} cannot be opened ({cause.Message}): commands are obeyed, but not written down");
            return null;
        }
    }

    private void SayOnce(string what)
    {
        if (!_cannotWrite) _logger.ZLogError($"control: {what}");
        _cannotWrite = true;
    }

    private void SayState(GateWord now)
    {
        _said = now;
        ControlOrder? order = Read(out _);
        string who = order is { By.Length: > 0 } ? order.By : "whoever may write the file";
        string why = order is { Reason.Length: > 0 } ? $": {order.Reason}" : "";
        if (!now.MaySend) _logger.ZLogCritical($"control: halted ({now.Sends.ToText()}) by {who}{why}; nothing is sent until 'marketmaker resume --config FILE'");
        else if (!now.MayBuy) _logger.ZLogCritical($"control: only sales, by {who}{why}; nothing is bought until 'marketmaker resume --config FILE'");
        else _logger.ZLogWarning($"control: resumed by {who}{why}");
    }
}
