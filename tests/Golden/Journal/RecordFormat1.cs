namespace MarketMaker.Tests.Golden.Journal;

/// <summary>A record of journal format 1, byte by byte, written by hand from the offsets that JournalRecord documents.</summary>
public static class RecordFormat1
{
    /// <summary>The 248 bytes after the checksum.</summary>
    public static readonly byte[] AfterChecksum = Convert.FromHexString(string.Concat(
        "0100",                                 // 8    version 1
        "01",                                   // 10   kind: execution
        "53",                                   // 11   side: 'S'
        "2A000000",                             // 12   UserRefNum 42
        "0100000007000000",                     // 16   id: block 7, counter 1
        "0500000000000000",                     // 24   venue sequence 5
        "8403000000000000",                     // 32   match number 900
        "4D00000000000000",                     // 40   offer reference 77
        "202020205446534D",                     // 48   symbol "MSFT    " as one big-endian number, stored little-endian
        "20202020202020205331",                 // 56   session "        S1"
        "0000",                                 // 66   unused
        "2C010000",                             // 68   300 shares
        "08E20100",                             // 72   price 12.3400
        "78E00100",                             // 76   limit price 12.3000
        "90DC0100",                             // 80   fair price 12.2000
        "00",                                   // 84   no reason letter
        "000000",                               // 85   unused
        "01F0D9CE1A1F0000",                     // 88   34,200,000,000,001 ns since midnight
        "0000000000000000",                     // 96   executed at
        "0000000000000000",                     // 104  booked at
        "E803000000000000",                     // 112  received 1000
        "D007000000000000",                     // 120  answered 2000
        "B80B000000000000",                     // 128  journaled 3000
        "01000000020000000300000004000000",     // 136  decoded, priced, decided, sent
        "EFCDAB8967452301",                     // 152  checksum of the record before
        "4E4F4445310000000000000000000000",     // 160  node "NODE1"
        new string('0', 160)));                 // 176  unused
}
