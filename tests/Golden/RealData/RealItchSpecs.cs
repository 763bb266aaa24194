using MarketMaker.Protocols.Itch50;
using MarketMaker.Tests.Golden.Itch50;

namespace MarketMaker.Tests.Golden.RealData;

/// <summary>The counts are those of the data's own README, which two other decoders agreed on.</summary>
public class RealItchSpecs
{
    [SkippableFact]
    public void should_count_the_first_ten_thousand_messages_of_a_stock_as_other_decoders_did()
    {
        byte[] file = RealFiles.ReadOrSkip(RealFiles.Aapl);
        Dictionary<char, int> counts = Count(file, out int tornBytes, out bool isTimeAscending);
        Assert.Equal("A 4758, D 4083, E 849, P 240, L 52, U 7, X 6, F 2, H 1, R 1, Y 1", Text(counts));
        Assert.Equal(10_000, counts.Values.Sum());
        Assert.Equal(0, tornBytes);
        Assert.True(isTimeAscending);
    }

    [SkippableFact]
    public void should_count_the_opening_of_a_day_as_other_decoders_did_and_report_its_torn_tail()
    {
        byte[] file = RealFiles.ReadOrSkip(RealFiles.Opening);
        Dictionary<char, int> counts = Count(file, out int tornBytes, out _);
        Assert.Equal("L 9453, R 8713, H 8707, Y 8707, S 1", Text(counts));
        Assert.Equal(35_581, counts.Values.Sum());
        Assert.Equal(2, tornBytes);
    }

    [SkippableTheory]
    [InlineData(RealFiles.Aapl)]
    [InlineData(RealFiles.Opening)]
    public void should_give_every_recorded_message_back_byte_for_byte(string name)
    {
        byte[] file = RealFiles.ReadOrSkip(name);
        byte[] written = new byte[ItchLengths.Max];
        ItchFileReader reader = new(file);
        while (reader.TryNext(out ReadOnlySpan<byte> message))
        {
            int length = ItchReencoder.Reencode(message, written);
            Assert.True(message.SequenceEqual(written.AsSpan(0, length)), $"{(char)message[0]} ending at byte {reader.BytesConsumed}");
        }
    }

    private static Dictionary<char, int> Count(byte[] file, out int tornBytes, out bool isTimeAscending)
    {
        Dictionary<char, int> counts = [];
        isTimeAscending = true;
        long lastNs = 0;
        ItchFileReader reader = new(file);
        while (reader.TryNext(out ReadOnlySpan<byte> message))
        {
            Assert.True(ItchLengths.IsWellFormed(message));
            char letter = (char)message[0];
            counts[letter] = counts.GetValueOrDefault(letter) + 1;
            long timestampNs = ItchHeader.Read(message).TimestampNs;
            isTimeAscending &= timestampNs >= lastNs;
            lastNs = timestampNs;
        }

        tornBytes = reader.TornBytes;
        return counts;
    }

    private static string Text(Dictionary<char, int> counts) => string.Join(
        ", ", counts.OrderByDescending(count => count.Value).ThenBy(count => count.Key).Select(count => $"{count.Key} {count.Value}"));
}
