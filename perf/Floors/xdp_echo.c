/*
 * The floor of a datagram's round trip with AF_XDP on the answering side: frames are taken from the RX ring and sent back through the
 * TX ring with addresses and ports exchanged; the asking side is the kernel socket of udp_echo, so the two compare.
 * Measured: from before the send to after the receive of the answer with the same number, by the asking side's clock.
 * Needs root (CAP_NET_RAW, CAP_BPF, CAP_NET_ADMIN). The program passes all but UDP to PORT; it leaves the device with the process.
 *
 * compile: gcc -O2 -o xdp_echo xdp_echo.c
 * usage:   xdp_echo native|generic DEVICE SERVER_IP PORT COUNT GAP_US BYTES SERVER_CORE CLIENT_CORE SERVER_NAMESPACE CLIENT_NAMESPACE
 *          DEVICE is the server's, queue 0; core -1: not pinned; namespace -: the caller's
 * prints:  count, lost, total_ns, min_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns, a line each
 */
#include "echo.h"
#include <linux/bpf.h>
#include <linux/if_link.h>
#include <linux/if_xdp.h>
#include <net/if.h>
#include <sys/mman.h>
#include <sys/syscall.h>

enum { CHUNKS = 2048, CHUNK_BYTES = 2048, RING = 1024, HEADERS = 42 };

struct ring { uint32_t *producer, *consumer, mask; void *slots; };

struct xdp_server { struct echo *e; const char *device; int is_native; };

static int bpf(int command, union bpf_attr *attributes, const char *what)
{
    int made = (int)syscall(SYS_bpf, command, attributes, sizeof *attributes);
    if (made < 0) fail(what);
    return made;
}

#define INSN(c, d, s, o, i) ((struct bpf_insn){ .code = (c), .dst_reg = (d), .src_reg = (s), .off = (o), .imm = (i) })
#define LOAD(size, d, s, o) INSN(BPF_LDX | BPF_MEM | (size), d, s, o, 0)
#define JNE(d, i, o) INSN(BPF_JMP | BPF_JNE | BPF_K, d, 0, o, i)

/* UDP over IPv4 without options to the port, and no fragment: to the socket of its queue; all else: to the kernel. */
static void attach(int device, int port, int xsk, int is_native)
{
    union bpf_attr map = { .map_type = BPF_MAP_TYPE_XSKMAP, .key_size = 4, .value_size = 4, .max_entries = 1 };
    int map_fd = bpf(BPF_MAP_CREATE, &map, "make the map of sockets");
    uint32_t key = 0, value = (uint32_t)xsk;
    union bpf_attr entry = { .map_fd = (uint32_t)map_fd, .key = (uint64_t)(uintptr_t)&key, .value = (uint64_t)(uintptr_t)&value };
    bpf(BPF_MAP_UPDATE_ELEM, &entry, "put the socket into the map");
    struct bpf_insn program[] = {
        LOAD(BPF_W, 2, 1, 4), LOAD(BPF_W, 3, 1, 0),
        INSN(BPF_ALU64 | BPF_MOV | BPF_X, 4, 3, 0, 0), INSN(BPF_ALU64 | BPF_ADD | BPF_K, 4, 0, 0, HEADERS),
        INSN(BPF_JMP | BPF_JGT | BPF_X, 4, 2, 17, 0),
        LOAD(BPF_H, 4, 3, 12), JNE(4, htons(0x0800), 15),
        LOAD(BPF_B, 4, 3, 14), JNE(4, 0x45, 13),
        LOAD(BPF_B, 4, 3, 23), JNE(4, IPPROTO_UDP, 11),
        LOAD(BPF_H, 4, 3, 20), INSN(BPF_ALU64 | BPF_AND | BPF_K, 4, 0, 0, htons(0x3fff)), JNE(4, 0, 8),
        LOAD(BPF_H, 4, 3, 36), JNE(4, htons((uint16_t)port), 6),
        LOAD(BPF_W, 2, 1, 16),
        INSN(BPF_LD | BPF_DW | BPF_IMM, 1, BPF_PSEUDO_MAP_FD, 0, map_fd), INSN(0, 0, 0, 0, 0),
        INSN(BPF_ALU64 | BPF_MOV | BPF_K, 3, 0, 0, XDP_PASS),
        INSN(BPF_JMP | BPF_CALL, 0, 0, 0, BPF_FUNC_redirect_map), INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
        INSN(BPF_ALU64 | BPF_MOV | BPF_K, 0, 0, 0, XDP_PASS), INSN(BPF_JMP | BPF_EXIT, 0, 0, 0, 0),
    };
    union bpf_attr load = {
        .prog_type = BPF_PROG_TYPE_XDP, .insns = (uint64_t)(uintptr_t)program, .insn_cnt = sizeof program / sizeof program[0],
        .license = (uint64_t)(uintptr_t)"Dual MIT/GPL", .expected_attach_type = BPF_XDP,
    };
    int program_fd = bpf(BPF_PROG_LOAD, &load, "load the XDP program");
    union bpf_attr link = { .link_create = {
        .prog_fd = (uint32_t)program_fd, .target_ifindex = (uint32_t)device, .attach_type = BPF_XDP, .flags = is_native ? XDP_FLAGS_DRV_MODE : XDP_FLAGS_SKB_MODE } };
    bpf(BPF_LINK_CREATE, &link, "attach the XDP program");
}

