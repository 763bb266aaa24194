namespace MarketMaker.Micro;

/// <summary>The slow and obvious way: offset and size of every field as the ITCH document lists them, added up byte by byte.</summary>
internal static class ItchFieldTable
{
    private const string Header = "1+2 3+2 5+6 ";

    private static readonly Dictionary<char, string> Fields = new()
    {
        ['S'] = "11+1",
        ['R'] = "11+8 19+1 20+1 21+4 25+1 26+1 27+2 29+1 30+1 31+1 32+1 33+1 34+4 38+1",
        ['H'] = "11+8 19+1 20+1 21+4",
        ['Y'] = "11+8 19+1",
        ['L'] = "11+4 15+8 23+1 24+1 25+1",
        ['V'] = "11+8 19+8 27+8",
        ['W'] = "11+1",
        ['K'] = "11+8 19+4 23+1 24+4",
        ['J'] = "11+8 19+4 23+4 27+4 31+4",
        ['h'] = "11+8 19+1 20+1",
        ['A'] = "11+8 19+1 20+4 24+8 32+4",
        ['F'] = "11+8 19+1 20+4 24+8 32+4 36+4",
        ['E'] = "11+8 19+4 23+8",
        ['C'] = "11+8 19+4 23+8 31+1 32+4",
        ['X'] = "11+8 19+4",
        ['D'] = "11+8",
        ['U'] = "11+8 19+8 27+4 31+4",
        ['P'] = "11+8 19+1 20+4 24+8 32+4 36+8",
        ['Q'] = "11+8 19+8 27+4 31+8 39+1",
        ['B'] = "11+8",
        ['I'] = "11+8 19+8 27+1 28+8 36+4 40+4 44+4 48+1 49+1",
        ['N'] = "11+8 19+1",
        ['O'] = "11+8 19+1 20+4 24+4 28+4 32+8 40+4 44+4",
    };

    public static ulong Checksum(ReadOnlySpan<byte> message)
    {
        ulong sum = 0;
        foreach (string field in (Header + Fields[(char)message[0]]).Split(' '))
        {
            int[] offsetAndSize = [.. field.Split('+').Select(int.Parse)];
            ulong value = 0;
            foreach (byte one in message.Slice(offsetAndSize[0], offsetAndSize[1])) value = value << 8 | one;
            sum += value;
        }

        return sum;
    }
}
