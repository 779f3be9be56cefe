/* Preloaded: the nth write, sync or truncation of the store's files fails, as a full or a broken disk would
 * have it. FAIL_AT=N    the nth call of them all fails; 0: none, they are only counted FAIL_HOW     full
 * (ENOSPC, and so does every later write), broken (EIO, once), short (half of it is written, once) FAIL_COUNT
 * a file that gets the count when the program ends
 */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/types.h>
#include <unistd.h>

static int calls;

static int is_store(int file)
{
    char link[64], path[4096];
    snprintf(link, sizeof link, "/proc/self/fd/%d", file);
    ssize_t n = readlink(link, path, sizeof path - 1);
    if (n <= 0)
        return 0;
    path[n] = '\0';
    return strstr(path, "plumb.db") != NULL && strstr(path, "-shm") == NULL;
}

enum verdict { PASS, FAIL, SHORT };

static enum verdict judge(int file, int can_be_short)
{
    const char *how = getenv("FAIL_HOW"), *at = getenv("FAIL_AT");
    if (!is_store(file))
        return PASS;
    int nth = at ? atoi(at) : 0, call = __atomic_add_fetch(&calls, 1, __ATOMIC_SEQ_CST);
    if (!nth || !how || call < nth)
        return PASS;
    if (strcmp(how, "full") == 0) {
        errno = ENOSPC;
        return FAIL;
    }
    if (call > nth)
        return PASS;
    errno = EIO;
    return strcmp(how, "short") == 0 && can_be_short ? SHORT : FAIL;
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

__attribute__((destructor)) static void tell(void)
{
    const char *path = getenv("FAIL_COUNT");
    FILE *file = path ? fopen(path, "w") : NULL;
    if (!file)
        return;
    fprintf(file, "%d\n", calls);
    fclose(file);
}

ssize_t write(int file, const void *bytes, size_t n)
{
    ssize_t (*real)(int, const void *, size_t) = (ssize_t(*)(int, const void *, size_t))next("write");
    enum verdict verdict = judge(file, n > 1);
    return verdict == FAIL ? -1 : real(file, bytes, verdict == SHORT ? n / 2 : n);
}

ssize_t pwrite64(int file, const void *bytes, size_t n, off64_t at)
{
    ssize_t (*real)(int, const void *, size_t, off64_t) =
        (ssize_t(*)(int, const void *, size_t, off64_t))next("pwrite64");
    enum verdict verdict = judge(file, n > 1);
    return verdict == FAIL ? -1 : real(file, bytes, verdict == SHORT ? n / 2 : n, at);
}

ssize_t pwrite(int file, const void *bytes, size_t n, off_t at)
{
    return pwrite64(file, bytes, n, at);
}

int fsync(int file)
{
    int (*real)(int) = (int (*)(int))next("fsync");
    return judge(file, 0) == PASS ? real(file) : -1;
}

int fdatasync(int file)
{
    int (*real)(int) = (int (*)(int))next("fdatasync");
    return judge(file, 0) == PASS ? real(file) : -1;
}

int ftruncate64(int file, off64_t n)
{
    int (*real)(int, off64_t) = (int (*)(int, off64_t))next("ftruncate64");
    return judge(file, 0) == PASS ? real(file, n) : -1;
}

int ftruncate(int file, off_t n)
{
    return ftruncate64(file, n);
}
