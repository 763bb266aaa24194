using System.Diagnostics;
using MarketMaker.Platform.Processes;

namespace MarketMaker.Demo;

/// <summary>A program of the demo: started in a session of its own, so that Ctrl-C reaches the demo alone, its output in a log file.</summary>
internal sealed class ChildProcess : IDisposable
{
    private readonly Process _process;
    private readonly StreamWriter _log;
    private readonly Lock _logLock = new();

    private ChildProcess(string name, Process process, string logFile)
    {
        (Name, _process, LogFile) = (name, process, logFile);
        _log = new StreamWriter(logFile, append: true) { AutoFlush = true };
        StartedNs = Stopwatch.GetTimestamp();
        _process.OutputDataReceived += (_, line) => Write(line.Data);
        _process.ErrorDataReceived += (_, line) => Write(line.Data);
        _process.Start();
        _process.BeginOutputReadLine();
        _process.BeginErrorReadLine();
    }

    public string Name { get; }

    public string LogFile { get; }

    /// <summary>When it was started, monotonic ns.</summary>
    public long StartedNs { get; }

    public bool HasExited => _process.HasExited;

    public int ExitCode => _process.ExitCode;

    public static ChildProcess Start(string name, string program, string logFile, params IEnumerable<string> arguments)
    {
        // setsid replaces itself by the program: the process id stays that of the program.
        ProcessStartInfo start = new("setsid") { RedirectStandardOutput = true, RedirectStandardError = true, RedirectStandardInput = true };
        start.ArgumentList.Add(program);
        foreach (string argument in arguments) start.ArgumentList.Add(argument);
        return new ChildProcess(name, new Process { StartInfo = start }, logFile);
    }

    /// <summary>Asks it to stop and waits.</summary>
    /// <returns>Whether it ended by itself, with status 0, in time; else it was killed.</returns>
    public bool Stop(TimeSpan timeout)
    {
        if (!_process.HasExited) ProcessSignal.Send(_process.Id, ProcessSignal.Terminate);
        if (_process.WaitForExit(timeout)) return _process.ExitCode == 0;
        Kill();
        return false;
    }

    public void Kill()
    {
        if (!_process.HasExited) ProcessSignal.Send(_process.Id, ProcessSignal.Kill);
        _process.WaitForExit();
    }

    public void Dispose()
    {
        Kill();
        _process.Dispose();
        lock (_logLock) _log.Dispose();
    }

    /// <summary>The last lines of its log, for an error message.</summary>
    public string LastLines(int count)
    {
        lock (_logLock) _log.Flush();
        return string.Join('\n', File.ReadLines(LogFile).TakeLast(count));
    }

    private void Write(string? line)
    {
        if (line is null) return;
        lock (_logLock)
        {
            if (_log.BaseStream.CanWrite) _log.WriteLine(line);
        }
    }
}
