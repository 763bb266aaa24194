using MarketMaker.Contracts;
using MarketMaker.Market;
using MarketMaker.Venue.Fills;

namespace MarketMaker.Tests.Specs.Venue;

public class FillsWriterSpecs
{
    [Fact]
    public void should_write_every_row_whole_and_in_order()
    {
        string path = Path.GetTempFileName();
        const int Rows = 10_000;
        using (FillsWriter fills = new(path, "SESSION1", ticker => [(byte)'T', (byte)('0' + ticker)], p => [(byte)'P', (byte)('0' + p)]))
        {
            for (int i = 1; i <= Rows; i++)
            {
                MarketOrder order = new(Participant: i % 3, 1, 0, i % 10, i % 2 == 0 ? Side.Buy : Side.Sell, 0, 0);
                fills.Write(new MarketFill((ulong)i, order, Price: 1_000_000 + i, Quantity: i, Sequence: i * 2), isBreak: i % 100 == 0);
            }

            Assert.Equal(Rows, fills.Rows);
        }

        string[] lines = File.ReadAllLines(path);
        File.Delete(path);
        Assert.Equal(Rows + 1, lines.Length);
        Assert.Equal("session,sequence,match,ticker,side,price,quantity,participant,kind", lines[0]);
        Assert.Equal("SESSION1,2,1,T1,SELL,1000001,1,P1,EXECUTION", lines[1]);
        Assert.Equal("SESSION1,200,100,T0,BUY,1000100,100,P1,BREAK", lines[100]);
        Assert.Equal(Enumerable.Range(1, Rows).Select(i => i.ToString()), lines.Skip(1).Select(l => l.Split(',')[2]));
    }
}
