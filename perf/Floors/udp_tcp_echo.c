/*
 * The floor of wire to wire: a datagram in, a small message out over TCP without Nagle's delay, both sides spin.
 * It is what an engine does without deciding anything. Measured: from before the datagram's send to after the read of the whole
 * message, by the asking side's clock.
 *
 * compile: gcc -O2 -o udp_tcp_echo udp_tcp_echo.c
 * usage:   udp_tcp_echo SERVER_IP PORT COUNT GAP_US BYTES SERVER_CORE CLIENT_CORE SERVER_NAMESPACE CLIENT_NAMESPACE
 *          PORT is that of both protocols; core -1: not pinned; namespace -: the caller's. BYTES are the datagram's.
 * prints:  count, lost, total_ns, min_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns, a line each
 */
#include "echo.h"

/* An Enter Order in its SoupBinTCP packet, without appendage. */
enum { ANSWER_BYTES = 50 };

struct client { int udp, tcp, have; char answer[ANSWER_BYTES]; };

static void serve(void *arguments, int ready)
{
    struct echo *e = arguments;
    char packet[2048], answer[ANSWER_BYTES] = { 0 };
    int yes = 1;
    struct sockaddr_in own = address_of(e->ip, e->port);
    take_place(e->server_namespace, e->server_core);
    int udp = udp_socket(&own, NULL), listener = socket(AF_INET, SOCK_STREAM, 0);
    setsockopt(listener, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind(listener, (struct sockaddr *)&own, sizeof own) != 0 || listen(listener, 1) != 0) fail("listen");
    say_ready(ready);
    int tcp = accept(listener, NULL, NULL);
    if (tcp < 0 || setsockopt(tcp, IPPROTO_TCP, TCP_NODELAY, &yes, sizeof yes) != 0) fail("accept");
    for (;;) {
        if (recv(udp, packet, sizeof packet, MSG_DONTWAIT) < (ssize_t)sizeof(int64_t)) continue;
        memcpy(answer, packet, sizeof(int64_t));
        if (send(tcp, answer, sizeof answer, MSG_NOSIGNAL) != sizeof answer) return;
    }
}

static void send_one(void *side, const char *packet, int bytes)
{
    send(((struct client *)side)->udp, packet, (size_t)bytes, MSG_DONTWAIT);
}

static int64_t receive_one(void *side)
{
    struct client *c = side;
    int64_t number;
    ssize_t got = recv(c->tcp, c->answer + c->have, (size_t)(ANSWER_BYTES - c->have), MSG_DONTWAIT);
    if (got <= 0 || (c->have += (int)got) < ANSWER_BYTES) return -1;
    c->have = 0;
    memcpy(&number, c->answer, sizeof number);
    return number;
}

int main(int count, char **arguments)
{
    if (count != 10) {
        fprintf(stderr, "usage: udp_tcp_echo " ECHO_USAGE "\n");
        return 2;
    }

    struct echo e = read_echo(arguments + 1);
    struct sockaddr_in server = address_of(e.ip, e.port);
    pid_t child = start_server(serve, &e);
    take_place(e.client_namespace, e.client_core);
    struct client c = { .udp = udp_socket(NULL, &server), .tcp = socket(AF_INET, SOCK_STREAM, 0) };
    if (connect(c.tcp, (struct sockaddr *)&server, sizeof server) != 0) fail("connect tcp");
    ask(e.count, e.gap_us, e.bytes, send_one, receive_one, &c);
    stop_server(child);
    return 0;
}
