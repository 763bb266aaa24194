using MarketMaker.Platform.Clock;
using MarketMaker.Protocols.Ouch50;

namespace MarketMaker.Execution;

/// <summary>Settings of the stage Execution.</summary>
public sealed record ExecutionOptions
{
    /// <summary>Host of the venue's order port, name or address. Default 127.0.0.1: the simulated venue.</summary>
    public string Host { get; init; } = "127.0.0.1";

    /// <summary>TCP port of the venue's order port. 1 to 65,535; default 26600.</summary>
    public int Port { get; init; } = 26_600;

    /// <summary>SoupBinTCP user name, at most 6 ASCII letters and digits.</summary>
    public ReadOnlyMemory<byte> Username { get; init; }

    /// <summary>
    /// SoupBinTCP password, at most 10 ASCII letters and digits. Read from a file, never from the INI or a command line.
    /// </summary>
    public ReadOnlyMemory<byte> Password { get; init; }

    /// <summary>ClOrdID of every order: 1 to 13 upper-case base-36 characters that tell people which node it was. Default MM01.</summary>
    public string NodeTag { get; init; } = "MM01";

    /// <summary>Firm named by a Mass Cancel: four capitals. Default MMKR.</summary>
    public string Firm { get; init; } = "MMKR";

    /// <summary>Orders a second at most. 1 to 1,000,000; default 10,000: the venue's own port limit must not be met.</summary>
    public int SendsPerSecondMax { get; init; } = 10_000;

    /// <summary>Orders that may go out at once after a pause. 1 to 1,000,000; default 1,000: a tenth of a second's worth.</summary>
    public int SendBurst { get; init; } = 1_000;

    /// <summary>
    /// Turns for one look at the clock while nothing happens, and at the socket while no order is open: a look is a system call, and nothing but a sign of life
    /// can come. A power of two, 1 to 1,024; default 1: every turn.
    /// </summary>
    public int AnswerLookEvery { get; init; } = 1;

    /// <summary>
    /// Orders open at most, a power of two. 2 to 1,048,576; default 4,096: four times Decision's default for orders in flight.
    /// </summary>
    public int OpenOrdersMax { get; init; } = 4_096;

    /// <summary>
    /// Free slots of the ring <c>responses</c> below which nothing is sent, beside one slot for each open order. Default 1,024:
    /// room for orders that execute in several parts. The ring needs more slots than this.
    /// </summary>
    public int ResponsesReserveSlots { get; init; } = 1_024;

    /// <summary>
    /// Executions remembered at most, so that a broken trade can be undone; then the oldest is forgotten. Default 1,048,576.
    /// </summary>
    public int ExecutionsPerDayMax { get; init; } = 1_048_576;

    /// <summary>
    /// First wait before connecting again, ms. Default 100; doubles up to <see cref="ReconnectMaxMs"/>, less a random part.
    /// </summary>
    public int ReconnectMinMs { get; init; } = 100;

    /// <summary>Longest wait before connecting again, ms. Default 10,000.</summary>
    public int ReconnectMaxMs { get; init; } = 10_000;

    /// <summary>A connection attempt or a login without an answer is given up after this, ms. Default 5,000.</summary>
    public int ConnectTimeoutMs { get; init; } = 5_000;

    /// <summary>A venue silent for this long counts as dead, ms. Default 15,000: what implementations of SoupBinTCP use.</summary>
    public int VenueSilenceMs { get; init; } = 15_000;

    /// <summary>An Account Query or Mass Cancel without a response is followed by another query after this, ms. Default 1,000.</summary>
    public int FenceRetryMs { get; init; } = 1_000;

    /// <summary>So many contradicting answers within a minute halt trading. Default 3.</summary>
    public int ContradictionsPerMinuteMax { get; init; } = 3;

    /// <summary>
    /// Whether Journal makes each order's intent durable before it is sent; the ClOrdID then carries its number, and the node tag may
    /// have 6 characters only. Default false: for venues that replay their answers it is a wait for the disk in vain.
    /// </summary>
    public bool DurableIntent { get; init; }

    /// <summary>
    /// Which day it is at the venue. Default: the day on which a session begins, five hours behind UTC. A session is refused when the
    /// calendar names one day for all and that day is over.
    /// </summary>
    public VenueCalendar Calendar { get; init; } = new(null, TimeSpan.FromHours(-5));

    /// <summary>Seed of the random part of the waits: equal seeds, equal waits.</summary>
    public uint JitterSeed { get; init; } = 1;

    /// <summary>Bytes of the receive buffer. Default 131,074: two of the longest packets.</summary>
    public int ReceiveBufferBytes { get; init; } = 131_074;

    /// <summary>Says what is wrong with the settings; null when nothing is.</summary>
    public string? FindError() => this switch
    {
        { Username.Length: 0 or > 6 } => "username: 1 to 6 characters are needed",
        { Password.Length: 0 or > 10 } => "password: 1 to 10 characters are needed",
        { NodeTag.Length: 0 or > 13 } => "node tag: 1 to 13 characters are needed",
        _ when !NodeTag.All(c => char.IsAsciiDigit(c) || char.IsAsciiLetterUpper(c)) => "node tag: only 0-9 and A-Z are allowed",
        { DurableIntent: true, NodeTag.Length: > IntentTag.NodeCharactersMax } => "durable-intent: the ClOrdID has room for a node name of 6 characters: shorten [node] name",
        _ when Firm.Length != 4 || !Firm.All(char.IsAsciiLetterUpper) => "firm: four capitals are needed",
        { SendsPerSecondMax: < 1 or > 1_000_000 } => "sends per second: 1 to 1,000,000",
        { SendBurst: < 1 or > 1_000_000 } => "send burst: 1 to 1,000,000",
        { OpenOrdersMax: < 2 or > 1_048_576 } => "open orders: 2 to 1,048,576",
        _ when !int.IsPow2(OpenOrdersMax) => "open orders: a power of two is needed",
        { AnswerLookEvery: > 1_024 } => "answer look: every 1,024th turn at least",
        _ when !int.IsPow2(AnswerLookEvery) => "answer look: a power of two is needed",
        { ResponsesReserveSlots: < 0 } => "responses reserve: 0 or more",
        { ExecutionsPerDayMax: < 1 or > 67_108_864 } => "executions per day: 1 to 67,108,864",
        _ when ReconnectMinMs < 1 || ReconnectMaxMs < ReconnectMinMs => "reconnect: 1 ms <= shortest wait <= longest wait",
        { ConnectTimeoutMs: < 1 } or { VenueSilenceMs: < 1_001 } or { FenceRetryMs: < 1 } => "a timeout is too short",
        { ContradictionsPerMinuteMax: < 1 } => "contradictions per minute: 1 or more",
        { ReceiveBufferBytes: < 65_537 } => "receive buffer: the longest packet, 65,537 bytes, must fit",
        _ => null,
    };
}
