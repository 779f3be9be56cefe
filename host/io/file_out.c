#include "file_out.h"

#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "file_read.h"
#include "message_fail.h"

/* Level 4: a third of level 6's time for 4 % more bytes, measured on an hour of raw CSV. */
#define GZIP_MODE "wb4"

#define BLOCK_N 65536 /* written at once; a live recording is flushed long before that fills */

struct plumb_file_out {
    int fd;
    gzFile gz; /* NULL for a plain file; owns fd where it is there */
    enum plumb_file_mode mode;
    char *path, *part; /* part: NULL where the path is written directly */
    int fail;          /* of the first failure */
    size_t n;
    char block[BLOCK_N];
};

static bool ends_in(const char *text, const char *ending)
{
    size_t n = strlen(text), ending_n = strlen(ending);
    return n >= ending_n && !strcmp(text + n - ending_n, ending);
}

static int refused(struct plumb_file_out *out, int error, struct plumb_message *message)
{
    const char *name = strcmp(out->path, "-") ? out->path : "standard output";
    const char *rest = !out->part ? ""
                       : out->mode == PLUMB_FILE_NEW
                           ? "; what came before is in the file of that name and .part"
                           : "; nothing was changed";
    if (error == ENOSPC || error == EDQUOT)
        out->fail = plumb_message_fail(message, PLUMB_FAILED, "%s: the disk is full%s", name, rest);
    else if (error == EFBIG)
        out->fail =
            plumb_message_fail(message, PLUMB_FAILED, "%s: the file may not grow further%s", name, rest);
    else if (error == ENOENT)
        out->fail = plumb_message_fail(message, PLUMB_FAILED, "%s: there is no such folder", name);
    else
        out->fail = plumb_file_refused(name, error, message);
    return out->fail;
}

/* A device or a pipe has no name to take later. */
static bool is_direct(const char *path)
{
    struct stat status;
    return stat(path, &status) == 0 && !S_ISREG(status.st_mode) && !S_ISDIR(status.st_mode);
}

static int refuse_present(const char *path, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_USAGE, "%s: is already there, and a recording never goes over another", path);
}

/* Whether a raw recording is there, compressed or not. */
static bool is_recording(const char *path)
{
    char head[256];
    gzFile file = gzopen(path, "rb");
    int n = file ? gzread(file, head, sizeof head - 1) : 0;
    if (file)
        gzclose(file);
    head[n > 0 ? n : 0] = '\0';
    head[strcspn(head, "\n")] = '\0';
    return strstr(head, "pelvis_ax_mps2") != NULL;
}

/* `analyze a.csv --trace a.csv` is soon typed, and a recording cannot be made again. */
static int refuse_recording(const char *path, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_USAGE, "%s: is a recording, and a result never goes over one", path);
}

/* The file to write into: standard output, the path itself, or its temporary name. */
static int open_fd(struct plumb_file_out *out, struct plumb_message *message)
{
    bool fresh = out->mode == PLUMB_FILE_NEW;
    if (!strcmp(out->path, "-"))
        return dup(STDOUT_FILENO);
    if (!out->part)
        return open(out->path, O_WRONLY | O_CLOEXEC);
    if (fresh && access(out->path, F_OK) == 0) {
        out->fail = refuse_present(out->path, message);
        return -1;
    }
    if (!fresh && is_recording(out->path)) {
        out->fail = refuse_recording(out->path, message);
        return -1;
    }
    /* A recording is its wearer's own; a result is as open as the user lets files be. */
    if (out->mode == PLUMB_FILE_PRIVATE)
        unlink(out->part); /* one that was left by a program that died might be open to others */
    return out->mode == PLUMB_FILE_REPLACE ? open(out->part, O_WRONLY | O_CREAT | O_CLOEXEC | O_TRUNC, 0666)
                                           : open(out->part, O_WRONLY | O_CREAT | O_CLOEXEC | O_EXCL, 0600);
}

static bool make_names(struct plumb_file_out *out, const char *path)
{
    size_t n = strlen(path);
    out->path = strdup(path);
    if (!out->path || !strcmp(path, "-") || is_direct(path))
        return out->path != NULL;
    out->part = malloc(n + sizeof ".part");
    if (out->part)
        sprintf(out->part, "%s.part", path);
    return out->part != NULL;
}

static int open_named(struct plumb_file_out *out, struct plumb_message *message)
{
    struct stat status;
    if (out->part && stat(out->path, &status) == 0 && S_ISDIR(status.st_mode))
        return refused(out, EISDIR, message);
    out->fd = open_fd(out, message);
    if (out->fd < 0 && !out->fail) {
        bool left = errno == EEXIST && out->part; /* a recorder that died left it: somebody's data */
        if (left)
            out->fail = refuse_present(out->part, message);
        else
            refused(out, errno, message);
    }
    if (out->fail)
        return out->fail;
    if (ends_in(out->path, ".gz") && !(out->gz = gzdopen(out->fd, GZIP_MODE)))
        out->fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", out->path);
    return out->fail;
}

