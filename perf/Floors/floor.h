/* What the floors share: the clock, a core, the order of samples, a file in memory. Whatever cannot be done ends the program with its reason and status 1. */
#ifndef _GNU_SOURCE
#define _GNU_SOURCE
#endif
#include <sched.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

static inline int64_t now_ns(void)
{
    struct timespec t;
    clock_gettime(CLOCK_MONOTONIC, &t);
    return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static inline void fail(const char *what)
{
    perror(what);
    exit(1);
}

/* The calling thread alone. */
static inline void pin(int core)
{
    cpu_set_t mask;
    CPU_ZERO(&mask);
    CPU_SET(core, &mask);
    if (sched_setaffinity(0, sizeof mask, &mask) != 0) fail("pin to core");
}

/* Numbers as the wire has them: big-endian, at any address. */
static inline uint64_t u16(const uint8_t *p) { uint16_t v; memcpy(&v, p, sizeof v); return __builtin_bswap16(v); }
static inline uint32_t u32(const uint8_t *p) { uint32_t v; memcpy(&v, p, sizeof v); return __builtin_bswap32(v); }
static inline uint64_t u64(const uint8_t *p) { uint64_t v; memcpy(&v, p, sizeof v); return __builtin_bswap64(v); }
static inline void put32(uint8_t *p, uint32_t v) { v = __builtin_bswap32(v); memcpy(p, &v, sizeof v); }
static inline void put64(uint8_t *p, uint64_t v) { v = __builtin_bswap64(v); memcpy(p, &v, sizeof v); }

/* For qsort over int64_t. */
static inline int ascending(const void *a, const void *b)
{
    int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
    return (x > y) - (x < y);
}

/* The whole file; the caller's until the program ends. */
static inline uint8_t *read_file(const char *path, long *bytes)
{
    FILE *file = fopen(path, "rb");
    if (file == NULL) fail(path);
    fseek(file, 0, SEEK_END);
    *bytes = ftell(file);
    rewind(file);
    uint8_t *data = malloc((size_t)*bytes);
    if (data == NULL || fread(data, 1, (size_t)*bytes, file) != (size_t)*bytes) fail("read");
    fclose(file);
    return data;
}
