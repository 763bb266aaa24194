using System.IO.Compression;
using MarketMaker.Tests.Shared;

namespace MarketMaker.Tests.Golden.RealData;

/// <summary>The recorded market data as bytes, unpacked.</summary>
internal static class RealFiles
{
    public const string Aapl = MarketData.Aapl;
    public const string Opening = MarketData.Opening;

    public static byte[] ReadOrSkip(string file)
    {
        using FileStream raw = File.OpenRead(MarketData.PathOrSkip(file));
        using MemoryStream bytes = new();
        if (file.EndsWith(".gz", StringComparison.Ordinal))
        {
            using GZipStream unzipped = new(raw, CompressionMode.Decompress);
            unzipped.CopyTo(bytes);
        }
        else
        {
            raw.CopyTo(bytes);
        }

        return bytes.ToArray();
    }
}
