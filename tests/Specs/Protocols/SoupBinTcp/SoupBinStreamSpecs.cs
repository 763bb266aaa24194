using CsCheck;
using MarketMaker.Protocols.SoupBinTcp;

namespace MarketMaker.Tests.Specs.Protocols.SoupBinTcp;

public sealed class SoupBinStreamSpecs
{
    private static readonly Gen<byte[]> Payload = Gen.Byte.Array[0, 300];

    [Fact]
    public void should_give_the_same_messages_however_the_stream_is_split_and_merged() =>
        Gen.Select(Payload.Array[1, 40], Gen.Int[1, 400].Array[1, 60]).Sample((payloads, pieces) =>
        {
            SoupBinClientSession client = LoggedIn(nextSequence: 7);
            ByteQueue wire = new(40 * 303);
            foreach (byte[] payload in payloads) SoupBinFrame.TryWrite(wire, SoupBinPacketType.SequencedData, payload);
            List<byte[]> received = [];
            for (int i = 0; wire.Count > 0; i++)
            {
                int bytes = Math.Min(pieces[i % pieces.Length], wire.Count);
                wire.Pending[..bytes].CopyTo(client.In.Space(bytes));
                client.In.Commit(bytes);
                wire.Take(bytes);
                while (client.Next(out ReadOnlySpan<byte> message) == SoupBinClientEvent.Sequenced)
                {
                    received.Add(message.ToArray());
                    Assert.Equal(6 + received.Count, client.Sequence);
                }
            }

            Assert.Equal(payloads, received);
        }, iter: 300);

    [Fact]
    public void should_behave_like_a_plain_list_of_bytes() =>
        Gen.Int[-60, 60].Array[0, 100].Sample(steps =>
        {
            ByteQueue queue = new(100);
            List<byte> reference = [];
            byte next = 0;
            foreach (int step in steps)
            {
                if (step > 0)
                {
                    Span<byte> space = queue.Space(step);
                    Assert.Equal(step > 100 - reference.Count, space.IsEmpty);
                    if (space.IsEmpty) continue;
                    for (int i = 0; i < step; i++) space[i] = ++next;
                    queue.Commit(step);
                    reference.AddRange(space[..step]);
                }
                else
                {
                    int taken = Math.Min(-step, reference.Count);
                    queue.Take(taken);
                    reference.RemoveRange(0, taken);
                }

                Assert.Equal(reference, queue.Pending.ToArray());
                Assert.Equal(100 - reference.Count, queue.FreeBytes);
            }
        }, iter: 300);

    [Fact]
    public void should_call_a_packet_that_can_never_fit_malformed()
    {
        SoupBinClientSession client = new(receiveBytes: 64);
        client.Open("U"u8, "P"u8, default, 1, 0);
        client.In.Space(64)[..64].Fill(0xFF);
        client.In.Commit(64);
        Assert.Equal(SoupBinClientEvent.Malformed, client.Next(out _));
    }

    [Fact]
    public void should_take_the_longest_packet_and_refuse_to_write_a_longer_one()
    {
        SoupBinClientSession client = LoggedIn(nextSequence: 1);
        Assert.True(SoupBinFrame.TryWrite(client.In, SoupBinPacketType.SequencedData, new byte[SoupBinFrame.PayloadBytesMax]));
        Assert.Equal(SoupBinClientEvent.Sequenced, client.Next(out ReadOnlySpan<byte> message));
        Assert.Equal(SoupBinFrame.PayloadBytesMax, message.Length);
        Assert.False(SoupBinFrame.TryWrite(client.In, SoupBinPacketType.SequencedData, new byte[SoupBinFrame.PayloadBytesMax + 1]));
    }

    private static SoupBinClientSession LoggedIn(long nextSequence)
    {
        SoupBinClientSession client = new();
        client.Open("U"u8, "P"u8, default, 1, 0);
        Contracts.SessionId.TryCreate("DAY1"u8, out Contracts.SessionId session);
        SoupBinLoginAnswer.TryWriteAccepted(client.In, session, nextSequence);
        Assert.Equal(SoupBinClientEvent.LoginAccepted, client.Next(out _));
        return client;
    }
}
