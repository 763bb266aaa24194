using System.Text;

namespace MarketMaker.Tests.Golden;

/// <summary>Bytes written by hand: hexadecimal words as they stand in a document's table, and text between single quotes.</summary>
internal static class WireText
{
    public static byte[] Bytes(string text)
    {
        List<byte> bytes = [];
        string[] parts = text.Split('\'');
        for (int i = 0; i < parts.Length; i++)
        {
            if (i % 2 == 1) bytes.AddRange(Encoding.ASCII.GetBytes(parts[i]));
            else foreach (string word in parts[i].Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries))
                bytes.AddRange(Convert.FromHexString(word));
        }

        return [.. bytes];
    }
}
