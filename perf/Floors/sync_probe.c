/*
 * What the disk itself takes: one record of 256 bytes written to a file that has its blocks already, and one fdatasync.
 *
 * usage: sync_probe FILE COUNT    prints: count, ns of all, p50 of one in ns
 */
#include "floor.h"
#include <fcntl.h>
#include <string.h>
#include <unistd.h>

enum { RECORD_BYTES = 256, PAGE_BYTES = 4096 };

int main(int count, char **arguments)
{
    if (count != 3) {
        fprintf(stderr, "usage: sync_probe FILE COUNT\n");
        return 2;
    }

    long syncs = atol(arguments[2]);
    int file = open(arguments[1], O_RDWR | O_CREAT | O_TRUNC, 0644);
    if (file < 0) fail("open");
    /* Written and not only allocated: turning an unwritten extent into a written one is a change of the file system's own data. */
    char zeros[PAGE_BYTES] = { 0 }, record[RECORD_BYTES];
    for (long at = 0; at < syncs * RECORD_BYTES; at += PAGE_BYTES)
        if (write(file, zeros, sizeof zeros) != sizeof zeros) fail("write");
    if (fsync(file)) fail("fsync");

    memset(record, 1, sizeof record);
    int64_t *took = malloc((size_t)syncs * sizeof *took), begun = now_ns(), last = begun;
    for (long i = 0; i < syncs; i++) {
        if (pwrite(file, record, sizeof record, i * RECORD_BYTES) != sizeof record) fail("pwrite");
        if (fdatasync(file)) fail("fdatasync");
        int64_t now = now_ns();
        took[i] = now - last;
        last = now;
    }

    qsort(took, (size_t)syncs, sizeof *took, ascending);
    printf("%ld %lld %lld\n", syncs, (long long)(last - begun), (long long)took[syncs / 2]);
    return 0;
}
