using MarketMaker.Contracts;
using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Speed.Itch;

/// <summary>ITCH messages in a row, each behind its two bytes of length: the eight kinds of a trading day in random order, or Add Orders alone.</summary>
internal static class MixedStream
{
    /// <summary>Makes messages with random content; the same each time.</summary>
    public static byte[] Make(int messages, bool isMixed)
    {
        Random random = new(1);
        using MemoryStream stream = new();
        byte[] bytes = new byte[ItchLengths.Max];
        for (int i = 0; i < messages; i++)
        {
            int length = Write(bytes, isMixed ? random.Next(8) : 0, random);
            stream.WriteByte(0);
            stream.WriteByte((byte)length);
            stream.Write(bytes, 0, length);
        }

        return stream.ToArray();
    }

    private static int Write(byte[] bytes, int kind, Random random)
    {
        ItchHeader header = new((ushort)random.Next(1, 5_000), (ushort)random.Next(10), random.NextInt64(86_400_000_000_000));
        ulong reference = (ulong)random.NextInt64(1L << 40), match = (ulong)random.NextInt64(1L << 40);
        uint shares = (uint)random.Next(1, 10_000), price = (uint)random.Next(1, 10_000_000);
        Side side = random.Next(2) == 0 ? Side.Buy : Side.Sell;
        Symbol stock = Symbol.Parse($"T{random.Next(5_000):0000}");
        return kind switch
        {
            0 => Put(new AddOrder(header, reference, side, shares, stock, price)),
            1 => Put(new AddOrderAttributed(header, reference, side, shares, stock, price, Alpha4.Of("SIMM"))),
            2 => Put(new OrderExecuted(header, reference, shares, match)),
            3 => Put(new OrderExecutedWithPrice(header, reference, shares, match, (byte)'Y', price)),
            4 => Put(new OrderCancel(header, reference, shares)),
            5 => Put(new OrderDelete(header, reference)),
            6 => Put(new OrderReplace(header, reference, match, shares, price)),
            _ => Put(new Trade(header, reference, side, shares, stock, price, match)),
        };

        int Put<T>(T message) where T : struct, IItchMessage<T>
        {
            message.Write(bytes);
            return T.Length;
        }
    }
}
