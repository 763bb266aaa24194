/*
 * How long something that arrives at a random moment waits for a core that does nothing but look: the time that interrupts, the kernel and other machines on the host
 * take from it. No program on this core can have a smaller percentile of its latency.
 * A gap is two looks at the clock 1 us and more apart. An arrival within it waits for the rest of it.
 *
 * compile: gcc -O2 -o stolen stolen.c
 * usage:   stolen MILLISECONDS CORE
 * prints:  gaps, long_gaps (10 us and more), stolen_ppm (of the time), p99_ns, p999_ns, max_ns, a line each
 */
#include "floor.h"

enum { GAP_MIN_NS = 1000, LONG_GAP_MIN_NS = 10000, GAPS_MAX = 1 << 20 };

static int64_t gaps[GAPS_MAX];
static long count;

/* The wait that a share of all arrivals exceeds: of each gap, all but its last so many ns lie before it. */
static int64_t exceeded_by(double share, int64_t total)
{
    int64_t low = 0, high = total;
    while (low < high) {
        int64_t middle = low + (high - low) / 2;
        double beyond = 0;
        for (long i = 0; i < count; i++) beyond += gaps[i] > middle ? (double)(gaps[i] - middle) : 0;
        if (beyond > share * (double)total) low = middle + 1;
        else high = middle;
    }

    return low;
}

int main(int argument_count, char **arguments)
{
    int64_t length = argument_count == 3 ? atol(arguments[1]) * 1000000 : 0, most = 0, stolen = 0, long_gaps = 0;
    if (length <= 0) {
        fprintf(stderr, "usage: stolen MILLISECONDS CORE\n");
        return 2;
    }

    pin(atoi(arguments[2]));
    int64_t begun = now_ns(), last = begun;
    while (last - begun < length && count < GAPS_MAX) {
        int64_t now = now_ns(), gap = now - last;
        if (gap >= GAP_MIN_NS) {
            gaps[count++] = gap;
            stolen += gap;
            if (gap >= LONG_GAP_MIN_NS) long_gaps++;
            if (gap > most) most = gap;
        }
        last = now;
    }

    int64_t total = last - begun;
    printf("gaps %ld\nlong_gaps %lld\nstolen_ppm %.0f\np99_ns %lld\np999_ns %lld\nmax_ns %lld\n", count, (long long)long_gaps, (double)stolen / (double)total * 1e6, (long long)exceeded_by(0.01, total), (long long)exceeded_by(0.001, total), (long long)most);
    return 0;
}
