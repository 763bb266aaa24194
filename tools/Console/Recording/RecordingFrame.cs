using MarketMaker.Contracts;
using MarketMaker.Platform.Counters;
using MarketMaker.Platform.Memory;

namespace MarketMaker.OperatorConsole.Recording;

/// <summary>
/// One moment of a recording as bytes: what changed since the frame before it, or for a key frame since nothing. Numbers are LEB128, differences
/// zigzag. Rows of tickers stand in key frames alone, and hold until the next.
/// </summary>
internal static class RecordingFrame
{
    /// <summary>Longs of one row of a ticker.</summary>
    private const int RowLongs = 8;

    /// <summary>Writes a frame.</summary>
    /// <param name="to">Gets the bytes.</param>
    /// <param name="image">What is written.</param>
    /// <param name="before">What the frame before it left; its slots become those of <paramref name="image"/>.</param>
    /// <param name="isKey">Everything, with header and rows; then <paramref name="before"/> counts as zero.</param>
    public static void Write(MemoryStream to, CounterImage image, long[] before, bool isKey)
    {
        to.WriteByte(isKey ? (byte)1 : (byte)0);
        PutNumber(to, image.TakenNs);
        PutNumber(to, image.TakenWallNs);
        if (isKey)
        {
            CounterHeader header = image.Header;
            to.Write(StructBytes.Of(ref header));
            Array.Clear(before);
        }

        PutChanges(to, image.Slots, before);
        if (!isKey) return;
        PutNumber(to, image.Tickers.Length);
        // One row against the one before it: names and times are alike.
        Span<long> last = stackalloc long[RowLongs], row = stackalloc long[RowLongs];
        foreach (TickerRow ticker in image.Tickers)
        {
            CopyOut(ticker, row);
            for (int i = 0; i < RowLongs; i++) PutNumber(to, row[i] - last[i]);
            row.CopyTo(last);
        }
    }

    /// <summary>Applies a frame to the image that holds the one before it.</summary>
    /// <returns>False when the bytes are no frame.</returns>
    public static bool TryApply(ReadOnlySpan<byte> bytes, CounterImage image)
    {
        if (bytes.IsEmpty) return false;
        bool isKey = bytes[0] == 1;
        bytes = bytes[1..];
        if (!TryTakeNumber(ref bytes, out long takenNs) || !TryTakeNumber(ref bytes, out long takenWallNs)) return false;
        if (isKey)
        {
            if (bytes.Length < CounterHeader.Bytes || !StructBytes.TryRead(bytes[..CounterHeader.Bytes], out CounterHeader header)) return false;
            bytes = bytes[CounterHeader.Bytes..];
            image.Header = header;
            image.Slots.Clear();
        }

        (image.TakenNs, image.TakenWallNs) = (takenNs, takenWallNs);
        return TryTakeChanges(ref bytes, image.Slots) && (!isKey || TryTakeRows(ref bytes, image)) && bytes.IsEmpty;
    }

    private static void PutChanges(MemoryStream to, ReadOnlySpan<long> slots, long[] before)
    {
        int last = -1, changes = 0;
        for (int i = 0; i < slots.Length; i++) changes += slots[i] != before[i] ? 1 : 0;
        PutNumber(to, changes);
        for (int i = 0; i < slots.Length; i++)
        {
            if (slots[i] == before[i]) continue;
            PutNumber(to, i - last);
            PutNumber(to, unchecked(slots[i] - before[i]));
            (last, before[i]) = (i, slots[i]);
        }
    }

    private static bool TryTakeChanges(ref ReadOnlySpan<byte> bytes, Span<long> slots)
    {
        if (!TryTakeNumber(ref bytes, out long changes)) return false;
        long at = -1;
        for (; changes > 0; changes--)
        {
            if (!TryTakeNumber(ref bytes, out long step) || !TryTakeNumber(ref bytes, out long difference)) return false;
            at += step;
            if (at < 0 || at >= slots.Length) return false;
            slots[(int)at] = unchecked(slots[(int)at] + difference);
        }

        return true;
    }

    private static bool TryTakeRows(ref ReadOnlySpan<byte> bytes, CounterImage image)
    {
        if (!TryTakeNumber(ref bytes, out long count) || count is < 0 or > Universe.TickersMax) return false;
        TickerRow[] rows = new TickerRow[count];
        Span<long> row = stackalloc long[RowLongs];
        foreach (ref TickerRow ticker in rows.AsSpan())
        {
            for (int i = 0; i < RowLongs; i++)
            {
                if (!TryTakeNumber(ref bytes, out long difference)) return false;
                row[i] = unchecked(row[i] + difference);
            }

            CopyIn(row, ref ticker);
        }

        image.SetTickers(rows);
        return true;
    }

    private static void CopyOut(in TickerRow ticker, Span<long> row)
    {
        (row[0], row[1], row[2], row[3]) = ((long)ticker.Symbol.Packed, ticker.PositionShares, ticker.Used, ticker.ReservedShares);
        (row[4], row[5], row[6], row[7]) = (ticker.OrdersInFlight, ticker.PriceAsOfNs, ticker.FairPrice, (long)ticker.Flags);
    }

    private static void CopyIn(ReadOnlySpan<long> row, ref TickerRow ticker)
    {
        (ticker.Symbol, ticker.PositionShares, ticker.Used, ticker.ReservedShares) = (new Symbol((ulong)row[0]), row[1], row[2], (int)row[3]);
        (ticker.OrdersInFlight, ticker.PriceAsOfNs, ticker.FairPrice, ticker.Flags) = ((int)row[4], row[5], (int)row[6], (TickerFlags)row[7]);
    }

    private static void PutNumber(MemoryStream to, long value)
    {
        ulong rest = unchecked((ulong)(value << 1 ^ value >> 63));
        for (; rest >= 0x80; rest >>= 7) to.WriteByte((byte)(rest | 0x80));
        to.WriteByte((byte)rest);
    }

    private static bool TryTakeNumber(ref ReadOnlySpan<byte> bytes, out long value)
    {
        ulong whole = 0;
        value = 0;
        for (int i = 0, shift = 0; i < bytes.Length && shift < 64; i++, shift += 7)
        {
            whole |= (ulong)(bytes[i] & 0x7f) << shift;
            if ((bytes[i] & 0x80) != 0) continue;
            bytes = bytes[(i + 1)..];
            value = unchecked((long)(whole >> 1) ^ -(long)(whole & 1));
            return true;
        }

        return false;
    }
}
