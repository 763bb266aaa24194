using System.Net;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>
/// The XDP program, assembled here: UDP over IPv4 to one of the feed's addresses goes to the socket of its RX queue, all else to the kernel as
/// if there were no program: ARP, TCP, other ports, VLAN tags, IP options, fragments, frames too short for the headers, and queues that have no socket.
/// </summary>
/// <remarks>Offsets are those of Ethernet II, IPv4 without options (RFC 791) and UDP (RFC 768).</remarks>
internal static class XdpProgram
{
    /// <summary>Addresses one program can know: two lines, and room.</summary>
    public const int DestinationsMax = 16;

    private const int HeaderBytes = 42;
    private const int EtherTypeAt = 12, VersionAt = 14, FragmentAt = 20, ProtocolAt = 23, AddressAt = 30, PortAt = 36;
    private const int Ipv4 = 0x0800, VersionAndLength = 0x45, MoreFragmentsAndOffset = 0x3FFF, Udp = 17;
    private const int DataAt = 0, DataEndAt = 4, QueueAt = 16;
    private const int XdpPass = 2, RedirectMap = 51, PseudoMapDescriptor = 1;

    // Class, size or operation, and source, as in linux/bpf_common.h and linux/bpf.h.
    private const byte LoadByte = 0x71, LoadHalf = 0x69, LoadWord = 0x61, LoadConstant64 = 0x18;
    private const byte Move = 0xBF, MoveConstant = 0xB7, AddConstant = 0x07, AndConstant = 0x57;
    private const byte JumpGreater = 0x2D, JumpNotConstant = 0x55, JumpEqualConstant = 0x15, JumpNotConstant32 = 0x56;
    private const byte Call = 0x85, Exit = 0x95;

    /// <summary>Puts the program together.</summary>
    /// <param name="map">Descriptor of the XSKMAP: queue to socket.</param>
    /// <param name="destinations">Addresses and ports of the feed; the address 0.0.0.0 takes any.</param>
    public static BpfInstruction[] Assemble(int map, IReadOnlyList<IPEndPoint> destinations)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(destinations.Count, DestinationsMax);
        List<BpfInstruction> code = [];
        List<int> toPass = [], toRedirect = [];

        // Registers: 1 the context, 2 the frame's end, 3 its beginning, 4 and 5 what is looked at.
        Add(LoadWord, 2, 1, DataEndAt);
        Add(LoadWord, 3, 1, DataAt);
        Add(Move, 4, 3);
        Add(AddConstant, 4, immediate: HeaderBytes);
        Jump(toPass, JumpGreater, 4, source: 2);
        PassUnless(LoadHalf, EtherTypeAt, NetworkOrder(Ipv4));
        PassUnless(LoadByte, VersionAt, VersionAndLength);
        PassUnless(LoadByte, ProtocolAt, Udp);
        Add(LoadHalf, 4, 3, FragmentAt);
        Add(AndConstant, 4, immediate: NetworkOrder(MoreFragmentsAndOffset));
        Jump(toPass, JumpNotConstant, 4);
        Add(LoadWord, 4, 3, AddressAt);
        Add(LoadHalf, 5, 3, PortAt);
        foreach (IPEndPoint destination in destinations)
        {
            int address = (int)Ipv4SocketAddress.Bits(destination.Address);
            // Compared as 32 bits: a 64-bit jump would extend the sign of its constant.
            if (address != 0) Add(JumpNotConstant32, 4, offset: 1, immediate: address);
            Jump(toRedirect, JumpEqualConstant, 5, NetworkOrder(destination.Port));
        }

        int pass = code.Count;
        Add(MoveConstant, 0, immediate: XdpPass);
        Add(Exit);
        int redirect = code.Count;
        Add(LoadWord, 2, 1, QueueAt);
        Add(LoadConstant64, 1, PseudoMapDescriptor, immediate: map);
        Add(0);
        // The answer where the map has no socket for the queue.
        Add(MoveConstant, 3, immediate: XdpPass);
        Add(Call, immediate: RedirectMap);
        Add(Exit);

        foreach (int at in toPass) code[at] = code[at] with { Offset = (short)(pass - at - 1) };
        foreach (int at in toRedirect) code[at] = code[at] with { Offset = (short)(redirect - at - 1) };
        return [.. code];

        void Add(byte operation, int destination = 0, int source = 0, int offset = 0, int immediate = 0) =>
            code.Add(new(operation, (byte)(source << 4 | destination), (short)offset, immediate));

        void Jump(List<int> sites, byte operation, int destination, int immediate = 0, int source = 0)
        {
            sites.Add(code.Count);
            Add(operation, destination, source, 0, immediate);
        }

        void PassUnless(byte load, int at, int wanted)
        {
            Add(load, 4, 3, at);
            Jump(toPass, JumpNotConstant, 4, wanted);
        }
    }

    // What a load of two bytes in network order gives on this little-endian machine.
    private static int NetworkOrder(int value) => System.Buffers.Binary.BinaryPrimitives.ReverseEndianness((ushort)value);
}
