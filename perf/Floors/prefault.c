/*
 * The floor of a start: a program that does nothing but take its memory, huge pages asked for, touch every page, and say when it was done.
 * What lies between this and the engine's first poll is the runtime, the settings, the journal's open, the universe and the sockets.
 *
 * compile: gcc -O2 -o prefault prefault.c
 * usage:   prefault BYTES
 * prints:  done_ns (CLOCK_MONOTONIC), rss_kb, a line each
 */
#define _GNU_SOURCE
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <time.h>

enum { PAGE = 4096 };

int main(int count, char **arguments)
{
    long bytes = count == 2 ? atol(arguments[1]) : 0;
    if (bytes < PAGE) {
        fprintf(stderr, "usage: prefault BYTES\n");
        return 2;
    }

    volatile char *memory = mmap(NULL, (size_t)bytes, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
    if (memory == MAP_FAILED) { perror("mmap"); return 1; }
    madvise((void *)memory, (size_t)bytes, MADV_HUGEPAGE);
    for (long at = 0; at < bytes; at += PAGE) memory[at] = 0;
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    struct rusage used;
    getrusage(RUSAGE_SELF, &used);
    printf("done_ns %lld\nrss_kb %ld\n", (long long)t.tv_sec * 1000000000 + t.tv_nsec, used.ru_maxrss);
    return 0;
}
