using System.Buffers.Binary;
using System.IO.Hashing;
using System.Text.Json;
using System.Text.Json.Serialization;
using MarketMaker.Contracts;

namespace MarketMaker.Decision.Capture;

/// <summary>The header of a capture: a <see cref="CaptureStart"/> in sections of number, length and content.</summary>
/// <remarks>1: options as JSON, 2: tickers, 8 bytes each, 3: cash and positions, 4: what an earlier run knew, 5: wall clock and configuration.</remarks>
internal static class CaptureHeader
{
    private const uint Options = 1;
    private const uint Tickers = 2;
    private const uint Book = 3;
    private const uint Strategy = 4;
    private const uint Origin = 5;
    private const int SectionHeadBytes = 8;

    /// <summary>Preamble and header.</summary>
    public static byte[] Write(CaptureStart start)
    {
        byte[] names = new byte[start.Universe.Count * Symbol.Length];
        for (int i = 0; i < start.Universe.Count; i++) start.Universe[i].Write(names.AsSpan(i * Symbol.Length));
        byte[] header =
        [
            .. Section(Options, JsonSerializer.SerializeToUtf8Bytes(start.Options, CaptureJson.Default.DecisionOptions)),
            .. Section(Tickers, names),
            .. Section(Book, Numbers([start.Cash, .. start.Positions])),
            .. Section(Strategy, Numbers(start.Strategy)),
            .. Section(Origin, Numbers([start.StartedWallNs, (long)start.ConfigurationHash])),
        ];
        byte[] file = new byte[CaptureFormat.PreambleBytes + header.Length];
        CaptureFormat.Magic.CopyTo(file);
        BinaryPrimitives.WriteUInt32LittleEndian(file.AsSpan(8), CaptureFormat.Version);
        BinaryPrimitives.WriteInt32LittleEndian(file.AsSpan(12), header.Length);
        BinaryPrimitives.WriteUInt64LittleEndian(file.AsSpan(16), Hash(header));
        header.CopyTo(file, CaptureFormat.PreambleBytes);
        return file;
    }

    /// <summary>The hash a header must have; the first block goes on from it.</summary>
    public static ulong Hash(ReadOnlySpan<byte> header) => XxHash3.HashToUInt64(header, (long)((ulong)CaptureFormat.Version << 32 | (uint)header.Length));

    /// <summary>Reads a header whose hash is right.</summary>
    /// <exception cref="CaptureException">It is of another version of the engine.</exception>
    public static CaptureStart Read(ReadOnlySpan<byte> header)
    {
        DecisionOptions? options = null;
        Universe? universe = null;
        long[] book = [], strategy = [], origin = [];
        while (!header.IsEmpty)
        {
            if (header.Length < SectionHeadBytes) throw Damaged();
            uint number = BinaryPrimitives.ReadUInt32LittleEndian(header);
            int length = BinaryPrimitives.ReadInt32LittleEndian(header[4..]);
            if (length < 0 || length > header.Length - SectionHeadBytes) throw Damaged();
            ReadOnlySpan<byte> content = header.Slice(SectionHeadBytes, length);
            header = header[(SectionHeadBytes + length)..];
            switch (number)
            {
                case Options:
                    options = ReadOptions(content);
                    break;
                case Tickers:
                    universe = ReadTickers(content);
                    break;
                case Book:
                    book = ReadNumbers(content);
                    break;
                case Strategy:
                    strategy = ReadNumbers(content);
                    break;
                case Origin:
                    origin = ReadNumbers(content);
                    break;
                default:
                    throw new CaptureException($"its header has a section {number} that this version does not know: replay it with the version that wrote it");
            }
        }

        if (options is null || universe is null || book.Length != universe.Count + 1 || origin.Length != 2
            || (strategy.Length != 0 && strategy.Length != CaptureStart.NumbersFor(universe.Count))) throw Damaged();
        return new CaptureStart
        {
            Options = options,
            Universe = universe,
            Cash = book[0],
            Positions = book[1..],
            Strategy = strategy,
            StartedWallNs = origin[0],
            ConfigurationHash = (ulong)origin[1],
        };
    }

    private static DecisionOptions ReadOptions(ReadOnlySpan<byte> content)
    {
        try
        {
            DecisionOptions? options = JsonSerializer.Deserialize(content, CaptureJson.Default.DecisionOptions);
            // An option this version does not have, or one the writer did not have, must not be guessed.
            if (options is not null && content.SequenceEqual(JsonSerializer.SerializeToUtf8Bytes(options, CaptureJson.Default.DecisionOptions))) return options;
        }
        catch (JsonException)
        {
            // The same to the user: not what this version writes.
        }

        throw new CaptureException("its options of Decision are not those this version has: replay it with the version that wrote it");
    }

    private static Universe ReadTickers(ReadOnlySpan<byte> content)
    {
        Symbol[] symbols = new Symbol[content.Length / Symbol.Length];
        for (int i = 0; i < symbols.Length; i++) symbols[i] = Symbol.Read(content[(i * Symbol.Length)..]);
        return Universe.TryCreate(symbols, out Universe? universe, out _) ? universe! : throw Damaged();
    }

    private static byte[] Section(uint number, byte[] content)
    {
        byte[] section = new byte[SectionHeadBytes + content.Length];
        BinaryPrimitives.WriteUInt32LittleEndian(section, number);
        BinaryPrimitives.WriteInt32LittleEndian(section.AsSpan(4), content.Length);
        content.CopyTo(section, SectionHeadBytes);
        return section;
    }

    private static byte[] Numbers(ReadOnlySpan<long> numbers)
    {
        byte[] bytes = new byte[numbers.Length * sizeof(long)];
        for (int i = 0; i < numbers.Length; i++) BinaryPrimitives.WriteInt64LittleEndian(bytes.AsSpan(i * sizeof(long)), numbers[i]);
        return bytes;
    }

    private static long[] ReadNumbers(ReadOnlySpan<byte> bytes)
    {
        long[] numbers = new long[bytes.Length / sizeof(long)];
        for (int i = 0; i < numbers.Length; i++) numbers[i] = BinaryPrimitives.ReadInt64LittleEndian(bytes[(i * sizeof(long))..]);
        return numbers;
    }

    private static CaptureException Damaged() => new("its header is damaged");
}

/// <summary>How options are written: every property by name, so that a new one cannot be forgotten.</summary>
[JsonSerializable(typeof(DecisionOptions))]
internal sealed partial class CaptureJson : JsonSerializerContext;
