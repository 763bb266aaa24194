/*
 * The floor of wire to wire under the engine's own load: the feed's datagrams in by recv, the Add Orders of each walked, what is sold at 1 % below a fixed price
 * bought at once: the bytes of an order from a template, out over TCP without Nagle's delay. One core, which spins. Answers are read and dropped.
 * Not here, but in the engine: a fair price, its age and what stops a ticker; the state of the market; gaps; limits, cash and stock; the order session's replay and
 * its answers; the journal; counters and hop times.
 *
 * compile: gcc -O3 -march=x86-64-v3 -o wire_to_order wire_to_order.c
 * usage:   wire_to_order FEED_PORT ORDER_PORT LOGIN ORDER BUY_AT_MOST CORE
 *          both ports on 127.0.0.1; LOGIN and ORDER are whole SoupBinTCP packets in hex, ORDER that of an Enter Order whose reference, shares, symbol and price are
 *          filled in; BUY_AT_MOST is a price in 1/10,000 dollar
 * prints:  ready (a line) when it is logged in; runs until it is killed or the order port closes
 */
#include "floor.h"
#include <arpa/inet.h>
#include <errno.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/socket.h>

enum { MOLD_HEADER = 20, ADD_ORDER = 36, ORDER_HEADER = 3, BYTES_MAX = 256, RECEIVE_BUFFER = 8 << 20, TURNS_PER_LOOK = 16 };

static int from_hex(const char *text, uint8_t *into)
{
    int count = 0;
    for (; text[0] && text[1] && count < BYTES_MAX; text += 2) {
        unsigned value;
        if (sscanf(text, "%2x", &value) != 1) return -1;
        into[count++] = (uint8_t)value;
    }

    return *text ? -1 : count;
}

static struct sockaddr_in loopback(int port)
{
    return (struct sockaddr_in){ .sin_family = AF_INET, .sin_port = htons((uint16_t)port), .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
}

int main(int count, char **arguments)
{
    uint8_t login[BYTES_MAX], order[BYTES_MAX], packet[65536], answers[65536];
    int login_bytes = count == 7 ? from_hex(arguments[3], login) : -1, order_bytes = count == 7 ? from_hex(arguments[4], order) : -1, yes = 1, buffer = RECEIVE_BUFFER;
    if (login_bytes <= 0 || order_bytes <= ORDER_HEADER) {
        fprintf(stderr, "usage: wire_to_order FEED_PORT ORDER_PORT LOGIN ORDER BUY_AT_MOST CORE\n");
        return 2;
    }

    uint32_t most = (uint32_t)atol(arguments[5]), number = 0, turns = 0;
    prctl(PR_SET_PDEATHSIG, SIGKILL);
    pin(atoi(arguments[6]));
    struct sockaddr_in feed = loopback(atoi(arguments[1])), venue = loopback(atoi(arguments[2]));
    int udp = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), tcp = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
    setsockopt(udp, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    setsockopt(udp, SOL_SOCKET, SO_RCVBUFFORCE, &buffer, sizeof buffer);
    if (bind(udp, (struct sockaddr *)&feed, sizeof feed) != 0) fail("bind udp");
    if (connect(tcp, (struct sockaddr *)&venue, sizeof venue) != 0) fail("connect tcp");
    setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes);
    if (send(tcp, login, (size_t)login_bytes, MSG_NOSIGNAL) != login_bytes) fail("login");
    if (recv(tcp, answers, sizeof answers, 0) < 3 || answers[2] != 'A') {
        fprintf(stderr, "the login was refused\n");
        return 1;
    }

    printf("ready\n");
    fflush(stdout);
    uint8_t *message = order + ORDER_HEADER;
    for (;;) {
        ssize_t bytes = recv(udp, packet, sizeof packet, MSG_DONTWAIT);
        if (++turns % TURNS_PER_LOOK == 0) {
            ssize_t got = recv(tcp, answers, sizeof answers, MSG_DONTWAIT);
            if (got == 0 || (got < 0 && errno != EAGAIN)) return 0;
        }

        if (bytes < MOLD_HEADER) continue;
        const uint8_t *at = packet + MOLD_HEADER, *end = packet + bytes;
        for (uint64_t blocks = u16(packet + 18); blocks > 0 && end - at >= 2; blocks--) {
            const uint8_t *m = at + 2;
            uint64_t length = u16(at);
            at = m + length;
            if (at > end || length != ADD_ORDER || m[0] != 'A' || m[19] != 'S' || u32(m + 32) > most) continue;
            put32(message + 1, ++number);
            memcpy(message + 6, m + 20, 4);
            memcpy(message + 10, m + 24, 8);
            put64(message + 18, u32(m + 32));
            if (send(tcp, order, (size_t)order_bytes, MSG_NOSIGNAL) != order_bytes) return 0;
        }
    }
}
