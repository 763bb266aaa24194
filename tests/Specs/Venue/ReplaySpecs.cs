using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Protocols.Itch50;
using MarketMaker.Protocols.MoldUdp64;
using MarketMaker.Recorded;
using MarketMaker.Venue;
using MarketMaker.Venue.Feed;
using MarketMaker.Venue.Orders;
using MarketMaker.Venue.Replay;

namespace MarketMaker.Tests.Specs.Venue;

public sealed class ReplaySpecs : IDisposable
{
    private readonly string _path = Path.GetTempFileName();
    private readonly List<byte> _file = [];
    private readonly RecordedLine _line = new();
    private readonly VenueClock _clock = new();
    private FeedPublisher? _feed;

    public void Dispose() => File.Delete(_path);

    [Fact]
    public void should_send_what_was_recorded_and_serve_the_mid_price()
    {
        ReplayVenueMarket market = Replay(Directory(), Add(1, 'B', 100, 99_0000), Add(2, 'S', 100, 101_0000), Delete(2));
        RunAll(market);
        Assert.Equal("RABASD", Sent(withSides: true));
        Assert.Equal(["AAPL"], market.Names);
        Assert.Equal(1_000_000, market.Price(0));
    }

    [Fact]
    public void should_have_no_price_before_both_sides_are_there()
    {
        ReplayVenueMarket market = Replay(Directory(), Add(1, 'B', 100, 99_0000));
        RunAll(market);
        Assert.Equal(0, market.Price(0));
    }

    [Fact]
    public void should_execute_orders_against_the_book_and_say_so_on_the_feed()
    {
        ReplayVenueMarket market = Replay(Directory(), Add(1, 'S', 100, 101_0000), Add(2, 'S', 50, 100_0000));
        OrderAccount account = Account(market);
        RunAll(market);
        account.Handle(OrderAccountSpecs.Order(1, quantity: 120, price: 101_0000));
        market.Advance();
        Assert.Equal("OSQRAAEE", Sent());
        Assert.True(ItchCodec.TryRead(Messages()[^1], out OrderExecuted executed));
        Assert.Equal((1ul, 70u, ReplayVenueMarket.FirstMatch + 1), (executed.OrderReference, executed.ExecutedShares, executed.MatchNumber));
        Assert.Equal("AEE", string.Concat(Enumerable.Range(1, 3).Select(i => (char)account.Store[i][0])));
    }

    [Fact]
    public void should_cut_recorded_messages_to_what_an_order_has_left()
    {
        byte[][] before = [Directory(), Add(1, 'S', 100, 101_0000), Add(2, 'S', 100, 101_0000), Add(3, 'S', 100, 101_0000)];
        ReplayVenueMarket market = Replay([.. before, At(1_000_000, Executed(1, 80)), At(1_000_000, Delete(2)), At(1_000_000, Replace(3, 4, 70, 102_0000))]);
        OrderAccount account = Account(market);
        market.Open();
        market.Start();
        market.Advance();
        // 60 of order 1 stay: the recorded execution of 80 is cut to 60. A taken order is not deleted again.
        account.Handle(OrderAccountSpecs.Order(1, quantity: 40, price: 101_0000));
        _clock.NowNs += 2_000_000;
        market.Advance();
        List<byte[]> messages = Messages();
        Assert.True(ItchCodec.TryRead(messages[^3], out OrderExecuted executed));
        Assert.Equal((1ul, 60u), (executed.OrderReference, executed.ExecutedShares));
        Assert.Equal("OSQRAAAEEDU", Sent());
        Assert.Equal(1, market.Adapted);
    }

