namespace MarketMaker.Platform.Logging;

/// <summary>A log file that is put aside when it is long: FILE, FILE.1, FILE.2 and so on, the newest first, so many in all.</summary>
/// <remarks>A full disk, a folder that is gone or no file handles cost lines, never an exception: the old handle is written on as long as it can be.</remarks>
public sealed class RotatedFile : ILineOutput
{
    private readonly string _path;
    private readonly long _bytesMax;
    private readonly int _files;
    private FileStream _file;
    private long _rotateAt;
    private bool _isTorn;

    /// <summary>Opens the file and goes on at its end.</summary>
    /// <param name="path">Its name; its folder must be there.</param>
    /// <param name="bytesMax">It is put aside before it grows beyond.</param>
    /// <param name="files">How many there are at most, this one included; at least 1.</param>
    /// <exception cref="IOException">It cannot be opened.</exception>
    /// <exception cref="UnauthorizedAccessException">It may not be opened.</exception>
    public RotatedFile(string path, long bytesMax, int files)
    {
        (_path, _bytesMax, _files) = (path, bytesMax, files);
        _file = OpenAtEnd();
        _rotateAt = bytesMax;
    }

    /// <inheritdoc/>
    public bool TryWrite(ReadOnlySpan<byte> lines)
    {
        try
        {
            if (_file.Position > 0 && _file.Position + lines.Length > _rotateAt) Rotate();
            // Half a line that a full disk let through is ended first.
            if (_isTorn) _file.Write("\n"u8);
            _isTorn = true;
            _file.Write(lines);
            _isTorn = false;
            return true;
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            return false;
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _file.Dispose();

    private FileStream OpenAtEnd()
    {
        // No buffer of its own: what was said is in the file, also when the process is killed.
        FileStream file = new(_path, FileMode.OpenOrCreate, FileAccess.Write, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        file.Seek(0, SeekOrigin.End);
        return file;
    }

    private void Rotate()
    {
        try
        {
            for (int age = _files - 1; age >= 1; age--)
            {
                string younger = age == 1 ? _path : $"{_path}.{age - 1}";
                if (File.Exists(younger)) File.Move(younger, $"{_path}.{age}", overwrite: true);
            }

            FileStream fresh = OpenAtEnd();
            if (_files == 1) fresh.SetLength(0);
            _file.Dispose();
            (_file, _rotateAt) = (fresh, _bytesMax);
        }
        catch (Exception cause) when (cause is IOException or UnauthorizedAccessException)
        {
            // Goes on in the old one, whatever it is called now, and tries again when that has grown as much once more.
            _rotateAt = _file.Position + _bytesMax;
        }
    }
}
