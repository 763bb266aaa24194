/*
 * The floor of a datagram's round trip over kernel sockets: one side sends, the other answers, both spin on recv without waiting.
 * Measured: from before the send to after the receive of the answer with the same number, by the asking side's clock.
 *
 * compile: gcc -O2 -o udp_echo udp_echo.c
 * usage:   udp_echo SERVER_IP PORT COUNT GAP_US BYTES SERVER_CORE CLIENT_CORE SERVER_NAMESPACE CLIENT_NAMESPACE
 *          core -1: not pinned; namespace -: the caller's. Only the asking side: udp_echo ask SERVER_IP ... (the same list)
 *          The asking side's port is PORT + 1, so that a server can know it beforehand.
 * prints:  count, lost, total_ns, min_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns, a line each
 */
#include "echo.h"

static void serve(void *arguments, int ready)
{
    struct echo *e = arguments;
    char packet[2048];
    struct sockaddr_in own = address_of(e->ip, e->port), from;
    take_place(e->server_namespace, e->server_core);
    int s = udp_socket(&own, NULL);
    say_ready(ready);
    for (;;) {
        socklen_t length = sizeof from;
        ssize_t got = recvfrom(s, packet, sizeof packet, MSG_DONTWAIT, (struct sockaddr *)&from, &length);
        if (got > 0) sendto(s, packet, (size_t)got, MSG_DONTWAIT, (struct sockaddr *)&from, length);
    }
}

int main(int count, char **arguments)
{
    int only_ask = count == 11 && strcmp(arguments[1], "ask") == 0;
    if (count != 10 && !only_ask) {
        fprintf(stderr, "usage: udp_echo [ask] " ECHO_USAGE "\n");
        return 2;
    }

    struct echo e = read_echo(arguments + 1 + only_ask);
    struct sockaddr_in server = address_of(e.ip, e.port);
    pid_t child = only_ask ? 0 : start_server(serve, &e);
    take_place(e.client_namespace, e.client_core);
    struct sockaddr_in own = { .sin_family = AF_INET, .sin_port = htons((uint16_t)(e.port + 1)) };
    int s = udp_socket(&own, &server);
    ask(e.count, e.gap_us, e.bytes, send_datagram, receive_datagram, &s);
    if (child) stop_server(child);
    return 0;
}
