using MarketMaker.Contracts;
using MarketMaker.Platform.Clock;
using MarketMaker.Platform.Logging;
using MarketMaker.Platform.Rings;
using MarketMaker.Platform.Threads;

namespace MarketMaker.Decision.Capture;

/// <summary>The cold agent that writes what Decision recorded. A fault of its file ends the capture, never the trading.</summary>
/// <remarks>Allocates nothing after construction but at the end.</remarks>
public sealed class CaptureWriter<TClock> : IAgent, IDisposable
    where TClock : struct, IClock
{
    private const int BatchMax = 8_192;
    private const long NsPerMs = 1_000_000;
    private const long BytesPerMiB = 1_048_576;

    private readonly CaptureRecorder _recorder;
    private readonly EventPoller<CaptureSlot> _slots;
    private readonly CaptureEncoder _encoder;
    private readonly CaptureFile _file;
    private readonly CaptureTrailer _trailer = new();
    private readonly LogWriter _log;
    private readonly TClock _clock;
    private readonly long _bytesMax;
    private readonly long _flushNs;
    private OrdersHash _orders;
    private long _flushAtNs = long.MaxValue;
    private bool _isOver;
    private bool _orderFollows;

    /// <summary>Makes the file and writes what Decision begins with.</summary>
    /// <param name="options">Checked by the host.</param>
    /// <param name="start">What Decision begins with.</param>
    /// <param name="recorder">Decision's side.</param>
    /// <param name="log">Says how the capture ended, unless in order.</param>
    /// <param name="clock">For the flush.</param>
    /// <exception cref="CaptureException">The file cannot be made.</exception>
    public CaptureWriter(CaptureOptions options, CaptureStart start, CaptureRecorder recorder, LogWriter log, TClock clock)
    {
        (_recorder, _slots, _log, _clock) = (recorder, recorder.Slots, log, clock);
        _encoder = new CaptureEncoder(start.Universe.Count);
        _bytesMax = options.LimitMiB * BytesPerMiB;
        _flushNs = options.FlushMs * NsPerMs;
        try
        {
            _file = new CaptureFile(options.Path, start);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            throw new CaptureException($"[capture] path = {options.Path}: {cause.Message}");
        }
    }

    /// <inheritdoc/>
    public string Name => "Capture";

    /// <summary>The file that is written.</summary>
    public string Path => _file.Path;

    /// <inheritdoc/>
    public int DoWork()
    {
        // Read before the slots: what is lost later is found at the next look.
        bool isLossy = _recorder.NotRecorded > 0;
        long first = _slots.Next;
        long last = _slots.AvailableThrough(BatchMax);
        int taken = last < first ? 0 : Take(first, last);
        if (_isOver) return taken;
        if (isLossy && taken == 0) End(CaptureEnding.RingFull);
        else if (!_orderFollows && !_file.IsBlockEmpty && _clock.MonotonicNs >= _flushAtNs) WriteBlock();
        return taken;
    }

    /// <summary>Writes the rest and the end. Called when Decision has stopped and this agent's thread too.</summary>
    public void Finish()
    {
        while (DoWork() > 0)
        {
        }

        if (!_isOver) End(_recorder.NotRecorded > 0 ? CaptureEnding.RingFull : CaptureEnding.Complete);
    }

    /// <summary>Closes the file as a kill would.</summary>
    public void Dispose() => _file.Dispose();

    private int Take(long first, long last)
    {
        if (_file.IsBlockEmpty) _flushAtNs = _clock.MonotonicNs + _flushNs;
        for (long sequence = first; sequence <= last && !_isOver; sequence++)
        {
            ref CaptureSlot slot = ref _slots[sequence];
            Count(in slot);
            _file.Advance(_encoder.Put(in slot, _file.Room));
            // Never between an offer and its order, which the block's tally counts.
            _orderFollows = slot is { Kind: CaptureSlotKind.Offer, Verdict: RefusalReason.None };
            if (_file.IsBlockFull && !_orderFollows) WriteBlock();
        }

        _slots.Advance(last);
        return (int)(last - first + 1);
    }

    private void Count(in CaptureSlot slot)
    {
        switch (slot.Kind)
        {
            case CaptureSlotKind.Offer:
                _trailer.Offers++;
                _trailer.Verdicts[(int)slot.Verdict]++;
                break;
            case CaptureSlotKind.Order:
                _orders.Add(in slot.Order);
                break;
            case CaptureSlotKind.Price:
                _trailer.Prices++;
                break;
            case CaptureSlotKind.ResponseRest:
                _trailer.Responses++;
                break;
        }
    }

    private void WriteBlock()
    {
        try
        {
            _file.WriteBlock(in _orders);
        }
        catch (IOException)
        {
            Fail();
            return;
        }

        if (_file.Bytes >= _bytesMax) End(CaptureEnding.SizeLimit);
    }

    private void End(CaptureEnding ending)
    {
        _recorder.End();
        try
        {
            if (!_file.IsBlockEmpty) _file.WriteBlock(in _orders);
            (_trailer.Ending, _trailer.NotRecorded, _trailer.Orders, _trailer.OrdersHash) = (ending, _recorder.NotRecorded, _orders.Count, _orders.Value);
            _file.WriteTrailer(_trailer);
            _isOver = true;
        }
        catch (IOException)
        {
            Fail();
            return;
        }

        if (ending == CaptureEnding.RingFull) _log.Write(LogMessage.CaptureBroken, _trailer.Offers, _file.Bytes);
        else if (ending == CaptureEnding.SizeLimit) _log.Write(LogMessage.CaptureLimited, _trailer.Offers, _file.Bytes);
    }

    // The disk is full, or gone: what is on file stays as it is, and the engine trades on.
    private void Fail()
    {
        _isOver = true;
        _recorder.End();
        _file.Dispose();
        _log.Write(LogMessage.CaptureFailed, _trailer.Offers, _file.Bytes);
    }
}
