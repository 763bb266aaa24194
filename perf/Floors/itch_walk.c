/*
 * The floor of the ITCH codec: a file of messages, each behind its two bytes of length, walked again and again.
 *   walk   only the frames: type and length of each are added up
 *   add    every field of Add Orders, after type and length were checked
 *   mixed  every field of the eight kinds A F E C X D U P, one switch a message
 * All values read are added up and the sum printed, so that no load is dead and the other side can compare.
 *
 * compile: gcc -O3 -march=x86-64-v3 -o itch_walk itch_walk.c
 * usage:   itch_walk walk|add|mixed FILE ROUNDS CORE
 * prints:  messages, ns_per_message, sum (its low 32 bits), a line each
 */
#include "floor.h"

/* Locate, tracking number and 48 bits of time. */
static uint64_t header(const uint8_t *m)
{
    uint64_t both = u64(m + 3);
    return u16(m + 1) + (both >> 48) + (both & 0xFFFFFFFFFFFF);
}

static uint64_t add_order(const uint8_t *m) { return header(m) + u64(m + 11) + m[19] + u32(m + 20) + u64(m + 24) + u32(m + 32); }

static uint64_t walk(const uint8_t *at, const uint8_t *end)
{
    uint64_t sum = 0;
    while (end - at >= 2) {
        uint64_t length = u16(at);
        if ((uint64_t)(end - at) < 2 + length || length == 0) break;
        sum += at[2] + length;
        at += 2 + length;
    }

    return sum;
}

static uint64_t adds(const uint8_t *at, const uint8_t *end)
{
    uint64_t sum = 0;
    while (end - at >= 2) {
        uint64_t length = u16(at);
        if ((uint64_t)(end - at) < 2 + length || length == 0) break;
        if (at[2] == 'A' && length == 36) sum += add_order(at + 2);
        at += 2 + length;
    }

    return sum;
}

static uint64_t mixed(const uint8_t *at, const uint8_t *end)
{
    uint64_t sum = 0;
    while (end - at >= 2) {
        uint64_t length = u16(at);
        if ((uint64_t)(end - at) < 2 + length || length == 0) break;
        const uint8_t *m = at + 2;
        switch (m[0]) {
        case 'A': if (length == 36) sum += add_order(m); break;
        case 'F': if (length == 40) sum += add_order(m) + u32(m + 36); break;
        case 'E': if (length == 31) sum += header(m) + u64(m + 11) + u32(m + 19) + u64(m + 23); break;
        case 'C': if (length == 36) sum += header(m) + u64(m + 11) + u32(m + 19) + u64(m + 23) + m[31] + u32(m + 32); break;
        case 'X': if (length == 23) sum += header(m) + u64(m + 11) + u32(m + 19); break;
        case 'D': if (length == 19) sum += header(m) + u64(m + 11); break;
        case 'U': if (length == 35) sum += header(m) + u64(m + 11) + u64(m + 19) + u32(m + 27) + u32(m + 31); break;
        case 'P': if (length == 44) sum += add_order(m) + u64(m + 36); break;
        default: break;
        }

        at += 2 + length;
    }

    return sum;
}

int main(int count, char **arguments)
{
    long rounds = count == 5 ? atol(arguments[3]) : 0;
    uint64_t (*work)(const uint8_t *, const uint8_t *) = count != 5 ? NULL
        : strcmp(arguments[1], "walk") == 0 ? walk : strcmp(arguments[1], "add") == 0 ? adds : strcmp(arguments[1], "mixed") == 0 ? mixed : NULL;
    if (work == NULL || rounds < 1) {
        fprintf(stderr, "usage: itch_walk walk|add|mixed FILE ROUNDS CORE\n");
        return 2;
    }

    long bytes;
    uint8_t *data = read_file(arguments[2], &bytes);
    pin(atoi(arguments[4]));

    long messages = 0;
    for (const uint8_t *at = data; data + bytes - at >= 2; at += 2 + u16(at)) messages++;
    volatile uint64_t warm_up = work(data, data + bytes);
    (void)warm_up;
    uint64_t sum = 0;
    int64_t begun = now_ns();
    for (long round = 0; round < rounds; round++) {
        sum += work(data, data + bytes);
        /* Each round reads the bytes anew. */
        __asm__ volatile("" : : "r"(data) : "memory");
    }

    int64_t took = now_ns() - begun;
    printf("messages %ld\nns_per_message %.5f\nsum %u\n", messages, (double)took / ((double)messages * (double)rounds), (uint32_t)sum);
    return 0;
}
