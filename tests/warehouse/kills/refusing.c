/* A disk that refuses, or a process that ends, at one call of those that change files in a folder.

Preloaded. `refusing_begin` arms it: calls on what lies under the folder are counted over all
threads, and at the one with the given number the process is killed ('k'), killed with what was
last written to each file and not synced torn ('t'), or refused: once with EIO ('e'), or from then
on with ENOSPC ('f', but what makes nothing larger goes on). The number 0 only counts. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/sendfile.h>
#include <sys/stat.h>
#include <sys/uio.h>
#include <unistd.h>

#define REAL(name) ((typeof(&name))dlsym(RTLD_NEXT, #name))

enum { FILES = 512 };
static struct { char path[PATH_MAX]; off_t from; size_t length; } unsynced[FILES];
static pthread_mutex_t lock = PTHREAD_MUTEX_INITIALIZER;
static char folder[PATH_MAX], last[PATH_MAX + 32];
static long calls, wanted;
static char mode;

void refusing_begin(const char *under, long number, char how) {
    strcpy(folder, under);
    wanted = number;
    mode = how;
    calls = 0;
}

long refusing_end(void) {
    folder[0] = 0;
    return calls;
}

const char *refusing_last(void) { return last; }

static int inside(const char *path) {
    return folder[0] && !strncmp(path, folder, strlen(folder));
}

static int named(int fd, char *path) {
    char link[32];
    ssize_t length;
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    length = readlink(link, path, PATH_MAX - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return inside(path);
}

static void full(int at, const char *path, char *whole) {
    char place[PATH_MAX], link[32];
    ssize_t length;
    if (path[0] == '/') { snprintf(whole, PATH_MAX, "%s", path); return; }
    if (at == AT_FDCWD) { if (!getcwd(place, sizeof place)) place[0] = 0; }
    else {
        snprintf(link, sizeof link, "/proc/self/fd/%d", at);
        length = readlink(link, place, sizeof place - 1);
        place[length < 0 ? 0 : length] = 0;
    }
    if (snprintf(whole, PATH_MAX, "%s/%s", place, path) >= PATH_MAX) whole[0] = 0;
}

static void tear(void) {
    for (int i = 0; i < FILES; i++) {
        if (!unsynced[i].path[0]) continue;
        int fd = REAL(open)(unsynced[i].path, O_WRONLY);
        if (fd < 0) continue;
        size_t half = unsynced[i].length / 2, rest = unsynced[i].length - half;
        char *zeros = calloc(1, rest);
        if (zeros && REAL(pwrite)(fd, zeros, rest, unsynced[i].from + half) < 0) continue;
    }
}

/* Whether the call is to be refused, with errno set. `grows`: what a full disk refuses. */
static int refused(const char *call, const char *path, int grows) {
    pthread_mutex_lock(&lock);
    long now = ++calls;
    if (now == wanted) snprintf(last, sizeof last, "%s %s", call, path + strlen(folder));
    if (now == wanted && (mode == 'k' || mode == 't')) {
        if (mode == 't') tear();
        raise(SIGKILL);
        for (;;) pause();
    }
    pthread_mutex_unlock(&lock);
    if (wanted && now == wanted && mode == 'e') { errno = EIO; return 1; }
    if (wanted && now >= wanted && mode == 'f' && grows) { errno = ENOSPC; return 1; }
    return 0;
}

static void wrote(const char *path, off_t from, ssize_t length) {
    int free_one = -1;
    if (length <= 0) return;
    pthread_mutex_lock(&lock);
    for (int i = 0; i < FILES; i++) {
        if (!unsynced[i].path[0]) { if (free_one < 0) free_one = i; continue; }
        if (!strcmp(unsynced[i].path, path)) { free_one = i; break; }
    }
    if (free_one >= 0) {
        strcpy(unsynced[free_one].path, path);
        unsynced[free_one].from = from;
        unsynced[free_one].length = length;
    }
    pthread_mutex_unlock(&lock);
}

static void synced(const char *path) {
    pthread_mutex_lock(&lock);
    for (int i = 0; i < FILES; i++) if (!strcmp(unsynced[i].path, path)) unsynced[i].path[0] = 0;
    pthread_mutex_unlock(&lock);
}

static void moved(const char *path, const char *to) {
    synced(to);
    pthread_mutex_lock(&lock);
    for (int i = 0; i < FILES; i++) if (!strcmp(unsynced[i].path, path)) strcpy(unsynced[i].path, to);
    pthread_mutex_unlock(&lock);
}

static int opening(int at, const char *path, int flags) {
    char whole[PATH_MAX];
    if (!folder[0] || !(flags & (O_CREAT | O_TRUNC))) return 0;
    full(at, path, whole);
    return inside(whole) && refused("open", whole, flags & O_CREAT);
}

#define OPEN(name)                                                                         \
    int name(const char *path, int flags, ...) {                                           \
        mode_t bits = 0;                                                                   \
        if (flags & (O_CREAT | O_TMPFILE)) {                                               \
            va_list more; va_start(more, flags); bits = va_arg(more, mode_t); va_end(more); \
        }                                                                                  \
        return opening(AT_FDCWD, path, flags) ? -1 : REAL(name)(path, flags, bits);        \
    }
