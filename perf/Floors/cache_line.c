/*
 * The floor of a hop between two cores: the round trip of a value through two cache lines. One thread writes line A and waits for line B, the other
 * waits for A and answers in B; both spin. A ring that hands one event over and one back can at best do this.
 * The host may move its cores: the same pair is "near" or "far" from one second to the next, so this runs beside every figure.
 *
 * compile: gcc -O2 -pthread -o cache_line cache_line.c
 * usage:   cache_line ROUNDS CORE_A CORE_B
 * prints:  count, total_ns, min_ns, p50_ns, p90_ns, p99_ns, p999_ns, max_ns, a line each; one round trip in ns
 */
#include "floor.h"
#include <pthread.h>
#include <stdalign.h>
#include <stdatomic.h>

enum { WARM_UP = 20000 };

static struct { alignas(128) _Atomic int64_t value; char rest[120]; } there, back;
static long rounds;

static void *answer(void *core)
{
    pin(*(int *)core);
    for (int64_t i = 1; i <= rounds + WARM_UP; i++) {
        while (atomic_load_explicit(&there.value, memory_order_acquire) != i) __builtin_ia32_pause();
        atomic_store_explicit(&back.value, i, memory_order_release);
    }

    return NULL;
}

int main(int count, char **arguments)
{
    if (count != 4 || (rounds = atol(arguments[1])) < 1000) {
        fprintf(stderr, "usage: cache_line ROUNDS CORE_A CORE_B, 1000 rounds at least\n");
        return 2;
    }

    int asking = atoi(arguments[2]), answering = atoi(arguments[3]);
    int64_t *took = malloc((size_t)rounds * sizeof *took), total = 0;
    pthread_t other;
    pin(asking);
    if (pthread_create(&other, NULL, answer, &answering) != 0) return 1;
    int64_t last = now_ns();
    for (int64_t i = 1; i <= rounds + WARM_UP; i++) {
        atomic_store_explicit(&there.value, i, memory_order_release);
        while (atomic_load_explicit(&back.value, memory_order_acquire) != i) __builtin_ia32_pause();
        int64_t now = now_ns();
        if (i > WARM_UP) {
            took[i - WARM_UP - 1] = now - last;
            total += now - last;
        }

        last = now;
    }

    pthread_join(other, NULL);
    qsort(took, (size_t)rounds, sizeof *took, ascending);
    printf("count %ld\ntotal_ns %lld\nmin_ns %lld\np50_ns %lld\np90_ns %lld\np99_ns %lld\np999_ns %lld\nmax_ns %lld\n", rounds, (long long)total,
        (long long)took[0], (long long)took[rounds / 2], (long long)took[rounds * 9 / 10], (long long)took[rounds * 99 / 100],
        (long long)took[rounds * 999 / 1000], (long long)took[rounds - 1]);
    return 0;
}
