using System.Buffers.Text;
using System.Globalization;
using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Threads;
using Microsoft.Win32.SafeHandles;

namespace MarketMaker.Host.Showing;

/// <summary>Shows what the scheduler did with the thread of each stage: time on a core, and time it was ready and had to wait.</summary>
/// <remarks>From /proc/self/task/ID/schedstat, so the stages themselves read no clock for it.</remarks>
internal sealed class ThreadShow : IDisposable
{
    private const int CountersPerStage = Counter.ThreadsPricesCpuNs - Counter.ThreadsFeedCpuNs;
    private const long Unknown = -1;

    // In the order of the counters.
    private static readonly string[] Stages = ["Feed", "Prices", "Decision", "Execution", "Journal", "PriceClient", "Alerts", "Capture"];

    private readonly CounterFile _counters;
    private readonly AgentThread[] _threads;
    private readonly SafeFileHandle?[] _files;
    private readonly int[] _threadOf;
    private readonly byte[] _text = new byte[128];

    /// <summary>Finds the threads of the stages. They have started.</summary>
    public ThreadShow(IReadOnlyList<AgentThread> threads, CounterFile counters)
    {
        (_counters, _threads) = (counters, [.. threads]);
        _files = [.. _threads.Select(Open)];
        _threadOf = [.. Stages.Select(stage => Array.FindIndex(_threads, thread => thread.Runs(stage)))];
        for (int i = 0; i < Stages.Length; i++)
            _counters.Set(Counter.ThreadsFeedCore + i * CountersPerStage, _threadOf[i] < 0 ? CpuTopology.Unpinned : _threads[_threadOf[i]].Core);
    }

    /// <summary>Shows the times so far.</summary>
    public void Show()
    {
        for (int thread = 0; thread < _threads.Length; thread++)
        {
            (long cpuNs, long waitNs) = Read(_files[thread]);
            for (int i = 0; i < Stages.Length; i++)
            {
                if (_threadOf[i] != thread) continue;
                _counters.Set(Counter.ThreadsFeedCpuNs + i * CountersPerStage, cpuNs);
                _counters.Set(Counter.ThreadsFeedWaitNs + i * CountersPerStage, waitNs);
            }
        }
    }

    public void Dispose()
    {
        foreach (SafeFileHandle? file in _files) file?.Dispose();
    }

    // A kernel without CONFIG_SCHED_INFO has no such file.
    private static SafeFileHandle? Open(AgentThread thread)
    {
        string path = string.Create(CultureInfo.InvariantCulture, $"/proc/self/task/{thread.ThreadId}/schedstat");
        return File.Exists(path) ? File.OpenHandle(path) : null;
    }

    private (long CpuNs, long WaitNs) Read(SafeFileHandle? file)
    {
        if (file is null) return (Unknown, Unknown);
        ReadOnlySpan<byte> text = _text.AsSpan(0, ReadAll(file));
        if (!Utf8Parser.TryParse(text, out long cpuNs, out int digits) || text.Length <= digits) return (Unknown, Unknown);
        return Utf8Parser.TryParse(text[(digits + 1)..], out long waitNs, out _) ? (cpuNs, waitNs) : (cpuNs, Unknown);
    }

    // The file is gone once its thread has ended.
    private int ReadAll(SafeFileHandle file)
    {
        try
        {
            return RandomAccess.Read(file, _text, 0);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}
