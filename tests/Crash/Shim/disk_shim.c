/*
 * Stands between a program and one file of its disk (LD_PRELOAD): records what is written and synced in the order it happened,
 * and breaks it where the environment says so. Not for several threads writing that file at once: the journal has one writer.
 *
 *   DISK_SHIM_FILE   the end of the path of the file that is watched, such as journal/data.mdb
 *   DISK_SHIM_MARK   the end of the path of a file whose writes are marks: recorded in the same order, so they tell what was promised when
 *   DISK_SHIM_LOG    where the record goes
 *   DISK_SHIM_FAULT  KIND:N   at the N-th write or sync of the watched file, counted from 1 once it was opened:
 *                    kill-write, kill-sync   SIGKILL before it is done
 *                    fail-write              ENOSPC, now and ever after
 *                    fail-sync               EIO once; a retry would succeed, as after a real failure
 *   DISK_SHIM_SKIP   1: syncs are neither done nor recorded, and O_DSYNC is ignored: the bug that must be noticed
 *
 * A record is a header of 32 bytes and, of a write or mark, its bytes. A write through an O_DSYNC descriptor counts as a sync too.
 */
#define _GNU_SOURCE
#include <errno.h>
#include <fcntl.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/syscall.h>
#include <sys/types.h>
#include <sys/uio.h>
#include <unistd.h>

enum kind { WRITE = 1, WRITE_DSYNC = 2, SYNC = 3, TRUNCATE = 4, ALLOCATE = 5, MARK = 6, FAULT = 7 };
enum watch { NOT_WATCHED = 0, WATCHED = 1, WATCHED_DSYNC = 2, MARKS = 3 };
enum { DESCRIPTORS_MAX = 4096 };

struct header { uint32_t kind; uint32_t reserved; int64_t offset; int64_t length; int64_t error; };

static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static unsigned char watched[DESCRIPTORS_MAX];
static int log_fd = -2, skip;
static const char *file_end, *mark_end;
static char fault[32];
static long fault_at, writes, syncs;

static void set_up(void)
{
    if (log_fd != -2) return;
    file_end = getenv("DISK_SHIM_FILE");
    mark_end = getenv("DISK_SHIM_MARK");
    skip = getenv("DISK_SHIM_SKIP") != NULL;
    const char *path = getenv("DISK_SHIM_LOG"), *wanted = getenv("DISK_SHIM_FAULT");
    if (wanted && strchr(wanted, ':') && strchr(wanted, ':') - wanted < (long)sizeof fault) {
        memcpy(fault, wanted, (size_t)(strchr(wanted, ':') - wanted));
        fault_at = atol(strchr(wanted, ':') + 1);
    }

    log_fd = path ? (int)syscall(SYS_openat, AT_FDCWD, path, O_WRONLY | O_CREAT | O_APPEND | O_CLOEXEC, 0644) : -1;
}

static int ends_with(const char *path, const char *end)
{
    size_t a = path ? strlen(path) : 0, b = end ? strlen(end) : 0;
    return b > 0 && a >= b && strcmp(path + a - b, end) == 0;
}

static void record(enum kind kind, const struct iovec *parts, int count, int64_t offset, int64_t length, int error)
{
    struct header h = { kind, 0, offset, length, error };
    if (log_fd < 0) return;
    if (syscall(SYS_write, log_fd, &h, sizeof h) != sizeof h) abort();
    for (int i = 0; i < count && length > 0; i++) {
        int64_t n = (int64_t)parts[i].iov_len < length ? (int64_t)parts[i].iov_len : length;
        if (syscall(SYS_write, log_fd, parts[i].iov_base, n) != n) abort();
        length -= n;
    }
}

static int is_fault(const char *kind, long at) { return fault_at > 0 && at == fault_at && strcmp(fault, kind) == 0; }

static enum watch watch_of(int fd) { return fd >= 0 && fd < DESCRIPTORS_MAX ? watched[fd] : NOT_WATCHED; }

static int is_watched_file(int fd) { return watch_of(fd) == WATCHED || watch_of(fd) == WATCHED_DSYNC; }

static void opened(int fd, const char *path, int flags)
{
    if (fd < 0 || fd >= DESCRIPTORS_MAX) return;
    set_up();
    int is_dsync = (flags & O_DSYNC) && !skip;
    watched[fd] = ends_with(path, file_end) && (flags & O_ACCMODE) != O_RDONLY ? (is_dsync ? WATCHED_DSYNC : WATCHED)
        : ends_with(path, mark_end) ? MARKS : NOT_WATCHED;
}

/* Returns -1 with errno set when the write is to fail. */
static int before_write(void)
{
    writes++;
    if (is_fault("kill-write", writes)) kill(getpid(), SIGKILL);
    if (fault_at > 0 && writes >= fault_at && strcmp(fault, "fail-write") == 0) {
        record(FAULT, NULL, 0, 0, 0, ENOSPC);
        errno = ENOSPC;
        return -1;
    }

    return 0;
}

static int before_sync(void)
{
    syncs++;
    if (is_fault("kill-sync", syncs)) kill(getpid(), SIGKILL);
    if (is_fault("fail-sync", syncs)) {
        record(FAULT, NULL, 0, 0, 0, EIO);
        errno = EIO;
        return -1;
    }

    return 0;
}

