using MarketMaker.Market;
using MarketMaker.Venue.Replay;

namespace MarketMaker.Tests.Specs.Venue;

public class ReferenceIndexSpecs
{
    [Fact]
    public void should_agree_with_a_dictionary_after_any_sets_and_removes()
    {
        MarketRandom random = new(9, 0);
        ReferenceIndex index = new(1 << 10);
        Dictionary<ulong, int> reference = [];
        for (int i = 0; i < 200_000; i++)
        {
            ulong key = (ulong)random.Below(700);
            if (random.Below(2) == 0 && !index.IsFull) index.Set(key, reference[key] = i);
            else if (reference.Remove(key) | true) index.Remove(key);
            ulong probe = (ulong)random.Below(700);
            Assert.Equal(reference.TryGetValue(probe, out int expected), index.TryGet(probe, out int found));
            if (reference.ContainsKey(probe)) Assert.Equal(expected, found);
            Assert.Equal(reference.Count, index.Count);
        }
    }
}
