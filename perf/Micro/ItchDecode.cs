using BenchmarkDotNet.Attributes;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Micro;

/// <summary>Walks the framing of a recorded file and decodes every field of every message. One operation is one message.</summary>
[OperationsPerSecond]
[MemoryDiagnoser]
public class ItchDecode
{
    // Counts from the data's README.
    private const int AaplMessages = 10_000;
    private const int OpeningMessages = 35_581;

    private readonly byte[] _aapl = MarketData.Read("nasdaq-itch50-20200130-aapl-first10k.itch");
    private readonly byte[] _opening = MarketData.Read("nasdaq-itch50-2019-opening-spin-1MiB.itch.gz");

    /// <summary>The output is checked before its speed is taken.</summary>
    [GlobalSetup]
    public void CheckOutput()
    {
        Check(_aapl, AaplMessages, AaplOrders());
        Check(_opening, OpeningMessages, OpeningDirectory());
    }

    /// <summary>Mostly A, D and E: what a trading day is made of.</summary>
    [Benchmark(OperationsPerInvoke = AaplMessages)]
    public ulong AaplOrders() => Decode(_aapl);

    /// <summary>R, H, Y and L: what a day begins with.</summary>
    [Benchmark(OperationsPerInvoke = OpeningMessages)]
    public ulong OpeningDirectory() => Decode(_opening);

    private static ulong Decode(byte[] file)
    {
        ulong sum = 0;
        ItchFileReader reader = new(file);
        while (reader.TryNext(out ReadOnlySpan<byte> message)) sum += ItchChecksum.Of(message);
        return sum;
    }

    private static void Check(byte[] file, int messagesExpected, ulong sum)
    {
        int messages = 0;
        ulong expected = 0;
        ItchFileReader reader = new(file);
        for (; reader.TryNext(out ReadOnlySpan<byte> message); messages++) expected += ItchFieldTable.Checksum(message);
        if (messages != messagesExpected) throw new InvalidDataException($"{messages} messages instead of {messagesExpected}.");
        if (sum != expected) throw new InvalidDataException($"The fields add up to {sum} instead of {expected}.");
    }
}
