using System.Buffers.Binary;
using MarketMaker.Contracts;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;

namespace MarketMaker.Speed.InMemory;

/// <summary>Packets of Add Orders, prepared once and handed to engine and C loop alike. One offer in a hundred pays. The same each time.</summary>
internal sealed class OfferStream
{
    public const int Tickers = 5_000;
    public const int FairPrice = 1_000_000;
    public const string Session = "SPEED";

    // The lowest price of a paying offer; each of the 8,192 next ones is used in turn, so that an order names its offer.
    public const int PayingFrom = 980_000;
    public const int PayingPrices = 8_192;
    private const int PayingEvery = 100;

    /// <summary>Prepares packets.</summary>
    /// <param name="packets">How many.</param>
    /// <param name="offersPerPacket">Add Orders in each.</param>
    public OfferStream(int packets, int offersPerPacket)
    {
        OffersPerPacket = offersPerPacket;
        Random random = new(1);
        MoldSession.TryParse(Session, out MoldSession session);
        MoldPacketBuilder builder = new(session, packetBytesMax: 2_000);
        Packets = new byte[packets][];
        long paying = 0;
        ulong reference = 0;
        for (int packet = 0, offer = 1; packet < packets; packet++)
        {
            for (int i = 0; i < offersPerPacket; i++, offer++)
            {
                if (!builder.TryReserve(AddOrder.Length, out Span<byte> place)) throw new InvalidOperationException($"{offersPerPacket} offers fit no packet");
                Write(place, random, reference += (ulong)random.Next(1, 9), offer % PayingEvery == 0 ? PayingFrom + (int)(paying++ % PayingPrices) : 0);
            }

            Packets[packet] = GC.AllocateArray<byte>(MoldHeader.Length + offersPerPacket * (MoldPacket.BlockLengthBytes + AddOrder.Length), pinned: true);
            builder.Finish().CopyTo(Packets[packet]);
        }
    }

    /// <summary>The packets, each as long as the others.</summary>
    public byte[][] Packets { get; }

    /// <summary>Add Orders in a packet.</summary>
    public int OffersPerPacket { get; }

    /// <summary>The tickers, alphabetical; a locate is the index plus one.</summary>
    public static Symbol[] Symbols { get; } = [.. Enumerable.Range(0, Tickers).Select(i => Symbol.Parse($"T{i:0000}"))];

    /// <summary>Writes the packets to a file, one behind the other.</summary>
    public void Save(string path)
    {
        using FileStream file = File.Create(path);
        foreach (byte[] packet in Packets) file.Write(packet);
    }

    /// <summary>Gives a packet its number in the session.</summary>
    public static void Number(byte[] packet, ulong sequence) => BinaryPrimitives.WriteUInt64BigEndian(packet.AsSpan(MoldSession.Length), sequence);

    private static void Write(Span<byte> place, Random random, ulong reference, int payingPrice)
    {
        ushort ticker = (ushort)random.Next(Tickers);
        bool pays = payingPrice > 0;
        Side side = pays || random.Next(2) == 0 ? Side.Sell : Side.Buy;
        new AddOrder(
            new ItchHeader((ushort)(ticker + 1), 0, 34_200_000_000_000), reference, side, (uint)(pays ? random.Next(1, 5) : random.Next(1, 500)),
            Symbols[ticker], (uint)(pays ? payingPrice : FairPrice + random.Next(-8_000, 8_001))).Write(place);
    }
}