static void release(struct plumb_file_out *out)
{
    if (out->gz)
        gzclose(out->gz);
    else if (out->fd >= 0)
        close(out->fd);
    free(out->path);
    free(out->part);
    free(out);
}

struct plumb_file_out *
plumb_file_out_open(const char *path, enum plumb_file_mode mode, int *fail, struct plumb_message *message)
{
    struct plumb_file_out *out = calloc(1, sizeof *out);
    if (!out) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
        return NULL;
    }
    out->fd = -1;
    out->mode = mode;
    *fail = make_names(out, path) ? open_named(out, message)
                                  : plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    if (!*fail)
        return out;
    release(out);
    return NULL;
}

static int write_plain(struct plumb_file_out *out, struct plumb_message *message)
{
    for (size_t at = 0; at < out->n;) {
        ssize_t done = write(out->fd, out->block + at, out->n - at);
        if (done < 0 && errno == EINTR)
            continue;
        if (done < 0)
            return refused(out, errno, message);
        at += (size_t)done;
    }
    return 0;
}

static int gz_result(struct plumb_file_out *out, bool done, struct plumb_message *message)
{
    return done ? 0 : refused(out, errno ? errno : EIO, message);
}

static int write_block(struct plumb_file_out *out, struct plumb_message *message)
{
    int fail = 0;
    errno = 0;
    if (out->gz && out->n)
        fail = gz_result(out, gzwrite(out->gz, out->block, (unsigned)out->n) == (int)out->n, message);
    else if (!out->gz)
        fail = write_plain(out, message);
    out->n = 0;
    return fail;
}

int plumb_file_out_put(struct plumb_file_out *out, const char *bytes, size_t n, struct plumb_message *message)
{
    while (n && !out->fail) {
        size_t room = sizeof out->block - out->n, step = n < room ? n : room;
        memcpy(out->block + out->n, bytes, step);
        out->n += step;
        bytes += step;
        n -= step;
        if (out->n == sizeof out->block)
            write_block(out, message);
    }
    return out->fail;
}

int plumb_file_out_flush(struct plumb_file_out *out, struct plumb_message *message)
{
    if (out->fail || write_block(out, message))
        return out->fail;
    errno = 0;
    return out->gz ? gz_result(out, gzflush(out->gz, Z_SYNC_FLUSH) == Z_OK, message) : 0;
}

/* The file's last bytes and its descriptor; errors of the disk may come only now. */
static int end_file(struct plumb_file_out *out, struct plumb_message *message)
{
    int fail = plumb_file_out_flush(out, message);
    if (!fail && fsync(out->fd) && out->part)
        fail = refused(out, errno, message);
    errno = 0;
    int closed = out->gz ? gzclose(out->gz) : close(out->fd);
    out->gz = NULL;
    out->fd = -1;
    if (!fail && closed && closed != Z_BUF_ERROR)
        fail = refused(out, errno ? errno : EIO, message);
    return fail;
}

/* Over another file only where that was asked for. A link tells whether the name is free and takes it in one
 * step; a file system without links gets the next best. */
static int take_name(struct plumb_file_out *out, struct plumb_message *message)
{
    if (out->mode == PLUMB_FILE_NEW) {
        if (link(out->part, out->path) == 0) {
            unlink(out->part);
            return 0;
        }
        if (errno == EEXIST || access(out->path, F_OK) == 0)
            return out->fail = refuse_present(out->path, message);
    }
    return rename(out->part, out->path) ? refused(out, errno, message) : 0;
}

int plumb_file_out_close(struct plumb_file_out *out, struct plumb_message *message)
{
    int fail = end_file(out, message);
    if (!fail && out->part)
        fail = take_name(out, message);
    if (fail && out->part && out->mode != PLUMB_FILE_NEW)
        unlink(out->part);
    release(out);
    return fail;
}

void plumb_file_out_drop(struct plumb_file_out *out)
{
    if (!out)
        return;
    if (out->mode == PLUMB_FILE_NEW && !out->fail)
        write_block(out, NULL);
    if (out->part && out->mode != PLUMB_FILE_NEW)
        unlink(out->part);
    release(out);
}

static int
save(const char *path, enum plumb_file_mode mode, const char *bytes, size_t n, struct plumb_message *message)
{
    int fail;
    struct plumb_file_out *out = plumb_file_out_open(path, mode, &fail, message);
    if (!out)
        return fail;
    plumb_file_out_put(out, bytes, n, message);
    return plumb_file_out_close(out, message);
}

int plumb_file_save(const char *path, const char *bytes, size_t n, struct plumb_message *message)
{
    return save(path, PLUMB_FILE_REPLACE, bytes, n, message);
}

int plumb_file_save_private(const char *path, const char *bytes, size_t n, struct plumb_message *message)
{
    return save(path, PLUMB_FILE_PRIVATE, bytes, n, message);
}
