namespace MarketMaker.Tests.Golden;

/// <summary>Bytes as a document prints them: hexadecimal, with blanks and bars wherever they help the eye.</summary>
internal static class Hex
{
    public static byte[] Bytes(string hex) => Convert.FromHexString(string.Concat(hex.Where(char.IsAsciiHexDigit)));
}
