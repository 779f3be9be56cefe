#include "file_read.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "message_fail.h"
#include "text_utf8.h"

int plumb_file_refused(const char *path, int error, struct plumb_message *message)
{
    if (error == EACCES || error == EPERM)
        return plumb_message_fail(message, PLUMB_NO_RIGHT, "%s: no permission", path);
    if (error == ENOENT)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: no such file", path);
    if (error == EISDIR)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: wants a file, found a folder", path);
    return plumb_message_fail(message, PLUMB_FAILED, "%s: %s", path, strerror(error));
}

static int check(const char *text, size_t n, const char *path, struct plumb_message *message)
{
    size_t bad = plumb_text_utf8_bad(text, n);
    const char *zero = memchr(text, '\0', n);
    if (zero && (size_t)(zero - text) < bad)
        bad = (size_t)(zero - text);
    if (bad == n)
        return 0;
    int line = 1;
    for (size_t i = 0; i < bad; i++)
        line += text[i] == '\n';
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s:%d: wants text in UTF-8, found byte 0x%02X", path, line,
        (unsigned)(unsigned char)text[bad]);
}

/* One byte more than allowed tells a file that is too long from one that just fits. */
static int
read_open(FILE *file, char **text, size_t *n, const char *path, size_t most, struct plumb_message *message)
{
    char *all = malloc(most + 2);
    if (!all)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", path);
    size_t got = fread(all, 1, most + 1, file);
    int fail = 0;
    if (ferror(file))
        fail = plumb_file_refused(path, errno, message);
    else if (got > most)
        fail =
            plumb_message_fail(message, PLUMB_DAMAGED, "%s: wants at most %zu bytes, found more", path, most);
    else
        fail = check(all, got, path, message);
    if (fail) {
        free(all);
        return fail;
    }
    all[got] = '\0';
    *text = all;
    *n = got;
    return 0;
}

int plumb_file_read(char **text, size_t *n, const char *path, size_t most, struct plumb_message *message)
{
    *text = NULL;
    *n = 0;
    FILE *file = fopen(path, "rb");
    if (!file)
        return plumb_file_refused(path, errno, message);
    int fail = read_open(file, text, n, path, most, message);
    fclose(file);
    return fail;
}
