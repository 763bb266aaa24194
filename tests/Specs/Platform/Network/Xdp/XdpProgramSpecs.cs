using System.Net;
using MarketMaker.Platform.Network;
using MarketMaker.Platform.Network.Xdp;

namespace MarketMaker.Tests.Specs.Platform.Network.Xdp;

public sealed class XdpProgramSpecs
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(XdpProgram.DestinationsMax)]
    public void should_jump_forward_and_only_to_instructions_of_its_own(int destinations)
    {
        BpfInstruction[] program = XdpProgram.Assemble(map: 3, Lines(destinations));
        for (int i = 0; i < program.Length; i++)
        {
            bool isJump = (program[i].Code & 7) is 5 or 6 && program[i].Code is not (0x85 or 0x95);
            if (isJump) Assert.InRange(i + 1 + program[i].Offset, i + 1, program.Length - 1);
        }

        Assert.Equal(0x95, program[^1].Code);
    }

    [Fact]
    public void should_compare_ports_and_addresses_as_they_lie_on_the_wire()
    {
        BpfInstruction[] program = XdpProgram.Assemble(map: 3, [new IPEndPoint(IPAddress.Parse("239.1.2.200"), 0x1234)]);
        Assert.Contains(new BpfInstruction(0x56, 4, 1, unchecked((int)0xC80201EF)), program);
        Assert.Contains(program, one => one.Code == 0x15 && one.Registers == 5 && one.Immediate == 0x3412);
        Assert.Contains(new BpfInstruction(0x18, 0x11, 0, 3), program);
    }

    [Fact]
    public void should_compare_no_address_when_any_will_do() =>
        Assert.DoesNotContain(XdpProgram.Assemble(map: 3, [new IPEndPoint(IPAddress.Any, 9)]), one => one.Code == 0x56);

    [SkippableTheory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(XdpProgram.DestinationsMax)]
    public void should_be_accepted_by_the_verifier(int destinations)
    {
        Skip.If(Environment.UserName != "root" && Environment.GetEnvironmentVariable("CI") != "true", "bpf(2) needs CAP_BPF and CAP_NET_ADMIN");
        int map = XdpAttachment.MakeMap(queues: 4);
        int program = XdpAttachment.Load(XdpProgram.Assemble(map, Lines(destinations)));
        Assert.True(program > 0);
        Assert.Equal(0, SocketCalls.Close(program));
        Assert.Equal(0, SocketCalls.Close(map));
    }

    [SkippableFact]
    public void should_say_what_the_verifier_said_against_a_program()
    {
        Skip.If(Environment.UserName != "root" && Environment.GetEnvironmentVariable("CI") != "true", "bpf(2) needs CAP_BPF and CAP_NET_ADMIN");
        // It ends without an answer in register 0.
        SocketSetupException refusal = Assert.Throws<SocketSetupException>(() => XdpAttachment.Load([new(0x95, 0, 0, 0)]));
        Assert.Contains("cannot load the XDP program (R0 !read_ok)", refusal.Message, StringComparison.Ordinal);
    }

    private static IPEndPoint[] Lines(int count) => [.. Enumerable.Range(0, count).Select(i => new IPEndPoint(IPAddress.Parse($"239.0.0.{200 + i}"), 26_400 + i))];
}
