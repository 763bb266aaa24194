namespace MarketMaker.Tests.Shared;

/// <summary>A PostgreSQL for the tests of a class; where it cannot run, they skip with the reason.</summary>
public sealed class PostgresServer : IDisposable
{
    private readonly PostgresProcess _process = new();

    public int Port => _process.Port;

    /// <summary>Why there is no server; null when there is.</summary>
    public string? WhyNot => _process.WhyNot;

    public string ConnectionString => _process.ConnectionString;

    public string ConnectionStringOf(string user) => _process.ConnectionStringOf(user);

    /// <summary>Skips the test, with the reason; where the whole set must run, fails instead.</summary>
    public void Require()
    {
        if (WhyNot is null) return;
        Assert.False(Environment.GetEnvironmentVariable("CI") == "true", WhyNot);
        Skip.If(true, WhyNot);
    }

    public string? Start() => _process.Start();

    public void Kill() => _process.Kill();

    public void Dispose() => _process.Dispose();
}
