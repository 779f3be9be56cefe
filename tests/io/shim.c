/* Preloaded into the serial tests: makes a pty look like a USB serial port to the unmodified libserialport.
 *
 * Paths below /sys/class/tty, /dev/ttyUSB and /dev/ttyACM are looked up in the folder that PLUMB_SHIM_ROOT
 * names; there, dev/ttyUSB0 is a link to /dev/pts/N. A file NAME.denied beside it takes the right to open it
 * away. Modem lines, which a pty lacks, are kept here. */
#define _GNU_SOURCE
#include <dirent.h>
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <termios.h>
#include <unistd.h>

int __open_2(const char *path, int flags);
int __open64_2(const char *path, int flags);
int __lxstat(int version, const char *path, struct stat *status);

static int begins(const char *path, const char *with)
{
    return !strncmp(path, with, strlen(with));
}

static int is_device(const char *path)
{
    return begins(path, "/dev/ttyUSB") || begins(path, "/dev/ttyACM");
}

/* The path as the kernel shall see it. */
static const char *mapped(const char *path, char out[PATH_MAX])
{
    const char *root = getenv("PLUMB_SHIM_ROOT");
    if (!root || !(is_device(path) || begins(path, "/sys/class/tty")))
        return path;
    snprintf(out, PATH_MAX, "%s%s", root, path);
    return out;
}

static int denied(const char *path)
{
    char room[PATH_MAX], barrier[PATH_MAX + 8];
    if (!is_device(path))
        return 0;
    snprintf(barrier, sizeof barrier, "%s.denied", mapped(path, room));
    return syscall(SYS_faccessat, AT_FDCWD, barrier, F_OK) == 0;
}

static void *next(const char *name)
{
    return dlsym(RTLD_NEXT, name);
}

static int open_mapped(const char *path, int flags, unsigned mode)
{
    char room[PATH_MAX];
    if (denied(path)) {
        errno = EACCES;
        return -1;
    }
    return (int)syscall(SYS_openat, AT_FDCWD, mapped(path, room), flags, mode);
}

static unsigned mode_of(int flags, va_list arguments)
{
    return flags & (O_CREAT | O_TMPFILE) ? va_arg(arguments, unsigned) : 0;
}

int open(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_mapped(path, flags, mode);
}

int open64(const char *path, int flags, ...)
{
    va_list arguments;
    va_start(arguments, flags);
    unsigned mode = mode_of(flags, arguments);
    va_end(arguments);
    return open_mapped(path, flags, mode);
}

int __open_2(const char *path, int flags)
{
    return open_mapped(path, flags, 0);
}

int __open64_2(const char *path, int flags)
{
    return open_mapped(path, flags, 0);
}

FILE *fopen(const char *path, const char *mode)
{
    char room[PATH_MAX];
    FILE *(*real)(const char *, const char *);
    *(void **)&real = next("fopen");
    return real(mapped(path, room), mode);
}

DIR *opendir(const char *path)
{
    char room[PATH_MAX];
    DIR *(*real)(const char *);
    *(void **)&real = next("opendir");
    return real(mapped(path, room));
}

ssize_t readlink(const char *path, char *target, size_t n)
{
    char room[PATH_MAX];
    return syscall(SYS_readlink, mapped(path, room), target, n);
}

int access(const char *path, int mode)
{
    char room[PATH_MAX];
    if (denied(path)) {
        errno = EACCES;
        return -1;
    }
    return (int)syscall(SYS_faccessat, AT_FDCWD, mapped(path, room), mode);
}

/* A device is no link, whatever stands for it in the folder. */
static int lstat_mapped(const char *path, struct stat *status)
{
    char room[PATH_MAX];
    return fstatat(AT_FDCWD, mapped(path, room), status, is_device(path) ? 0 : AT_SYMLINK_NOFOLLOW);
}

int lstat(const char *path, struct stat *status)
{
    return lstat_mapped(path, status);
}

int __lxstat(int version, const char *path, struct stat *status)
{
    (void)version;
    return lstat_mapped(path, status);
}

int stat(const char *path, struct stat *status)
{
    char room[PATH_MAX];
    return fstatat(AT_FDCWD, mapped(path, room), status, 0);
}

static int modem_lines(unsigned long request, int *value)
{
    static int lines;
    switch (request) {
    case TIOCMGET:
        *value = lines;
        return 0;
    case TIOCMSET:
        lines = *value;
        return 0;
    case TIOCMBIS:
        lines |= *value;
        return 0;
    default:
        lines &= ~*value;
        return 0;
    }
}

int ioctl(int fd, unsigned long request, ...)
{
    va_list arguments;
    va_start(arguments, request);
    void *argument = va_arg(arguments, void *);
    va_end(arguments);
    long result = syscall(SYS_ioctl, fd, request, argument);
    int modem = request == TIOCMGET || request == TIOCMSET || request == TIOCMBIS || request == TIOCMBIC;
    if (result < 0 && modem && (errno == ENOTTY || errno == EINVAL))
        return modem_lines(request, argument);
    return (int)result;
}
