using MarketMaker.Contracts;
using MarketMaker.Volatility;
using MarketMaker.VolatilityModel;

namespace MarketMaker.Tests.Specs.Volatility;

public sealed class StateFileSpecs : IDisposable
{
    private const int Today = 2026_11_23;

    private static readonly KeptTicker[] Kept = [new(1_000_000, true, 131 << 8, 5), new(250_000, false, 60 << 8, 256)];

    private readonly string _folder = Directory.CreateTempSubdirectory().FullName;
    private readonly Universe _universe = Named("AAPL", "IBM");

    private string File => Path.Combine(_folder, "state");

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void should_give_back_what_it_kept()
    {
        StateFile.Write(File, Today, _universe, Kept);
        VerdictBook book = new(2, new VolatilityOptions());
        Assert.Equal(2, StateFile.Restore(File, Today, _universe, book));
        Assert.Equal<KeptTicker[]>(Kept, [book.Export(0), book.Export(1)]);
    }

    [Fact]
    public void should_give_back_only_the_baselines_on_another_day()
    {
        StateFile.Write(File, Today, _universe, Kept);
        VerdictBook book = new(2, new VolatilityOptions());
        StateFile.Restore(File, Today + 1, _universe, book);
        Assert.Equal<KeptTicker[]>([Kept[0] with { OpenPrice = 0, IsDenied = false }, Kept[1] with { OpenPrice = 0 }], [book.Export(0), book.Export(1)]);
    }

    [Fact]
    public void should_find_tickers_by_name_when_the_list_has_changed()
    {
        StateFile.Write(File, Today, _universe, Kept);
        VerdictBook book = new(2, new VolatilityOptions());
        Assert.Equal(1, StateFile.Restore(File, Today, Named("IBM", "MSFT"), book));
        Assert.Equal(Kept[1], book.Export(0));
    }

    [Fact]
    public void should_begin_without_a_file() => Assert.Equal(0, StateFile.Restore(File, Today, _universe, new VerdictBook(2, new VolatilityOptions())));

    [Fact]
    public void should_refuse_every_damage()
    {
        StateFile.Write(File, Today, _universe, Kept);
        byte[] good = System.IO.File.ReadAllBytes(File);
        for (int i = 0; i < good.Length; i++)
        {
            byte[] flipped = [.. good];
            flipped[i] ^= 1;
            AssertRefused(flipped);
            AssertRefused(good[..i]);
        }
    }

    private void AssertRefused(byte[] content)
    {
        System.IO.File.WriteAllBytes(File, content);
        InvalidDataException refused = Assert.Throws<InvalidDataException>(() => StateFile.Restore(File, Today, _universe, new VerdictBook(2, new VolatilityOptions())));
        Assert.Contains("delete it", refused.Message, StringComparison.Ordinal);
    }

    private static Universe Named(params string[] names)
    {
        Assert.True(Universe.TryCreate([.. names.Select(Symbol.Parse)], out Universe? universe, out _));
        return universe!;
    }
}
