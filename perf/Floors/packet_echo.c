/*
 * The floor of a datagram's round trip with an AF_PACKET ring on the answering side: frames are read from a mapped TPACKET_V2 ring, a slot each
 * (V3 hands over whole blocks, late), and sent back with addresses and ports exchanged; the asking side is the kernel socket of udp_echo.
 * The kernel's own stack sees every frame too: that is what this way costs beside its latency.
 * Measured: from before the send to after the receive of the answer with the same number, by the asking side's clock. Needs CAP_NET_RAW.
 *
 * compile: gcc -O2 -o packet_echo packet_echo.c
 * usage:   packet_echo DEVICE SERVER_IP PORT COUNT GAP_US BYTES SERVER_CORE CLIENT_CORE SERVER_NAMESPACE CLIENT_NAMESPACE
 *          DEVICE is the server's; core -1: not pinned; namespace -: the caller's
 * prints:  count, lost, total_ns, min_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns, a line each
 */
#include "echo.h"
#include <linux/if_ether.h>
#include <linux/if_packet.h>
#include <net/if.h>
#include <sys/mman.h>

enum { FRAMES = 1024, FRAME_BYTES = 2048, BLOCK_BYTES = 1 << 16 };

struct packet_server { struct echo *e; const char *device; };

static void serve(void *arguments, int ready)
{
    struct packet_server *server = arguments;
    take_place(server->e->server_namespace, server->e->server_core);
    /* A deaf socket on the port keeps the kernel from answering each frame with an ICMP error. */
    struct sockaddr_in own = address_of(server->e->ip, server->e->port);
    int deaf = udp_socket(&own, NULL), little = 1, version = TPACKET_V2, yes = 1;
    setsockopt(deaf, SOL_SOCKET, SO_RCVBUF, &little, sizeof little);
    int s = socket(AF_PACKET, SOCK_RAW | SOCK_CLOEXEC, 0);
    struct tpacket_req ring = { .tp_block_size = BLOCK_BYTES, .tp_block_nr = FRAMES * FRAME_BYTES / BLOCK_BYTES, .tp_frame_size = FRAME_BYTES, .tp_frame_nr = FRAMES };
    if (s < 0 || setsockopt(s, SOL_PACKET, PACKET_VERSION, &version, sizeof version) != 0) fail("packet socket");
    setsockopt(s, SOL_PACKET, PACKET_IGNORE_OUTGOING, &yes, sizeof yes);
    if (setsockopt(s, SOL_PACKET, PACKET_RX_RING, &ring, sizeof ring) != 0) fail("packet ring");
    uint8_t *memory = mmap(NULL, FRAMES * FRAME_BYTES, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_POPULATE, s, 0);
    struct sockaddr_ll at = { .sll_family = AF_PACKET, .sll_protocol = htons(ETH_P_IP), .sll_ifindex = (int)if_nametoindex(server->device) };
    if (memory == MAP_FAILED || at.sll_ifindex == 0 || bind(s, (struct sockaddr *)&at, sizeof at) != 0) fail("bind packet ring");
    say_ready(ready);
    uint16_t port = htons((uint16_t)server->e->port);
    for (uint32_t slot = 0;; slot = (slot + 1) % FRAMES) {
        struct tpacket2_hdr *header = (struct tpacket2_hdr *)(memory + slot * FRAME_BYTES);
        while ((__atomic_load_n(&header->tp_status, __ATOMIC_ACQUIRE) & TP_STATUS_USER) == 0) __builtin_ia32_pause();
        uint8_t *frame = (uint8_t *)header + header->tp_mac;
        if (header->tp_snaplen >= 42 && frame[14] == 0x45 && frame[23] == IPPROTO_UDP && memcmp(frame + 36, &port, sizeof port) == 0) {
            turn_around(frame);
            send(s, frame, header->tp_snaplen, MSG_DONTWAIT);
        }

        __atomic_store_n(&header->tp_status, TP_STATUS_KERNEL, __ATOMIC_RELEASE);
    }
}

int main(int count, char **arguments)
{
    if (count != 11) {
        fprintf(stderr, "usage: packet_echo DEVICE " ECHO_USAGE "\n");
        return 2;
    }

    struct echo e = read_echo(arguments + 2);
    struct packet_server x = { .e = &e, .device = arguments[1] };
    struct sockaddr_in server = address_of(e.ip, e.port);
    pid_t child = start_server(serve, &x);
    take_place(e.client_namespace, e.client_core);
    int s = udp_socket(NULL, &server);
    ask(e.count, e.gap_us, e.bytes, send_datagram, receive_datagram, &s);
    stop_server(child);
    return 0;
}