    [Fact]
    public void should_replace_a_taken_order_by_a_new_one_and_not_delete_it_again()
    {
        byte[][] before = [Directory(), Add(1, 'S', 100, 101_0000), Add(2, 'S', 100, 101_0000)];
        ReplayVenueMarket market = Replay([.. before, At(1_000_000, Delete(1)), At(1_000_000, Replace(2, 3, 70, 102_0000))]);
        OrderAccount account = Account(market);
        market.Open();
        market.Start();
        market.Advance();
        account.Handle(OrderAccountSpecs.Order(1, quantity: 200, price: 101_0000));
        _clock.NowNs += 2_000_000;
        market.Advance();
        Assert.Equal("OSQRAAEEA", Sent());
        Assert.True(ItchCodec.TryRead(Messages()[^1], out AddOrder add));
        Assert.Equal((3ul, Side.Sell, 70u, "AAPL", 1_020_000u), (add.OrderReference, add.Side, add.Shares, add.Stock.ToString(), add.Price));
    }

    [Fact]
    public void should_not_trade_before_the_market_is_open_nor_while_the_stock_is_halted()
    {
        ReplayVenueMarket market = Replay([Directory(), At(1_000_000, SystemEvent('Q')), At(2_000_000, Halt('H')), At(3_000_000, Halt('T'))], open: false);
        market.Open();
        market.Start();
        List<bool> trades = [];
        for (int i = 0; i <= 3; i++)
        {
            market.Advance();
            trades.Add(market.IsTrading(0));
            _clock.NowNs += 1_000_000;
        }

        Assert.Equal([false, true, false, true], trades);
    }

    [Fact]
    public void should_keep_the_recorded_pace_times_the_speed()
    {
        ReplayVenueMarket market = Replay([Directory(), At(10_000_000, Add(1, 'B', 1, 100)), At(20_000_000, Add(2, 'B', 1, 100))], speed: 10);
        market.Start();
        List<long> sent = [];
        for (int ms = 0; ms <= 2; ms++)
        {
            market.Advance();
            sent.Add(market.Offers);
            _clock.NowNs += 1_000_000;
        }

        Assert.Equal([0, 1, 2], sent);
    }

    [Fact]
    public void should_report_a_torn_last_message()
    {
        Write(Directory());
        _file.AddRange([0, 36, (byte)'A', 1, 2]);
        File.WriteAllBytes(_path, [.. _file]);
        using ItchFile file = new(_path);
        Assert.True(file.TryNext(out _));
        Assert.False(file.TryNext(out _));
        Assert.Equal((1, 5), (file.Messages, file.TornBytes));
    }

    [SkippableTheory]
    [InlineData("nasdaq-itch50-20200130-aapl-first10k.itch", 10_000, 4_767, 1, 0)]
    [InlineData("nasdaq-itch50-2019-opening-spin-1MiB.itch.gz", 35_581, 0, 8_713, 2)]
    public void should_replay_real_files_message_by_message(string name, int messages, int offers, int tickers, int tornBytes)
    {
        string? folder = DataFolder();
        Skip.If(folder is null, "no folder with market data: neither MARKETMAKER_DATA nor an ancestor with shared/data");
        ReplayVenueMarket market = Create(new ReplayOptions { Path = Path.Combine(folder, name), MessagesPerSecond = 20_000_000, Open = true, OrdersMax = 1 << 14 });
        OrderAccount account = Account(market);
        market.Open();
        market.Start();
        uint number = 0;
        long own = 0;
        int turns = 0;
        do
        {
            _clock.NowNs += 10_000;
            account.Handle(OrderAccountSpecs.Order(++number, quantity: 10, price: 400_0000));
            own = account.Statistics.Executions;
            turns++;
        }
        while (market.Advance());

        market.Close();
        Assert.Equal((messages, tornBytes, tickers, offers), ((int)market.Messages, market.TornBytes, market.Names.Count, (int)market.Offers));
        // Nothing is lost or doubled: what was recorded, plus O S Q M E C, plus our own executions, less what they made void.
        int voided = messages + 6 + (int)own - Messages().Count;
        Assert.InRange(voided, 0, (int)market.Adapted);
        Assert.Equal(tickers == 1, own > 0);
        Assert.True(tickers > 1 || market.Price(0) is > 200_0000 and < 500_0000);
    }

