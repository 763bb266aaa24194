/*
 * The floor of a ring with one producer and one consumer: slots of 64 bytes in a row, a sequence for each side on lines of its own, each side remembers what it
 * saw of the other, the consumer gives a batch back at once. No wait strategy but pause, no chaining, no several consumers.
 *
 * compile: gcc -O2 -pthread -o spsc_ring spsc_ring.c
 * usage:   spsc_ring EVENTS BATCH PRODUCER_CORE CONSUMER_CORE    BATCH events are published at once
 * prints:  events, total_ns, ns_per_event, a line each
 */
#include "floor.h"
#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>

enum { SLOTS = 1024, CONSUMER_BATCH_MAX = 256 };

struct slot { alignas(64) int64_t value; };
struct sequence { alignas(128) _Atomic int64_t value; char rest[120]; };

static struct slot slots[SLOTS];
static struct sequence published, consumed;
static int64_t events, batch, sum;

static void *consume(void *core)
{
    pin(*(int *)core);
    int64_t next = 0, added = 0;
    while (next < events) {
        int64_t available = atomic_load_explicit(&published.value, memory_order_acquire);
        if (available == next) {
            __builtin_ia32_pause();
            continue;
        }

        if (available - next > CONSUMER_BATCH_MAX) available = next + CONSUMER_BATCH_MAX;
        for (; next < available; next++) added += slots[next & (SLOTS - 1)].value;
        atomic_store_explicit(&consumed.value, next, memory_order_release);
    }

    sum = added;
    return NULL;
}

int main(int count, char **arguments)
{
    if (count != 5 || (events = atol(arguments[1])) < 1 || (batch = atol(arguments[2])) < 1 || batch > SLOTS || events % batch != 0) {
        fprintf(stderr, "usage: spsc_ring EVENTS BATCH PRODUCER_CORE CONSUMER_CORE, EVENTS a multiple of BATCH\n");
        return 2;
    }

    int producer = atoi(arguments[3]), consumer = atoi(arguments[4]);
    pthread_t other;
    pin(producer);
    if (pthread_create(&other, NULL, consume, &consumer) != 0) return 1;
    int64_t begun = now_ns(), seen = 0;
    for (int64_t next = 0; next < events; next += batch) {
        while (next + batch - seen > SLOTS) {
            seen = atomic_load_explicit(&consumed.value, memory_order_acquire);
            if (next + batch - seen > SLOTS) __builtin_ia32_pause();
        }

        for (int64_t i = next; i < next + batch; i++) slots[i & (SLOTS - 1)].value = i;
        atomic_store_explicit(&published.value, next + batch, memory_order_release);
    }

    pthread_join(other, NULL);
    int64_t took = now_ns() - begun;
    if (sum != events * (events - 1) / 2) {
        fprintf(stderr, "spsc_ring: the events add up to %lld\n", (long long)sum);
        return 1;
    }

    printf("events %lld\ntotal_ns %lld\nns_per_event %.4f\n", (long long)events, (long long)took, (double)took / (double)events);
    return 0;
}
