using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Volatility.Publishing;

/// <summary>Names of sessions: V and nine digits of base 36, so that a later start has the greater name.</summary>
internal static class SessionName
{
    private const string Digits = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ";

    /// <summary>The name of a session that begins at a time, ns since 1970.</summary>
    public static MoldSession At(long wallNs)
    {
        char[] name = new char[MoldSession.Length];
        name[0] = 'V';
        long rest = wallNs / 1_000_000;
        for (int i = name.Length - 1; i > 0; i--, rest /= Digits.Length) name[i] = Digits[(int)(rest % Digits.Length)];
        return MoldSession.TryParse(new string(name), out MoldSession session) ? session : throw new InvalidOperationException("the name is printable");
    }
}
