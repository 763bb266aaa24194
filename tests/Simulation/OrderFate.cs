using MarketMaker.Contracts;

namespace MarketMaker.Tests.Simulation;

/// <summary>Gives orders every ending there is, by seed: rejected, dead, lost, executed in one to five parts, broken later.</summary>
internal sealed class OrderFate(SimulatedVenue venue, Random random)
{
    private const double DelayMaxMs = 60;

    public void Choose(VenueOrder order)
    {
        int chance = random.Next(100);
        if (chance < 4) venue.Reject(order);
        else if (chance < 10) venue.Accept(order, state: 'D');
        else
        {
            venue.Accept(order);
            Trade(order, parts: chance < 50 ? 0 : random.Next(1, 6));
        }
    }

    private void Trade(VenueOrder order, int parts)
    {
        if (parts == 0)
        {
            venue.After(Delay(), () => venue.Cancel(order));
            return;
        }

        venue.After(Delay(), () =>
        {
            // Better than the limit by up to two cents, never worse.
            int better = random.Next(3) * 100;
            long price = (long)order.Terms.Price + (order.Side == Side.Buy ? -better : better);
            ulong match = venue.Execute(order, parts == 1 ? random.Next(1, order.Leaves + 1) : Math.Max(1, order.Leaves / parts), price);
            if (random.Next(20) == 0) venue.After(20 + 3 * Delay(), () => venue.Break(match));
            if (order.Leaves > 0) Trade(order, parts - 1);
        });
    }

    private double Delay() => random.Next(3) == 0 ? 0 : random.NextDouble() * DelayMaxMs;
}