static struct ring map_ring(int s, const struct xdp_ring_offset *at, int option, off_t page, size_t slot_bytes)
{
    int size = RING;
    if (setsockopt(s, SOL_XDP, option, &size, sizeof size) != 0) fail("ring size");
    char *memory = mmap(NULL, at->desc + RING * slot_bytes, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, s, page);
    if (memory == MAP_FAILED) fail("map a ring");
    return (struct ring){ (uint32_t *)(memory + at->producer), (uint32_t *)(memory + at->consumer), RING - 1, memory + at->desc };
}

static void serve(void *arguments, int ready)
{
    struct xdp_server *server = arguments;
    take_place(server->e->server_namespace, server->e->server_core);
    int device = (int)if_nametoindex(server->device), s = socket(AF_XDP, SOCK_RAW | SOCK_CLOEXEC, 0);
    if (device == 0 || s < 0) fail(device == 0 ? server->device : "AF_XDP socket");
    uint8_t *umem = mmap(NULL, CHUNKS * CHUNK_BYTES, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_POPULATE, -1, 0);
    struct xdp_umem_reg memory = { .addr = (uint64_t)(uintptr_t)umem, .len = CHUNKS * CHUNK_BYTES, .chunk_size = CHUNK_BYTES };
    if (umem == MAP_FAILED || setsockopt(s, SOL_XDP, XDP_UMEM_REG, &memory, sizeof memory) != 0) fail("UMEM");
    struct xdp_mmap_offsets at;
    socklen_t length = sizeof at;
    if (getsockopt(s, SOL_XDP, XDP_MMAP_OFFSETS, &at, &length) != 0) fail("ring offsets");
    struct ring fill = map_ring(s, &at.fr, XDP_UMEM_FILL_RING, XDP_UMEM_PGOFF_FILL_RING, sizeof(uint64_t));
    struct ring completion = map_ring(s, &at.cr, XDP_UMEM_COMPLETION_RING, XDP_UMEM_PGOFF_COMPLETION_RING, sizeof(uint64_t));
    struct ring rx = map_ring(s, &at.rx, XDP_RX_RING, XDP_PGOFF_RX_RING, sizeof(struct xdp_desc));
    struct ring tx = map_ring(s, &at.tx, XDP_TX_RING, XDP_PGOFF_TX_RING, sizeof(struct xdp_desc));
    for (uint32_t i = 0; i < RING; i++) ((uint64_t *)fill.slots)[i] = (uint64_t)i * CHUNK_BYTES;
    __atomic_store_n(fill.producer, RING, __ATOMIC_RELEASE);
    struct sockaddr_xdp bind_to = { .sxdp_family = AF_XDP, .sxdp_ifindex = (uint32_t)device, .sxdp_queue_id = 0, .sxdp_flags = XDP_COPY };
    /* The queue of a socket just closed is busy for up to a second. */
    for (int tries = 0; bind(s, (struct sockaddr *)&bind_to, sizeof bind_to) != 0; tries++) {
        if (errno != EBUSY || tries == 200) fail("bind AF_XDP");
        usleep(10000);
    }
    attach(device, server->e->port, s, server->is_native);
    say_ready(ready);
    uint32_t rx_seen = 0, tx_made = 0, done = 0, filled = RING;
    for (;;) {
        if (__atomic_load_n(rx.producer, __ATOMIC_ACQUIRE) != rx_seen) {
            struct xdp_desc frame = ((struct xdp_desc *)rx.slots)[rx_seen & rx.mask];
            __atomic_store_n(rx.consumer, ++rx_seen, __ATOMIC_RELEASE);
            turn_around(umem + frame.addr);
            ((struct xdp_desc *)tx.slots)[tx_made & tx.mask] = frame;
            __atomic_store_n(tx.producer, ++tx_made, __ATOMIC_RELEASE);
            sendto(s, NULL, 0, MSG_DONTWAIT, NULL, 0);
        }

        while (__atomic_load_n(completion.producer, __ATOMIC_ACQUIRE) != done) {
            uint64_t chunk = ((uint64_t *)completion.slots)[done & completion.mask] & ~(uint64_t)(CHUNK_BYTES - 1);
            __atomic_store_n(completion.consumer, ++done, __ATOMIC_RELEASE);
            ((uint64_t *)fill.slots)[filled & fill.mask] = chunk;
            __atomic_store_n(fill.producer, ++filled, __ATOMIC_RELEASE);
        }
    }
}

int main(int count, char **arguments)
{
    if (count != 12 || (strcmp(arguments[1], "native") != 0 && strcmp(arguments[1], "generic") != 0)) {
        fprintf(stderr, "usage: xdp_echo native|generic DEVICE " ECHO_USAGE "\n");
        return 2;
    }

    struct echo e = read_echo(arguments + 3);
    struct xdp_server x = { .e = &e, .device = arguments[2], .is_native = strcmp(arguments[1], "native") == 0 };
    struct sockaddr_in server = address_of(e.ip, e.port);
    pid_t child = start_server(serve, &x);
    take_place(e.client_namespace, e.client_core);
    int s = udp_socket(NULL, &server);
    ask(e.count, e.gap_us, e.bytes, send_datagram, receive_datagram, &s);
    stop_server(child);
    return 0;
}
