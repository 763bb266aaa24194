using MarketMaker.Contracts;
using MarketMaker.Host;

namespace MarketMaker.Tests.Specs.Host;

public sealed class LogBudgetSpecs
{
    [Fact]
    public void should_let_so_many_lines_of_each_cause_through_and_sum_up_the_rest()
    {
        LogBudget budget = new(linesPerCause: 3);
        Assert.Equal(3, Enumerable.Range(0, 10).Count(i => budget.Allows(LogMessage.OrderRejected, i)));
        Assert.True(budget.Allows(LogMessage.FeedGapOpened, 10));
        Assert.False(budget.TrySumUp(LogBudget.WindowNs - 1, out _, out _));
        Assert.True(budget.TrySumUp(LogBudget.WindowNs, out LogMessage cause, out long more));
        Assert.Equal((LogMessage.OrderRejected, 7), (cause, more));
        Assert.False(budget.TrySumUp(LogBudget.WindowNs, out _, out _));
        Assert.Equal(7, budget.Summed);
    }

    [Fact]
    public void should_begin_anew_when_the_time_is_over()
    {
        LogBudget budget = new(1);
        Assert.True(budget.Allows(LogMessage.Contradiction, 0));
        Assert.True(budget.Allows(LogMessage.Contradiction, LogBudget.WindowNs));
        Assert.False(budget.Allows(LogMessage.Contradiction, LogBudget.WindowNs + 1));
        Assert.True(budget.TrySumUp(3 * LogBudget.WindowNs, out _, out _));
        Assert.True(budget.Allows(LogMessage.Contradiction, 3 * LogBudget.WindowNs));
    }

    [Fact]
    public void should_sum_up_what_is_left_at_the_end()
    {
        LogBudget budget = new(1);
        budget.Allows(LogMessage.Contradiction, 5);
        budget.Allows(LogMessage.Contradiction, 6);
        Assert.True(budget.TrySumUp(long.MaxValue, out _, out long more));
        Assert.Equal(1, more);
    }
}
