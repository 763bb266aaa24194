using System.Text;
using static MarketMaker.Platform.Network.Xdp.XdpConstants;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>Our XDP program on an interface, and the map from queue to socket it looks into.</summary>
/// <remarks>It hangs on a descriptor of this process: when that is closed, or the process dies, the kernel takes the program off by itself.</remarks>
internal sealed unsafe class XdpAttachment : IDisposable
{
    private const int LogBytes = 16_384;

    private int _map = -1;
    private int _program = -1;
    private int _link = -1;

    /// <summary>Makes the map, loads the program, attaches it.</summary>
    /// <param name="options">Interface, addresses, mode.</param>
    /// <param name="device">The interface's number.</param>
    /// <param name="sockets">Bound already: a frame that is redirected finds its socket.</param>
    /// <exception cref="SocketSetupException">The kernel refused; says what is missing.</exception>
    public XdpAttachment(XdpReceiverOptions options, int device, IReadOnlyList<XdpSocket> sockets)
    {
        try
        {
            _map = MakeMap(sockets.Max(socket => socket.Queue) + 1);
            foreach (XdpSocket socket in sockets) Put(socket);
            _program = Load(XdpProgram.Assemble(_map, options.Destinations));
            Attach(options, device, sockets);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    /// <summary>Whether the driver runs the program, not the stack behind it.</summary>
    public bool IsNative { get; private set; }

    /// <summary>Takes the program off the interface.</summary>
    public void Dispose()
    {
        foreach (int descriptor in (ReadOnlySpan<int>)[_link, _program, _map])
            if (descriptor >= 0) _ = SocketCalls.Close(descriptor);
        _link = _program = _map = -1;
    }

    /// <summary>Loads a program, which the kernel's verifier reads first.</summary>
    /// <returns>Its descriptor.</returns>
    internal static int Load(BpfInstruction[] program)
    {
        ReadOnlySpan<byte> license = "Dual MIT/GPL\0"u8;
        ReadOnlySpan<byte> name = "marketmk"u8;
        byte[] said = new byte[LogBytes];
        // SAFETY: program, licence and log are pinned for the call, and the kernel is told their lengths.
        fixed (BpfInstruction* instructions = program)
        fixed (byte* licensePointer = license)
        fixed (byte* log = said)
        {
            BpfAttributes attributes = new()
            {
                ProgramType = BPF_PROG_TYPE_XDP,
                InstructionCount = (uint)program.Length,
                Instructions = (ulong)instructions,
                License = (ulong)licensePointer,
                ProgramName = System.Buffers.Binary.BinaryPrimitives.ReadUInt64LittleEndian(name),
                ExpectedAttachType = BPF_XDP,
            };
            int loaded = XdpCalls.Bpf(BPF_PROG_LOAD, ref attributes);
            if (loaded >= 0) return loaded;
            int errno = SocketSetup.LastErrno;
            // Once more, for what the verifier has to say.
            attributes.LogLevel = 1;
            attributes.LogBytes = LogBytes;
            attributes.Log = (ulong)log;
            if (errno != EPERM && XdpCalls.Bpf(BPF_PROG_LOAD, ref attributes) is var second and >= 0) return second;
            // The last line is always a count of what it read.
            string why = Encoding.ASCII.GetString(said).TrimEnd('\0').Split('\n', StringSplitOptions.RemoveEmptyEntries)
                .LastOrDefault(line => !line.StartsWith("processed", StringComparison.Ordinal)) ?? "";
            throw XdpRefusal.Of(why.Length == 0 ? "cannot load the XDP program" : $"cannot load the XDP program ({why})", errno);
        }
    }

    internal static int MakeMap(int queues)
    {
        BpfAttributes attributes = new() { MapType = BPF_MAP_TYPE_XSKMAP, KeyBytes = sizeof(int), ValueBytes = sizeof(int), EntriesMax = (uint)queues };
        int map = XdpCalls.Bpf(BPF_MAP_CREATE, ref attributes);
        return map >= 0 ? map : throw XdpRefusal.Of("cannot make the map from queues to AF_XDP sockets");
    }

    private void Put(XdpSocket socket)
    {
        int queue = socket.Queue, descriptor = socket.Descriptor;
        // SAFETY: key and value are locals, read by the kernel within the call.
        BpfAttributes attributes = new() { MapDescriptor = (uint)_map, Key = (ulong)&queue, Value = (ulong)&descriptor };
        if (XdpCalls.Bpf(BPF_MAP_UPDATE_ELEM, ref attributes) != 0) throw XdpRefusal.Of($"cannot give queue {queue} its socket");
    }

    private void Attach(XdpReceiverOptions options, int device, IReadOnlyList<XdpSocket> sockets)
    {
        int errno = options.Mode == XdpMode.Generic ? EOPNOTSUPP : AttachWith(XDP_FLAGS_DRV_MODE, options, device);
        IsNative = errno == 0;
        bool mayBeGeneric = options.Mode == XdpMode.Generic || (options.Mode == XdpMode.Auto && sockets.All(socket => !socket.IsZeroCopy));
        if (errno != 0 && errno is not (EBUSY or EPERM) && mayBeGeneric) errno = AttachWith(XDP_FLAGS_SKB_MODE, options, device);
        if (errno != 0) throw XdpRefusal.Of($"cannot attach an XDP program to {options.Interface}", errno);
    }

    private int AttachWith(uint mode, XdpReceiverOptions options, int device) => XdpRefusal.RetryWhileBusy(options.BusyTimeout, () =>
    {
        BpfAttributes attributes = new() { ProgramDescriptor = (uint)_program, InterfaceIndex = (uint)device, AttachType = BPF_XDP, AttachFlags = mode };
        _link = XdpCalls.Bpf(BPF_LINK_CREATE, ref attributes);
        return _link >= 0 ? 0 : SocketSetup.LastErrno;
    });
}
