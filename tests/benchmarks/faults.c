/* Counts every change to the disk below one folder, and lets the n-th of them fail, or kills the process before it.

   cc -shared -fPIC -o faults.so faults.c -ldl; LD_PRELOAD=faults.so python ...
   faults_arm("/folder", n, error) counts from now on: error > 0 is an errno, 0 a SIGKILL, -1 only counts.
   faults_count() says how many changes there were. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static char folder[PATH_MAX];
static long at = -1, count = 0;
static int error = -1;

void faults_arm(const char *below, long n, int with) {
    snprintf(folder, sizeof folder, "%s", below);
    at = n, error = with, count = 0;
}

long faults_count(void) { return count; }

/* Is this the call that fails? */
static int due(const char *path) {
    if (!folder[0] || !path || strncmp(path, folder, strlen(folder))) return 0;
    if (count++ != at || error < 0) return 0;
    if (error == 0) kill(getpid(), SIGKILL);
    errno = error;
    return 1;
}

static int due_fd(int fd) {
    char link[64], path[PATH_MAX];
    if (!folder[0]) return 0;
    snprintf(link, sizeof link, "/proc/self/fd/%d", fd);
    ssize_t length = readlink(link, path, sizeof path - 1);
    if (length < 0) return 0;
    path[length] = 0;
    return due(path);
}

#define REAL(type, name, ...) static type (*real)(__VA_ARGS__); if (!real) real = dlsym(RTLD_NEXT, name)

ssize_t write(int fd, const void *data, size_t size) {
    REAL(ssize_t, "write", int, const void *, size_t);
    return due_fd(fd) ? -1 : real(fd, data, size);
}
ssize_t pwrite64(int fd, const void *data, size_t size, off64_t place) {
    REAL(ssize_t, "pwrite64", int, const void *, size_t, off64_t);
    return due_fd(fd) ? -1 : real(fd, data, size, place);
}
ssize_t pwrite(int fd, const void *data, size_t size, off_t place) {
    REAL(ssize_t, "pwrite", int, const void *, size_t, off_t);
    return due_fd(fd) ? -1 : real(fd, data, size, place);
}
int fsync(int fd) { REAL(int, "fsync", int); return due_fd(fd) ? -1 : real(fd); }
int fdatasync(int fd) { REAL(int, "fdatasync", int); return due_fd(fd) ? -1 : real(fd); }
int ftruncate64(int fd, off64_t size) { REAL(int, "ftruncate64", int, off64_t); return due_fd(fd) ? -1 : real(fd, size); }
int rename(const char *from, const char *to) { REAL(int, "rename", const char *, const char *); return due(to) ? -1 : real(from, to); }
int link(const char *from, const char *to) { REAL(int, "link", const char *, const char *); return due(to) ? -1 : real(from, to); }
int linkat(int one, const char *from, int other, const char *to, int flags) {
    REAL(int, "linkat", int, const char *, int, const char *, int);
    return due(to) ? -1 : real(one, from, other, to, flags);
}
int mkdir(const char *path, mode_t mode) { REAL(int, "mkdir", const char *, mode_t); return due(path) ? -1 : real(path, mode); }
int unlink(const char *path) { REAL(int, "unlink", const char *); return due(path) ? -1 : real(path); }
int rmdir(const char *path) { REAL(int, "rmdir", const char *); return due(path) ? -1 : real(path); }
int unlinkat(int fd, const char *path, int flags) {
    REAL(int, "unlinkat", int, const char *, int);
    return due_fd(fd) ? -1 : real(fd, path, flags);
}

#define WRITES (O_WRONLY | O_RDWR | O_CREAT | O_TRUNC)
#define MODE(flags) mode_t mode = 0; if ((flags) & O_CREAT) { va_list rest; va_start(rest, flags); mode = va_arg(rest, mode_t); va_end(rest); }

int open64(const char *path, int flags, ...) {
    MODE(flags)
    REAL(int, "open64", const char *, int, ...);
    return (flags & WRITES) && due(path) ? -1 : real(path, flags, mode);
}
int open(const char *path, int flags, ...) {
    MODE(flags)
    REAL(int, "open", const char *, int, ...);
    return (flags & WRITES) && due(path) ? -1 : real(path, flags, mode);
}
int openat64(int fd, const char *path, int flags, ...) {
    MODE(flags)
    REAL(int, "openat64", int, const char *, int, ...);
    return (flags & WRITES) && due(path) ? -1 : real(fd, path, flags, mode);
}
