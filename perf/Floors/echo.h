/*
 * What the network echoes share: one process for each side, forked, each in a network namespace and on a core if one is named;
 * round trips in order, one at a time, at a steady gap; percentiles as lines of "key value".
 *
 * A side that spins shares no core with the other: with one core for both, every figure is the scheduler's.
 */
#include "floor.h"
#include <arpa/inet.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

enum { LOST_AFTER_NS = 200 * 1000 * 1000, LOST_IN_A_ROW_MAX = 40, WARM_UP_MAX = 2000, PACKET_BYTES_MAX = 1400 };

/* Namespace "-" and core -1: leave things as they are. */
static void take_place(const char *network_namespace, int core)
{
    if (strcmp(network_namespace, "-") != 0) {
        char path[256];
        snprintf(path, sizeof path, "/run/netns/%s", network_namespace);
        int file = open(path, O_RDONLY | O_CLOEXEC);
        if (file < 0 || setns(file, CLONE_NEWNET) != 0) fail(path);
        close(file);
    }

    if (core >= 0) pin(core);
}

static struct sockaddr_in address_of(const char *ip, int port)
{
    struct sockaddr_in address = { .sin_family = AF_INET, .sin_port = htons((uint16_t)port) };
    if (inet_pton(AF_INET, ip, &address.sin_addr) != 1) {
        fprintf(stderr, "%s is no IPv4 address\n", ip);
        exit(2);
    }
    return address;
}

static int udp_socket(const struct sockaddr_in *bind_to, const struct sockaddr_in *connect_to)
{
    int s = socket(AF_INET, SOCK_DGRAM | SOCK_CLOEXEC, 0), yes = 1;
    if (s < 0) fail("udp socket");
    setsockopt(s, SOL_SOCKET, SO_REUSEADDR, &yes, sizeof yes);
    if (bind_to && bind(s, (const struct sockaddr *)bind_to, sizeof *bind_to) != 0) fail("bind udp");
    if (connect_to && connect(s, (const struct sockaddr *)connect_to, sizeof *connect_to) != 0) fail("connect udp");
    return s;
}

static void spin_until(int64_t when)
{
    while (now_ns() < when) __builtin_ia32_pause();
}

/* The child serves until its parent ends; it says with one byte that it is ready. */
static pid_t start_server(void (*serve)(void *, int), void *arguments)
{
    int ready[2];
    char byte;
    if (pipe(ready) != 0) fail("pipe");
    pid_t child = fork();
    if (child < 0) fail("fork");
    if (child == 0) {
        prctl(PR_SET_PDEATHSIG, SIGKILL);
        close(ready[0]);
        serve(arguments, ready[1]);
        _exit(0);
    }

    close(ready[1]);
    if (read(ready[0], &byte, 1) != 1) exit(1);
    close(ready[0]);
    return child;
}

static void stop_server(pid_t child)
{
    kill(child, SIGKILL);
    waitpid(child, NULL, 0);
}

static void say_ready(int pipe_end)
{
    if (write(pipe_end, "r", 1) != 1) fail("ready");
}

/*
 * send_one sends the packet, receive_one gives the number of the answer that is there, or -1. The first tenth, at most WARM_UP_MAX, is not counted.
 */
static void ask(long count, long gap_us, int bytes, void (*send_one)(void *, const char *, int), int64_t (*receive_one)(void *), void *side)
{
    char packet[PACKET_BYTES_MAX] = { 0 };
    int64_t *took = malloc((size_t)count * sizeof *took), begun = 0, next = now_ns();
    long kept = 0, lost = 0, lost_in_a_row = 0, warm_up = count / 10 < WARM_UP_MAX ? count / 10 : WARM_UP_MAX;
    if (!took) fail("memory");
    for (int64_t number = 0; number < count + warm_up; number++) {
        if (number == warm_up) begun = now_ns();
        spin_until(next);
        memcpy(packet, &number, sizeof number);
        int64_t sent = now_ns(), answer, now;
        send_one(side, packet, bytes);
        do {
            answer = receive_one(side);
            now = now_ns();
        } while (answer != number && now - sent < LOST_AFTER_NS);
        if (answer != number) {
            lost++;
            if (++lost_in_a_row > LOST_IN_A_ROW_MAX) {
                fprintf(stderr, "no answers: are addresses, namespaces and neighbours right?\n");
                exit(1);
            }
        } else {
            lost_in_a_row = 0;
            if (number >= warm_up) took[kept++] = now - sent;
        }

        /* A late answer moves the schedule on: these are round trips one at a time, not an open loop. */
        next = next + gap_us * 1000 > now ? next + gap_us * 1000 : now;
    }

    int64_t total = now_ns() - begun;
    if (kept == 0) exit(1);
    qsort(took, (size_t)kept, sizeof *took, ascending);
    printf("count %ld\nlost %ld\ntotal_ns %lld\nmin_ns %lld\np50_ns %lld\np90_ns %lld\np99_ns %lld\np999_ns %lld\nmax_ns %lld\n", kept, lost, (long long)total, (long long)took[0],
        (long long)took[kept / 2], (long long)took[kept * 9 / 10], (long long)took[kept * 99 / 100], (long long)took[kept * 999 / 1000], (long long)took[kept - 1]);
    free(took);
}

/* The asking side over a connected UDP socket, whose number is at side. */
static inline void send_datagram(void *side, const char *packet, int bytes)
{
    send(*(int *)side, packet, (size_t)bytes, MSG_DONTWAIT);
}

static inline int64_t receive_datagram(void *side)
{
    char packet[2048];
    int64_t number;
    ssize_t got = recv(*(int *)side, packet, sizeof packet, MSG_DONTWAIT);
    if (got < (ssize_t)sizeof number) return -1;
    memcpy(&number, packet, sizeof number);
    return number;
}

/* Addresses of the frame's sender become those of its receiver; a UDP checksum of 0 says that there is none. */
static inline void turn_around(uint8_t *frame)
{
    uint8_t kept[6];
    memcpy(kept, frame, 6), memcpy(frame, frame + 6, 6), memcpy(frame + 6, kept, 6);
    memcpy(kept, frame + 26, 4), memcpy(frame + 26, frame + 30, 4), memcpy(frame + 30, kept, 4);
    memcpy(kept, frame + 34, 2), memcpy(frame + 34, frame + 36, 2), memcpy(frame + 36, kept, 2);
    frame[40] = frame[41] = 0;
}

struct echo {
    const char *ip, *server_namespace, *client_namespace;
    int port, bytes, server_core, client_core;
    long count, gap_us;
};

#define ECHO_USAGE "SERVER_IP PORT COUNT GAP_US BYTES SERVER_CORE CLIENT_CORE SERVER_NAMESPACE CLIENT_NAMESPACE"

/* Core -1: not pinned. Namespace -: that of the caller. */
static struct echo read_echo(char **arguments)
{
    struct echo e = {
        .ip = arguments[0], .port = atoi(arguments[1]), .count = atol(arguments[2]), .gap_us = atol(arguments[3]), .bytes = atoi(arguments[4]),
        .server_core = atoi(arguments[5]), .client_core = atoi(arguments[6]), .server_namespace = arguments[7], .client_namespace = arguments[8],
    };
    if (e.count < 10 || e.bytes < 8 || e.bytes > PACKET_BYTES_MAX || e.gap_us < 0) {
        fprintf(stderr, "COUNT is at least 10, BYTES 8 to %d\n", PACKET_BYTES_MAX);
        exit(2);
    }
    return e;
}
