using System.Runtime.InteropServices;

namespace MarketMaker.Platform.Network.Xdp;

/// <summary>The calls AF_XDP needs beside those of sockets; all arguments are blittable, none is called per packet.</summary>
internal static unsafe partial class XdpCalls
{
    /// <summary>bpf(2), which the C library has no function for.</summary>
    // SAFETY: the kernel reads the struct named, and through its pointers what the caller keeps alive for the call.
    public static int Bpf(int command, ref BpfAttributes attributes)
    {
        fixed (BpfAttributes* pointer = &attributes)
            return (int)SystemCall(XdpConstants.SYS_bpf, command, pointer, (nuint)sizeof(BpfAttributes));
    }

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(nint number, nint command, void* attributes, nuint bytes);

    [LibraryImport("libc", EntryPoint = "bind", SetLastError = true)]
    public static partial int Bind(int socket, XdpSocketAddress* address, uint addressBytes);

    [LibraryImport("libc", EntryPoint = "mmap", SetLastError = true)]
    public static partial void* Map(void* address, nuint bytes, int protection, int flags, int file, long offset);

    [LibraryImport("libc", EntryPoint = "munmap")]
    public static partial int Unmap(void* address, nuint bytes);

    [LibraryImport("libc", EntryPoint = "ioctl", SetLastError = true)]
    public static partial int Control(int socket, nuint request, InterfaceRequest* argument);
}
