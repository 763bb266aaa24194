using System.IO.Compression;

namespace MarketMaker.Micro;

/// <summary>The recorded market data: in the folder named by MARKETMAKER_DATA, else in the first <c>shared/data</c> above.</summary>
internal static class MarketData
{
    public static byte[] Read(string file)
    {
        using FileStream raw = File.OpenRead(Path.Combine(Folder(), file));
        using MemoryStream bytes = new();
        using Stream source = file.EndsWith(".gz", StringComparison.Ordinal) ? new GZipStream(raw, CompressionMode.Decompress) : raw;
        source.CopyTo(bytes);
        return bytes.ToArray();
    }

    private static string Folder()
    {
        string? named = Environment.GetEnvironmentVariable("MARKETMAKER_DATA");
        if (!string.IsNullOrEmpty(named)) return named;
        for (DirectoryInfo? up = new(AppContext.BaseDirectory); up is not null; up = up.Parent)
        {
            string candidate = Path.Combine(up.FullName, "shared", "data");
            if (Directory.Exists(candidate)) return candidate;
        }

        throw new DirectoryNotFoundException("No market data: set MARKETMAKER_DATA to the folder that holds it.");
    }
}
