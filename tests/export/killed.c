/* Preloaded: the program is killed (SIGKILL) just before its nth change of what lies below a folder: a file
 * opened for writing, a write, a sync, a rename, a folder made or removed, a name removed.
 *
 *   KILL_BELOW   a piece of the paths that count
 *   KILL_AT=N    before which; 0: none, they are only counted
 *   KILL_COUNT   a file that gets the count when the program ends
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static void count(const char *path)
{
    const char *below = getenv("KILL_BELOW"), *at = getenv("KILL_AT");
    if (below && strstr(path, below) && ++calls == (at ? atoi(at) : 0))
        raise(SIGKILL);
}

static void count_file(int file)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t n = readlink(link, path, sizeof path - 1);
    path[n > 0 ? n : 0] = '\0';
    count(path);
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("KILL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%d\n", calls);
    fclose(file);
}

static int open_next(const char *name, const char *path, int flags, mode_t mode)
{
    int (*real)(const char *, int, ...) = (int (*)(const char *, int, ...))next(name);
    if ((flags & O_ACCMODE) != O_RDONLY)
        count(path);
    return real(path, flags, mode);
}

#define MODE_OF(flags)                                                                                       \
    va_list more;                                                                                            \
    va_start(more, flags);                                                                                   \
    mode_t mode = (flags)&O_CREAT ? va_arg(more, mode_t) : 0;                                                \
    va_end(more)

int open(const char *path, int flags, ...)
{
    MODE_OF(flags);
    return open_next("open", path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    MODE_OF(flags);
    return open_next("open64", path, flags, mode);
}

ssize_t write(int file, const void *bytes, size_t n)
{
    ssize_t (*real)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))next("write");
    count_file(file);
    return real(file, bytes, n);
}

int fsync(int file)
{
    int (*real)(int) = (int (*)(int))next("fsync");
    count_file(file);
    return real(file);
}

int rename(const char *from, const char *to)
{
    int (*real)(const char *, const char *) = (int (*)(const char *, const char *))next("rename");
    count(to);
    return real(from, to);
}

int mkdir(const char *path, mode_t mode)
{
    int (*real)(const char *, mode_t) = (int (*)(const char *, mode_t))next("mkdir");
    count(path);
    return real(path, mode);
}

int unlink(const char *path)
{
    int (*real)(const char *) = (int (*)(const char *))next("unlink");
    count(path);
    return real(path);
}

int rmdir(const char *path)
{
    int (*real)(const char *) = (int (*)(const char *))next("rmdir");
    count(path);
    return real(path);
}
