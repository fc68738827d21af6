/* A disk that refuses, or a process that is stopped, at the calls that change files in a folder.

Preloaded. `refusing_begin` arms it: calls on what lies under the folder are counted over all
threads. From the one with the given number on all that would make something larger is refused with
ENOSPC ('f'), or everything with EROFS ('r'), or that one alone with EIO ('e'). With 'w' each call
waits, and all threads that would make one, until whoever watches has seen what lies there, and
answered; a file tells what has been written last to each file and is not synced. */

#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <pthread.h>
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
static char folder[PATH_MAX];
static long calls, wanted;
static int ask, answer, list;
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

void refusing_watched(int asking, int answering, int listing) {
    ask = asking;
    answer = answering;
    list = listing;
}

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

static void wait_until_seen(void) {
    char line[PATH_MAX + 64], seen;
    if (REAL(ftruncate)(list, 0)) abort();
    for (int i = 0; i < FILES; i++) {
        if (!unsynced[i].path[0]) continue;
        int length = snprintf(line, sizeof line, "%ld %ld %s\n", (long)unsynced[i].from,
                              (long)unsynced[i].length, unsynced[i].path);
        if (REAL(write)(list, line, length) != length) abort();
    }
    if (REAL(write)(ask, ".", 1) != 1 || read(answer, &seen, 1) != 1) abort();
}

/* Whether the call is to be refused, with errno set. `grows`: what a full disk refuses. */
static int refused(int grows) {
    pthread_mutex_lock(&lock);
    long now = ++calls;
    if (mode == 'w') wait_until_seen();
    pthread_mutex_unlock(&lock);
    if (mode == 'e' && now == wanted) { errno = EIO; return 1; }
    if (mode == 'f' && now >= wanted && grows) { errno = ENOSPC; return 1; }
    if (mode == 'r' && now >= wanted) { errno = EROFS; return 1; }
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
    return inside(whole) && refused(flags & O_CREAT);
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
            if (inside(whole) && refused(grows)) return -1;   \
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
    if ((inside(a) || inside(b)) && refused(1)) return -1;
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
    if ((inside(a) || inside(b)) && refused(1)) return -1;
    done = REAL(renameat)(at, from, to_at, to);
    if (!done) moved(a, b);
    return done;
}

#define BY_FILE(name, grows, parameters, fd, ...)                             \
    int name parameters {                                                     \
        char path[PATH_MAX];                                                  \
        if (named(fd, path) && refused(grows)) return -1;        \
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
        if (refused(1)) return -1;                       \
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
        if (refused(1)) return -1;                          \
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
