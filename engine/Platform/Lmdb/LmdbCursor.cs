namespace MarketMaker.Platform.Lmdb;

/// <summary>A walk through a table in the order of its keys. Close it before its transaction ends.</summary>
public unsafe struct LmdbCursor : IDisposable
{
    private const int First = 0;
    private const int Last = 6;
    private const int Next = 8;
    private const int Previous = 12;
    private const int SetRange = 17;

    private nint _handle;

    /// <summary>Opens a walk; it has no place yet.</summary>
    public static LmdbStatus Open(LmdbTransaction transaction, LmdbDatabase database, out LmdbCursor cursor)
    {
        int status = NativeLmdb.CursorOpen(transaction.Handle, database.Handle, out nint handle);
        cursor = new LmdbCursor { _handle = status == 0 ? handle : 0 };
        return (LmdbStatus)status;
    }

    /// <summary>Goes to the first row. Key and value are memory of the map, valid as long as the snapshot.</summary>
    public readonly LmdbStatus MoveFirst(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => Move(First, default, out key, out value);

    /// <summary>Goes to the last row.</summary>
    /// <inheritdoc cref="MoveFirst"/>
    public readonly LmdbStatus MoveLast(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => Move(Last, default, out key, out value);

    /// <summary>Goes to the next row.</summary>
    /// <inheritdoc cref="MoveFirst"/>
    public readonly LmdbStatus MoveNext(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => Move(Next, default, out key, out value);

    /// <summary>Goes to the row before.</summary>
    /// <inheritdoc cref="MoveFirst"/>
    public readonly LmdbStatus MovePrevious(out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) => Move(Previous, default, out key, out value);

    /// <summary>Deletes the row the walk is at, in a writing transaction. What was read of it is gone with the call.</summary>
    public readonly LmdbStatus Delete()
    {
        Invariant.Check(_handle != 0, "an LMDB cursor is used while it is open");
        return (LmdbStatus)NativeLmdb.CursorDelete(_handle, 0);
    }

    /// <summary>Goes to the first row whose key is at least <paramref name="from"/>.</summary>
    /// <inheritdoc cref="MoveFirst"/>
    public readonly LmdbStatus MoveTo(scoped ReadOnlySpan<byte> from, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value) =>
        Move(SetRange, from, out key, out value);

    /// <summary>Closes the walk.</summary>
    public void Dispose()
    {
        if (_handle == 0) return;
        NativeLmdb.CursorClose(_handle);
        _handle = 0;
    }

    private readonly LmdbStatus Move(int operation, scoped ReadOnlySpan<byte> from, out ReadOnlySpan<byte> key, out ReadOnlySpan<byte> value)
    {
        Invariant.Check(_handle != 0, "an LMDB cursor is used while it is open");
        // SAFETY: LMDB reads the pinned key during the call only; what it returns points into the map of the cursor's transaction.
        fixed (byte* fromBytes = from)
        {
            NativeLmdb.Value nativeKey = new() { Size = (nuint)from.Length, Data = fromBytes };
            NativeLmdb.Value nativeValue = default;
            int status = NativeLmdb.CursorGet(_handle, &nativeKey, &nativeValue, operation);
            key = status == 0 ? new ReadOnlySpan<byte>(nativeKey.Data, checked((int)nativeKey.Size)) : default;
            value = status == 0 ? new ReadOnlySpan<byte>(nativeValue.Data, checked((int)nativeValue.Size)) : default;
            return (LmdbStatus)status;
        }
    }
}
