namespace MarketMaker.Tests.Torture.Wire;

/// <summary>Where a connection is cut.</summary>
/// <param name="Packet">Type of the message in which: O an order on its way to the venue, else an answer: A accepted, E executed, C canceled.</param>
/// <param name="Bytes">So many bytes of the packet, its header of three included, still arrive.</param>
/// <param name="IsReset">With RST, what is under way is thrown away too; else FIN, an orderly end.</param>
internal readonly record struct Cut(char Packet, int Bytes, bool IsReset)
{
    private const int HeaderBytes = 3;

    // OUCH 5.0: the lengths of the messages as engine and venue exchange them, without appendage elements.
    private static readonly (char Packet, int Bytes)[] Lengths = [('A', 64), ('E', 36), ('C', 18), ('O', 47)];

    public bool IsOfAnswer => Packet != 'O';

    /// <summary>Every byte of every packet, both ways of ending.</summary>
    public static IEnumerable<Cut> All =>
        from length in Lengths
        from bytes in Enumerable.Range(1, HeaderBytes + length.Bytes)
        from isReset in (bool[])[true, false]
        select new Cut(length.Packet, bytes, isReset);

    public override string ToString() => $"{Packet}{Bytes}{(IsReset ? "r" : "f")}";
}
