using MarketMaker.Protocols.Itch50;

namespace MarketMaker.Tests.Golden.Itch50;

public class ItchMutationSpecs
{
    [Fact]
    public void should_survive_every_change_of_a_single_byte_and_still_give_the_bytes_back()
    {
        byte[] written = new byte[ItchLengths.Max];
        foreach (byte[] golden in GoldenItch.All)
        {
            byte[] mutated = [.. golden];
            for (int at = 0; at < mutated.Length; at++)
            {
                for (int value = 0; value < 256; value++)
                {
                    mutated[at] = (byte)value;
                    int length = ItchReencoder.Reencode(mutated, written);
                    Assert.Equal(ItchLengths.Of(mutated[0]) == mutated.Length ? mutated.Length : 0, length);
                    Assert.True(mutated.AsSpan(0, length).SequenceEqual(written.AsSpan(0, length)));
                }

                mutated[at] = golden[at];
            }
        }
    }

    [Fact]
    public void should_read_nothing_of_a_message_cut_short_anywhere()
    {
        byte[] written = new byte[ItchLengths.Max];
        foreach (byte[] golden in GoldenItch.All)
        {
            for (int length = 0; length < golden.Length; length++)
            {
                Assert.Equal(0, ItchReencoder.Reencode(golden.AsSpan(0, length), written));
            }
        }
    }
}
