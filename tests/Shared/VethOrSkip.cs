namespace MarketMaker.Tests.Shared;

/// <summary>A veth pair for a test, or a reason to skip it.</summary>
internal static class VethOrSkip
{
    /// <summary>Makes one; skips the test with the reason where it cannot be made. With CI=true it must be made.</summary>
    public static VethPair Make(int queues = 1)
    {
        try
        {
            return new VethPair(queues);
        }
        catch (InvalidOperationException cause)
        {
            Assert.False(Environment.GetEnvironmentVariable("CI") == "true", cause.Message);
            Skip.If(true, cause.Message);
            throw;
        }
    }
}
