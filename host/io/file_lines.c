#include "file_lines.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>
#include <zlib.h>

#include "file_read.h"
#include "message_fail.h"
#include "text_utf8.h"

#define BLOCK_N (256 * 1024) /* read at once: far above a line, small beside a processor's cache */

struct plumb_file_lines {
    gzFile gz;
    char *name;
    bool part;
    bool over;         /* nothing more is in the file */
    size_t at, filled; /* the unread piece of buffer */
    long number;
    char buffer[BLOCK_N + PLUMB_FILE_LINE_N + 2];
};

static bool is_part(const char *path)
{
    size_t n = strlen(path);
    return n >= 5 && !strcmp(path + n - 5, ".part");
}

/* A folder opens for reading, and says so only when read. */
static int open_file(const char *path, int *fail, struct plumb_message *message)
{
    struct stat status;
    int fd = strcmp(path, "-") ? open(path, O_RDONLY | O_CLOEXEC) : dup(STDIN_FILENO);
    int error = errno;
    if (fd >= 0 && fstat(fd, &status) == 0 && S_ISDIR(status.st_mode)) {
        close(fd);
        fd = -1;
        error = EISDIR;
    }
    if (fd < 0)
        *fail = plumb_file_refused(path, error, message);
    return fd;
}

struct plumb_file_lines *plumb_file_lines_open(const char *path, int *fail, struct plumb_message *message)
{
    int fd = open_file(path, fail, message);
    if (fd < 0)
        return NULL;
    struct plumb_file_lines *lines = calloc(1, sizeof *lines);
    if (lines) {
        lines->name = strdup(strcmp(path, "-") ? path : "standard input");
        lines->part = is_part(path);
        lines->gz = gzdopen(fd, "rb");
    }
    if (lines && lines->name && lines->gz) {
        gzbuffer(lines->gz, BLOCK_N);
        return lines;
    }
    if (!lines || !lines->gz)
        close(fd);
    *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    if (lines)
        plumb_file_lines_close(lines);
    return NULL;
}

/* Why gzread stopped before the end. */
static int stopped(struct plumb_file_lines *lines, struct plumb_message *message)
{
    int why;
    const char *what = gzerror(lines->gz, &why);
    if (why == Z_BUF_ERROR && lines->part)
        return 0;
    if (why == Z_BUF_ERROR)
        return plumb_message_fail(
            message, PLUMB_DAMAGED,
            "%s:%ld: wants a whole compressed file, found its end cut off (named .part, what is there is "
            "read)",
            lines->name, lines->number + 1);
    if (why == Z_ERRNO)
        return plumb_file_refused(lines->name, errno, message);
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s:%ld: wants a sound compressed file, found damage (%s)", lines->name,
        lines->number + 1, what);
}

static int refill(struct plumb_file_lines *lines, struct plumb_message *message)
{
    memmove(lines->buffer, lines->buffer + lines->at, lines->filled - lines->at);
    lines->filled -= lines->at;
    lines->at = 0;
    errno = 0;
    int got =
        gzread(lines->gz, lines->buffer + lines->filled, (unsigned)(sizeof lines->buffer - lines->filled));
    if (got > 0) {
        lines->filled += (size_t)got;
        return 0;
    }
    lines->over = true;
    int why = Z_OK;
    gzerror(lines->gz, &why);
    return got < 0 || why == Z_BUF_ERROR ? stopped(lines, message) : 0;
}

static int
check(const struct plumb_file_lines *lines, const struct plumb_file_line *line, struct plumb_message *message)
{
    size_t bad = plumb_text_utf8_bad(line->text, line->n);
    const char *zero = memchr(line->text, '\0', line->n);
    if (zero && (size_t)(zero - line->text) < bad)
        bad = (size_t)(zero - line->text);
    if (bad == line->n)
        return 1;
    if (!line->ended && !zero && line->n - bad < 4)
        return 1; /* a cut character in a cut line */
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s:%ld: wants text in UTF-8, found byte 0x%02X in place %zu", lines->name,
        line->number, (unsigned)(unsigned char)line->text[bad], bad + 1);
}

/* The unread piece up to its line end or, at the end of the file, all of it. */
static int take(
    struct plumb_file_lines *lines, size_t n, bool ended, struct plumb_file_line *line,
    struct plumb_message *message)
{
    const char *text = lines->buffer + lines->at;
    lines->at += n + ended;
    lines->number++;
    if (lines->number == 1 && n >= 3 && !memcmp(text, "\xEF\xBB\xBF", 3)) {
        text += 3;
        n -= 3;
    }
    if (n && text[n - 1] == '\r')
        n--;
    *line = (struct plumb_file_line){text, n, lines->number, ended};
    if (n > PLUMB_FILE_LINE_N)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "%s:%ld: wants lines of at most %d bytes, found more", lines->name,
            lines->number, PLUMB_FILE_LINE_N);
    return check(lines, line, message);
}

int plumb_file_lines_next(
    struct plumb_file_lines *lines, struct plumb_file_line *line, struct plumb_message *message)
{
    size_t searched = 0;
    for (;;) {
        const char *from = lines->buffer + lines->at;
        size_t unread = lines->filled - lines->at;
        const char *stop = memchr(from + searched, '\n', unread - searched);
        if (stop)
            return take(lines, (size_t)(stop - from), true, line, message);
        if (lines->over || unread > PLUMB_FILE_LINE_N + 1)
            return unread ? take(lines, unread, false, line, message) : 0;
        searched = unread;
        int fail = refill(lines, message);
        if (fail)
            return fail;
    }
}

const char *plumb_file_lines_name(const struct plumb_file_lines *lines)
{
    return lines->name;
}

bool plumb_file_lines_is_part(const struct plumb_file_lines *lines)
{
    return lines->part;
}

void plumb_file_lines_close(struct plumb_file_lines *lines)
{
    if (!lines)
        return;
    if (lines->gz)
        gzclose(lines->gz);
    free(lines->name);
    free(lines);
}
