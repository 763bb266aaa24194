namespace MarketMaker.Tests.Golden.Verdicts;

/// <summary>Messages of version 1, written out by hand from VERDICTS.md.</summary>
internal static class GoldenVerdicts
{
    /// <summary>Table "B": snapshot 7 of 5,000 tickers on 2026-11-23, valid until 3 s after it was published at 1,700,000,000 s.</summary>
    public static readonly byte[] Begin = Hex.Bytes("42 01 | 00 07 | 13 88 | 01 35 29 03 | 17 97 9c fe e8 fa 5e 00 | 17 97 9c fe 36 2a 00 00");

    /// <summary>Table "V": ZVZZT denied for a jump and the day's move, in snapshot 7, 5.21 bp, opened with 123.4567 dollars; times as above.</summary>
    public static readonly byte[] Verdict = Hex.Bytes(
        "56 01 | 02 | 06 | 00 07 | 5a 56 5a 5a 54 20 20 20 | 00 00 02 09 | 00 12 d6 87 | 17 97 9c fe e8 fa 5e 00 | 17 97 9c fe 36 2a 00 00");

    /// <summary>Table "E": the end of snapshot 7.</summary>
    public static readonly byte[] End = Hex.Bytes("45 01 | 00 07 | 13 88");
}
