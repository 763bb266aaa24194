using MarketMaker.Journal;
using MarketMaker.Platform.Lmdb;

namespace MarketMaker.Tests.Native;

public sealed class JournalRefusalSpecs : IDisposable
{
    private readonly TestNode _node = new();

    public void Dispose() => _node.Dispose();

    [SkippableFact]
    public void should_not_start_without_a_journal_and_say_how_to_make_one() => AssertRefused("run", "there is no journal", "marketmaker init");

    [SkippableFact]
    public void should_not_start_without_a_lease_and_say_how_to_get_one()
    {
        _node.Run("marketmaker", "init", "--config", _node.IniFile);
        AssertRefused("run", "0 ids left", "mm-shipper lease");
    }

    [SkippableFact]
    public void should_never_overwrite_a_journal()
    {
        _node.Prepare();
        AssertRefused("init", "never overwritten", "another [journal] path");
    }

    [SkippableFact]
    public void should_refuse_the_journal_of_another_host_until_it_is_adopted()
    {
        JournalStore.Init(new JournalOptions { Path = _node.Journal, Node = "NATIVE", OpeningCash = 10_000_000_000_000, HostId = "elsewhere", MapBytes = 64 * JournalOptions.MebiByte });
        _node.Run("mm-shipper", "lease", "--config", _node.IniFile);
        AssertRefused("run", "belongs to the host elsewhere", "marketmaker init --adopt");
        _node.Run("marketmaker", "init", "--adopt", "--config", _node.IniFile);
        AssertRefused("run", "lease", "was taken for the journal");
    }

    [SkippableFact]
    public void should_refuse_a_journal_of_another_version()
    {
        _node.Prepare();
        using (LmdbEnvironment environment = LmdbEnvironment.OpenWrite(_node.Journal, 64 * JournalOptions.MebiByte))
        {
            Assert.Equal(LmdbStatus.Success, LmdbTransaction.BeginWrite(environment, out LmdbTransaction transaction));
            Assert.Equal(LmdbStatus.Success, transaction.OpenDatabase("meta", LmdbDatabaseOptions.None, out LmdbDatabase meta));
            Assert.Equal(LmdbStatus.Success, transaction.Put(meta, "format"u8, "3"u8));
            Assert.Equal(LmdbStatus.Success, transaction.Commit());
        }

        AssertRefused("run", "format 3", "run the version of marketmaker that wrote it");
    }

    [SkippableFact]
    public void should_refuse_the_journal_of_another_node_or_with_other_opening_cash()
    {
        _node.Prepare();
        _node.Set("capital", "cash", "1");
        AssertRefused("run", "[capital]", "put that back");
        _node.Set("capital", "cash", "1000000000");
        _node.Set("node", "name", "OTHER");
        AssertRefused("run", "belongs to the node NATIVE", "[node] name is OTHER");
    }

    private void AssertRefused(string verb, params string[] said)
    {
        (int status, string output) = _node.RunEngine(verb);
        Assert.Equal(1, status);
        Assert.All(said, words => Assert.Contains(words, output, StringComparison.Ordinal));
        Assert.DoesNotContain("   at ", output, StringComparison.Ordinal);
    }
}
