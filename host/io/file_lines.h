/* The lines of a text file of any length, plain or gzip; zlib's one home for reading. */
#ifndef PLUMB_FILE_LINES_H
#define PLUMB_FILE_LINES_H

#include <stdbool.h>
#include <stddef.h>

#include "../core/message.h"

#define PLUMB_FILE_LINE_N 65536 /* bytes of the longest line taken */

struct plumb_file_line {
    const char *text; /* without its end (LF or CR LF); borrowed until the next line */
    size_t n;
    long number; /* from 1 */
    bool ended;  /* false for a last line that has no line end: it may be cut */
};

struct plumb_file_lines; /* owned by who opened it, closed with plumb_file_lines_close */

/* Opens a file, plain or gzip whatever its name, or standard input for "-". NULL with *fail and message. */
struct plumb_file_lines *plumb_file_lines_open(const char *path, int *fail, struct plumb_message *message);

/* 1 and the next line, 0 at the end, or negative with message (FILE:LINE): a line too long, bytes that are
 * not text in UTF-8, a compressed file that is damaged or cut short. A file whose name ends in ".part" is one
 * whose writer died: where its compressed bytes end is its end. A byte order mark is passed over. */
int plumb_file_lines_next(
    struct plumb_file_lines *lines, struct plumb_file_line *line, struct plumb_message *message);

/* What messages call the file; borrowed. */
const char *plumb_file_lines_name(const struct plumb_file_lines *lines);

/* Whether the name says that the writer died before it was done. */
bool plumb_file_lines_is_part(const struct plumb_file_lines *lines);

void plumb_file_lines_close(struct plumb_file_lines *lines);

#endif