    private static string? DataFolder()
    {
        if (Environment.GetEnvironmentVariable("MARKETMAKER_DATA") is { Length: > 0 } named) return System.IO.Directory.Exists(named) ? named : null;
        for (DirectoryInfo? at = new(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            string data = Path.Combine(at.FullName, "shared", "data");
            if (System.IO.Directory.Exists(data)) return data;
        }

        return null;
    }

    private ReplayVenueMarket Replay(params byte[][] messages) => Replay(messages, open: true);

    private ReplayVenueMarket Replay(byte[][] messages, bool open = false, double speed = 1)
    {
        foreach (byte[] message in messages) Write(message);
        File.WriteAllBytes(_path, [.. _file]);
        return Create(new ReplayOptions { Path = _path, Open = open, Speed = speed, OrdersMax = 1 << 10 });
    }

    private ReplayVenueMarket Create(ReplayOptions options)
    {
        Assert.True(MoldSession.TryParse("S", out MoldSession session));
        _feed = new FeedPublisher(session, 1 << 12, _line);
        _clock.NowNs = 1_000_000_000;
        MarketOptions plain = new() { SplitShare = 0, DeadOnArrivalShare = 0, BreakShare = 0 };
        return new ReplayVenueMarket(options, plain, _feed, _clock);
    }

    private OrderAccount Account(ReplayVenueMarket market)
    {
        OrderAccount account = new(0, market, new SequencedStore(1 << 24), _clock);
        market.Connect(account, fills: null);
        return account;
    }

    private static void RunAll(ReplayVenueMarket market)
    {
        market.Open();
        market.Start();
        while (market.Advance())
        {
        }
    }

    private List<byte[]> Messages()
    {
        _feed!.Flush(0);
        List<byte[]> messages = [];
        foreach (byte[] packet in _line.Packets)
        {
            Assert.True(MoldPacket.TryRead(packet, out _, out MoldBlocks blocks));
            while (blocks.TryNext(out ReadOnlySpan<byte> message)) messages.Add(message.ToArray());
        }

        return messages;
    }

    /// <summary>The types of the messages sent; a system event shows its code.</summary>
    private string Sent(bool withSides = false) => string.Concat(Messages()
        .Where(m => !withSides || m[0] != 'S')
        .Select(m => m[0] == 'S' ? ((char)m[11]).ToString() : (char)m[0] + (withSides && m[0] == 'A' ? ((char)m[19]).ToString() : "")));

    private void Write(byte[] message) => _file.AddRange([(byte)(message.Length >> 8), (byte)message.Length, .. message]);

    private static byte[] Wire<T>(T message)
        where T : struct, IItchMessage<T>
    {
        byte[] bytes = new byte[T.Length];
        message.Write(bytes);
        return bytes;
    }

    private static byte[] At(long timeNs, byte[] message)
    {
        for (int i = 0; i < 6; i++) message[5 + i] = (byte)(timeNs >> (40 - 8 * i));
        return message;
    }

    private static ItchHeader Header => new(13, 0, 0);

    private static byte[] Directory() => Wire(new StockDirectory(
        Header, Symbol.Parse("AAPL"), (byte)'Q', (byte)'N', 100, (byte)'N', (byte)'C', 0, (byte)'P', (byte)'N', (byte)'N', (byte)'1', (byte)'N', 0, (byte)'N'));

    private static byte[] Add(ulong reference, char side, uint shares, uint price) =>
        Wire(new AddOrder(Header, reference, (Side)side, shares, Symbol.Parse("AAPL"), price));

    private static byte[] Delete(ulong reference) => Wire(new OrderDelete(Header, reference));

    private static byte[] Executed(ulong reference, uint shares) => Wire(new OrderExecuted(Header, reference, shares, 5));

    private static byte[] Replace(ulong old, ulong reference, uint shares, uint price) => Wire(new OrderReplace(Header, old, reference, shares, price));

    private static byte[] SystemEvent(char code) => Wire(new SystemEvent(Header, (byte)code));

    private static byte[] Halt(char state) => Wire(new TradingAction(Header, Symbol.Parse("AAPL"), (byte)state, (byte)' ', Alpha4.Blank));
}
