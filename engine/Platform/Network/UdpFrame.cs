using System.Buffers.Binary;

namespace MarketMaker.Platform.Network;

/// <summary>A raw Ethernet frame that should hold UDP over IPv4 without options, read without ever looking past its end.</summary>
/// <remarks>Checksums are not verified: the card or the sending stack on this host may not have made them. MoldUDP64's own checks follow.</remarks>
internal static class UdpFrame
{
    /// <summary>Ethernet II, IPv4 and UDP.</summary>
    public const int HeaderBytes = 42;

    private const int EtherTypeAt = 12, VersionAt = 14, TotalLengthAt = 16, FragmentAt = 20, ProtocolAt = 23, SourceAt = 26, DestinationAt = 30, SourcePortAt = 34, PortAt = 36, UdpLengthAt = 38, UdpChecksumAt = 40;
    private const int EthernetBytes = 14, Ipv4Bytes = 20, UdpBytes = 8;
    private const byte VersionAndLength = 0x45, Udp = 17;
    private const ushort Ipv4 = 0x0800, MoreFragmentsAndOffset = 0x3FFF;

    /// <summary>The datagram's bytes; empty when the frame is none or its lengths contradict each other.</summary>
    public static ReadOnlySpan<byte> Payload(ReadOnlySpan<byte> frame)
    {
        if (!IsUdp(frame)) return default;
        int packetBytes = BinaryPrimitives.ReadUInt16BigEndian(frame[TotalLengthAt..]);
        int datagramBytes = BinaryPrimitives.ReadUInt16BigEndian(frame[UdpLengthAt..]);
        // A short frame is padded, so it may be longer than what it holds, and never shorter.
        if (datagramBytes < UdpBytes || datagramBytes != packetBytes - Ipv4Bytes || packetBytes > frame.Length - EthernetBytes) return default;
        return frame.Slice(HeaderBytes, datagramBytes - UdpBytes);
    }

    /// <summary>Whether the datagram came from an address, and from its port unless that is 0. Both in network order.</summary>
    public static bool IsFrom(ReadOnlySpan<byte> frame, uint addressBits, ushort portBits) =>
        frame.Length >= HeaderBytes
        && BinaryPrimitives.ReadUInt32LittleEndian(frame[SourceAt..]) == addressBits
        && (portBits == 0 || BinaryPrimitives.ReadUInt16LittleEndian(frame[SourcePortAt..]) == portBits);

    /// <summary>Whether the datagram goes to an address (0: any) and a port. Both in network order.</summary>
    public static bool IsTo(ReadOnlySpan<byte> frame, uint addressBits, ushort portBits) =>
        frame.Length >= HeaderBytes
        && BinaryPrimitives.ReadUInt16LittleEndian(frame[PortAt..]) == portBits
        && (addressBits == 0 || BinaryPrimitives.ReadUInt32LittleEndian(frame[DestinationAt..]) == addressBits);

    /// <summary>Makes the answer to a frame: its addresses and ports exchanged, its hop limit renewed, and a payload of our own.</summary>
    /// <param name="frame">A frame for which <see cref="Payload"/> is not empty.</param>
    /// <param name="payload">What to answer.</param>
    /// <param name="answer">Receives the frame.</param>
    /// <returns>Bytes written; 0 when there is no room.</returns>
    public static int Answer(ReadOnlySpan<byte> frame, ReadOnlySpan<byte> payload, Span<byte> answer)
    {
        const int MacBytes = 6, IdentificationAt = 18, HopsAt = 22, HeaderChecksumAt = 24;
        const byte Hops = 64;
        int bytes = HeaderBytes + payload.Length;
        if (frame.Length < HeaderBytes || answer.Length < bytes) return 0;
        frame[..HeaderBytes].CopyTo(answer);
        frame.Slice(MacBytes, MacBytes).CopyTo(answer);
        frame[..MacBytes].CopyTo(answer[MacBytes..]);
        frame.Slice(SourceAt, sizeof(uint)).CopyTo(answer[DestinationAt..]);
        frame.Slice(DestinationAt, sizeof(uint)).CopyTo(answer[SourceAt..]);
        frame.Slice(SourcePortAt, sizeof(ushort)).CopyTo(answer[PortAt..]);
        frame.Slice(PortAt, sizeof(ushort)).CopyTo(answer[SourcePortAt..]);
        BinaryPrimitives.WriteUInt16BigEndian(answer[TotalLengthAt..], (ushort)(Ipv4Bytes + UdpBytes + payload.Length));
        BinaryPrimitives.WriteUInt32BigEndian(answer[IdentificationAt..], 0x4000);
        answer[HopsAt] = Hops;
        BinaryPrimitives.WriteUInt16BigEndian(answer[HeaderChecksumAt..], 0);
        BinaryPrimitives.WriteUInt16BigEndian(answer[HeaderChecksumAt..], HeaderChecksum(answer.Slice(EthernetBytes, Ipv4Bytes)));
        BinaryPrimitives.WriteUInt16BigEndian(answer[UdpLengthAt..], (ushort)(UdpBytes + payload.Length));
        // Zero: there is none (RFC 768).
        BinaryPrimitives.WriteUInt16BigEndian(answer[UdpChecksumAt..], 0);
        payload.CopyTo(answer[HeaderBytes..]);
        return bytes;
    }

    private static bool IsUdp(ReadOnlySpan<byte> frame) =>
        frame.Length >= HeaderBytes
        && BinaryPrimitives.ReadUInt16BigEndian(frame[EtherTypeAt..]) == Ipv4
        && frame[VersionAt] == VersionAndLength
        && frame[ProtocolAt] == Udp
        && (BinaryPrimitives.ReadUInt16BigEndian(frame[FragmentAt..]) & MoreFragmentsAndOffset) == 0;

    // RFC 1071: the complement of the sum of 16-bit words in ones' complement.
    private static ushort HeaderChecksum(ReadOnlySpan<byte> header)
    {
        uint sum = 0;
        for (int i = 0; i < header.Length; i += 2) sum += BinaryPrimitives.ReadUInt16BigEndian(header[i..]);
        while (sum > ushort.MaxValue) sum = (sum & ushort.MaxValue) + (sum >> 16);
        return (ushort)~sum;
    }
}
