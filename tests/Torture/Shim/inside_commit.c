/* Preloaded into the engine: ends it inside LMDB's commit, where no test point in the engine's own code can reach.
 *   TORTURE_DIE_AFTER_SYNCS=N  after the n-th fdatasync: the data pages are on the disk, the page that makes them valid is not written
 *   TORTURE_DIE_AFTER_METAS=N  after the n-th write to a descriptor that syncs by itself: that page is written, nothing else knows of it */
#define _GNU_SOURCE
#include <fcntl.h>
#include <signal.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/syscall.h>
#include <unistd.h>

static atomic_int syncs, metas;

static void pass(atomic_int *passes, const char *variable)
{
    const char *die_after = getenv(variable);
    if (die_after && atomic_fetch_add(passes, 1) + 1 == atoi(die_after)) kill(getpid(), SIGKILL);
}

int fdatasync(int fd)
{
    int result = (int)syscall(SYS_fdatasync, fd);
    pass(&syncs, "TORTURE_DIE_AFTER_SYNCS");
    return result;
}

ssize_t pwrite(int fd, const void *bytes, size_t count, off_t at)
{
    ssize_t result = syscall(SYS_pwrite64, fd, bytes, count, at);
    if (fcntl(fd, F_GETFL) & O_DSYNC) pass(&metas, "TORTURE_DIE_AFTER_METAS");
    return result;
}

ssize_t pwrite64(int fd, const void *bytes, size_t count, off_t at) { return pwrite(fd, bytes, count, at); }