static ssize_t watched_write(int fd, const struct iovec *parts, int count, int64_t offset, int is_positioned)
{
    enum watch watch = watch_of(fd);
    pthread_mutex_lock(&lock);
    ssize_t done = -1;
    int64_t at = is_positioned ? offset : lseek(fd, 0, SEEK_CUR);
    if (watch == MARKS || (before_write() == 0 && (watch != WATCHED_DSYNC || before_sync() == 0))) {
        done = is_positioned ? syscall(SYS_pwritev, fd, parts, count, offset, offset >> 32 >> 32) : syscall(SYS_writev, fd, parts, count);
        if (done > 0) record(watch == MARKS ? MARK : watch == WATCHED_DSYNC ? WRITE_DSYNC : WRITE, parts, count, at, done, 0);
    }

    pthread_mutex_unlock(&lock);
    return done;
}

static int watched_sync(int fd, long call)
{
    if (skip) return 0;
    pthread_mutex_lock(&lock);
    int status = before_sync() ? -1 : (int)syscall(call, fd);
    if (status == 0) record(SYNC, NULL, 0, 0, 0, 0);
    pthread_mutex_unlock(&lock);
    return status;
}

#define MODE_OF(flags) \
    mode_t mode = 0; \
    if ((flags) & (O_CREAT | O_TMPFILE)) { \
        va_list rest; \
        va_start(rest, flags); \
        mode = va_arg(rest, mode_t); \
        va_end(rest); \
    }

static int open_at(int folder, const char *path, int flags, mode_t mode)
{
    int fd = (int)syscall(SYS_openat, folder, path, flags, mode);
    opened(fd, path, flags);
    return fd;
}

int open(const char *path, int flags, ...) { MODE_OF(flags) return open_at(AT_FDCWD, path, flags, mode); }
int open64(const char *path, int flags, ...) { MODE_OF(flags) return open_at(AT_FDCWD, path, flags, mode); }
int openat(int folder, const char *path, int flags, ...) { MODE_OF(flags) return open_at(folder, path, flags, mode); }
int openat64(int folder, const char *path, int flags, ...) { MODE_OF(flags) return open_at(folder, path, flags, mode); }

int close(int fd)
{
    if (fd >= 0 && fd < DESCRIPTORS_MAX) watched[fd] = NOT_WATCHED;
    return (int)syscall(SYS_close, fd);
}

ssize_t write(int fd, const void *bytes, size_t length)
{
    struct iovec part = { (void *)bytes, length };
    return watch_of(fd) == NOT_WATCHED ? syscall(SYS_write, fd, bytes, length) : watched_write(fd, &part, 1, 0, 0);
}

ssize_t writev(int fd, const struct iovec *parts, int count)
{
    return watch_of(fd) == NOT_WATCHED ? syscall(SYS_writev, fd, parts, count) : watched_write(fd, parts, count, 0, 0);
}

ssize_t pwrite(int fd, const void *bytes, size_t length, off_t offset)
{
    struct iovec part = { (void *)bytes, length };
    return watch_of(fd) == NOT_WATCHED ? syscall(SYS_pwrite64, fd, bytes, length, offset) : watched_write(fd, &part, 1, offset, 1);
}

ssize_t pwrite64(int fd, const void *bytes, size_t length, off_t offset) { return pwrite(fd, bytes, length, offset); }

ssize_t pwritev(int fd, const struct iovec *parts, int count, off_t offset)
{
    return watch_of(fd) == NOT_WATCHED ? syscall(SYS_pwritev, fd, parts, count, offset, 0) : watched_write(fd, parts, count, offset, 1);
}

ssize_t pwritev64(int fd, const struct iovec *parts, int count, off_t offset) { return pwritev(fd, parts, count, offset); }

int fsync(int fd) { return watch_of(fd) == NOT_WATCHED ? (int)syscall(SYS_fsync, fd) : watched_sync(fd, SYS_fsync); }
int fdatasync(int fd) { return watch_of(fd) == NOT_WATCHED ? (int)syscall(SYS_fdatasync, fd) : watched_sync(fd, SYS_fdatasync); }

/* LMDB writes through descriptors; a map that is written would pass by this record, so it is named in it. */
void *mmap(void *at, size_t length, int protection, int flags, int fd, off_t offset)
{
    if (is_watched_file(fd) && (protection & PROT_WRITE) && (flags & MAP_SHARED)) record(FAULT, NULL, 0, 0, 0, ENOTSUP);
    return (void *)syscall(SYS_mmap, at, length, protection, flags, fd, offset);
}

void *mmap64(void *at, size_t length, int protection, int flags, int fd, off_t offset) { return mmap(at, length, protection, flags, fd, offset); }

int ftruncate(int fd, off_t length)
{
    int status = (int)syscall(SYS_ftruncate, fd, length);
    if (status == 0 && is_watched_file(fd)) record(TRUNCATE, NULL, 0, length, 0, 0);
    return status;
}

int ftruncate64(int fd, off_t length) { return ftruncate(fd, length); }

int fallocate(int fd, int mode, off_t offset, off_t length)
{
    int status = (int)syscall(SYS_fallocate, fd, mode, offset, length);
    if (status == 0 && is_watched_file(fd)) record(ALLOCATE, NULL, 0, mode, 0, 0);
    return status;
}

int fallocate64(int fd, int mode, off_t offset, off_t length) { return fallocate(fd, mode, offset, length); }