OPEN(open)
OPEN(open64)

#define OPENAT(name)                                                                       \
    int name(int at, const char *path, int flags, ...) {                                   \
        mode_t bits = 0;                                                                   \
        if (flags & (O_CREAT | O_TMPFILE)) {                                               \
            va_list more; va_start(more, flags); bits = va_arg(more, mode_t); va_end(more); \
        }                                                                                  \
        return opening(at, path, flags) ? -1 : REAL(name)(at, path, flags, bits);          \
    }
OPENAT(openat)
OPENAT(openat64)

#define BY_PATH(name, grows, parameters, at, path, ...)                     \
    int name parameters {                                                   \
        char whole[PATH_MAX];                                               \
        if (folder[0]) {                                                    \
            full(at, path, whole);                                          \
            if (inside(whole) && refused(#name, whole, grows)) return -1;   \
        }                                                                   \
        return REAL(name)(__VA_ARGS__);                                     \
    }
BY_PATH(unlink, 0, (const char *path), AT_FDCWD, path, path)
BY_PATH(unlinkat, 0, (int at, const char *path, int flags), at, path, at, path, flags)
BY_PATH(remove, 0, (const char *path), AT_FDCWD, path, path)
BY_PATH(rmdir, 0, (const char *path), AT_FDCWD, path, path)
BY_PATH(mkdir, 1, (const char *path, mode_t bits), AT_FDCWD, path, path, bits)
BY_PATH(mkdirat, 1, (int at, const char *path, mode_t bits), at, path, at, path, bits)
BY_PATH(truncate, 0, (const char *path, off_t length), AT_FDCWD, path, path, length)
BY_PATH(link, 1, (const char *from, const char *path), AT_FDCWD, path, from, path)

int rename(const char *from, const char *to) {
    char a[PATH_MAX], b[PATH_MAX];
    int done;
    if (!folder[0]) return REAL(rename)(from, to);
    full(AT_FDCWD, from, a);
    full(AT_FDCWD, to, b);
    if ((inside(a) || inside(b)) && refused("rename", b, 1)) return -1;
    done = REAL(rename)(from, to);
    if (!done) moved(a, b);
    return done;
}

int renameat(int at, const char *from, int to_at, const char *to) {
    char a[PATH_MAX], b[PATH_MAX];
    int done;
    if (!folder[0]) return REAL(renameat)(at, from, to_at, to);
    full(at, from, a);
    full(to_at, to, b);
    if ((inside(a) || inside(b)) && refused("rename", b, 1)) return -1;
    done = REAL(renameat)(at, from, to_at, to);
    if (!done) moved(a, b);
    return done;
}

#define BY_FILE(name, grows, parameters, fd, ...)                             \
    int name parameters {                                                     \
        char path[PATH_MAX];                                                  \
        if (named(fd, path) && refused(#name, path, grows)) return -1;        \
        return REAL(name)(__VA_ARGS__);                                       \
    }
BY_FILE(ftruncate, 0, (int fd, off_t length), fd, fd, length)
BY_FILE(ftruncate64, 0, (int fd, off64_t length), fd, fd, length)
BY_FILE(fallocate, 1, (int fd, int flags, off_t from, off_t length), fd, fd, flags, from, length)

#define SYNC(name)                                                    \
    int name(int fd) {                                                \
        char path[PATH_MAX];                                          \
        int done;                                                     \
        if (!named(fd, path)) return REAL(name)(fd);                  \
        if (refused(#name, path, 1)) return -1;                       \
        done = REAL(name)(fd);                                        \
        if (!done) synced(path);                                   \
        return done;                                                  \
    }
SYNC(fsync)
SYNC(fdatasync)

#define WRITE(name, parameters, fd, from, ...)                           \
    ssize_t name parameters {                                            \
        char path[PATH_MAX];                                             \
        ssize_t done;                                                    \
        off_t place;                                                     \
        if (!named(fd, path)) return REAL(name)(__VA_ARGS__);            \
        if (refused(#name, path, 1)) return -1;                          \
        place = from;                                                    \
        done = REAL(name)(__VA_ARGS__);                                  \
        wrote(path, place, done);                                        \
        return done;                                                     \
    }
WRITE(write, (int fd, const void *data, size_t length), fd, lseek(fd, 0, SEEK_CUR), fd, data, length)
WRITE(writev, (int fd, const struct iovec *data, int many), fd, lseek(fd, 0, SEEK_CUR), fd, data, many)
WRITE(pwrite, (int fd, const void *data, size_t length, off_t at), fd, at, fd, data, length, at)
WRITE(pwrite64, (int fd, const void *data, size_t length, off64_t at), fd, at, fd, data, length, at)
WRITE(sendfile, (int fd, int in, off_t *at, size_t length), fd, lseek(fd, 0, SEEK_CUR), fd, in, at, length)
WRITE(sendfile64, (int fd, int in, off64_t *at, size_t length), fd, lseek(fd, 0, SEEK_CUR), fd, in, at, length)
WRITE(copy_file_range, (int in, off64_t *from, int fd, off64_t *at, size_t length, unsigned flags), fd, lseek(fd, 0, SEEK_CUR), in, from, fd, at, length, flags)
