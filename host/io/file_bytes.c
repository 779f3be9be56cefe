#include "file_bytes.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "file_read.h"
#include "message_fail.h"

struct plumb_file_bytes {
    gzFile gz;
    char *name;
    off_t size; /* 0: not known */
};

/* A folder opens for reading, and says so only when read. */
static int open_fd(const char *path, int *error)
{
    struct stat status;
    int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
    *error = errno;
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(fd);
        *error = EISDIR;
        return -1;
    }
    return fd;
}

struct plumb_file_bytes *plumb_file_bytes_open(const char *path, int *fail, struct plumb_message *message)
{
    int error, fd = open_fd(path, &error);
    if (fd < 0) {
        *fail = plumb_file_refused(path, error, message);
        return NULL;
    }
    struct plumb_file_bytes *file = calloc(1, sizeof *file);
    char *name = strdup(path);
    gzFile gz = file && name ? gzdopen(fd, "rb") : NULL;
    if (gz) {
        struct stat status;
        off_t size = fstat(fd, &status) == 0 && S_ISREG(status.st_mode) ? status.st_size : 0;
        *file = (struct plumb_file_bytes){gz, name, size};
        return file;
    }
    close(fd);
    free(name);
    free(file);
    *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    return NULL;
}

long plumb_file_bytes_read(struct plumb_file_bytes *file, char *out, size_t n, struct plumb_message *message)
{
    int why = Z_OK;
    errno = 0;
    int got = gzread(file->gz, out, (unsigned)n);
    const char *what = gzerror(file->gz, &why);
    if (got >= 0 && why != Z_BUF_ERROR)
        return got;
    if (why == Z_ERRNO)
        return plumb_file_refused(file->name, errno, message);
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s: wants a whole, sound compressed file, found %s", file->name,
        why == Z_BUF_ERROR ? "its end cut off" : what);
}

double plumb_file_bytes_share(struct plumb_file_bytes *file)
{
    double share = file->size > 0 ? (double)gzoffset(file->gz) / (double)file->size : 0;
    return share < 0 ? 0 : share > 1 ? 1 : share;
}

void plumb_file_bytes_close(struct plumb_file_bytes *file)
{
    if (!file)
        return;
    gzclose(file->gz);
    free(file->name);
    free(file);
}
