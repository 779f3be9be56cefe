/* A text of the INI-like files line by line, beside what its reader makes of it: for changing it here and
 * there and leaving the rest as somebody wrote it.
 */
#ifndef PLUMB_INI_LINES_H
#define PLUMB_INI_LINES_H

#include "ini.h"

enum plumb_ini_line_kind {
    PLUMB_INI_OTHER, /* blank, or a comment */
    PLUMB_INI_HEAD,  /* [section] */
    PLUMB_INI_KEY,   /* key = value */
    PLUMB_INI_MORE,  /* goes on with the text above */
};

struct plumb_ini_line {
    enum plumb_ini_line_kind kind;
    const char *text; /* borrowed from the text; no NUL behind it */
    size_t n;         /* without its end */
    size_t entry;     /* KEY and MORE: index in ini.entries */
};

struct plumb_ini_lines {
    struct plumb_ini ini; /* owned, as are the lines */
    struct plumb_ini_line *lines;
    size_t lines_n;
    const char *ending; /* of its lines: "\n" or "\r\n"; static */
};

/* Takes the text apart; it has to stay while the lines are used. 0, or what plumb_ini_parse says with message
 * (`name` is what it calls the text); there is nothing to free then. */
int plumb_ini_lines_read(
    struct plumb_ini_lines *lines, const char *name, const char *text, size_t n,
    struct plumb_message *message);

void plumb_ini_lines_free(struct plumb_ini_lines *lines);

/* The first line that belongs to that section: of the comment right above its head, and the blank ones above
 * that. lines_n for the section behind the last. */
size_t plumb_ini_lines_begin(const struct plumb_ini_lines *lines, size_t section);

/* The comment behind a value, with its ';' and the space before it; "" where there is none. Ends with the
 * line: borrowed, *n bytes. */
const char *plumb_ini_line_remark(const struct plumb_ini_line *line, size_t *n);

#endif
