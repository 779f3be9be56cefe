/* The fields of one CSV line (RFC 4180), in and out. */
#ifndef PLUMB_CSV_FIELD_H
#define PLUMB_CSV_FIELD_H

#include <stdbool.h>
#include <stddef.h>

struct plumb_csv_field {
    const char
        *text; /* between the commas; a quoted field without its outer quotes, inner ones still doubled */
    size_t n;
    bool quoted;
    bool whole; /* false: a quote that is never closed, or text behind a closed one */
};

/* Takes the field at *at. *at becomes the beginning of the next field, or NULL behind the last one. */
void plumb_csv_next(const char **at, const char *end, struct plumb_csv_field *field);

/* How many fields the line has; an empty line has one. */
size_t plumb_csv_count(const char *line, size_t n);

/* The field's text with doubled quotes undone, ended by NUL, cut at a character's border where the room (at
 * least 1) is short. Returns its length. */
size_t plumb_csv_text(char *out, size_t room, const struct plumb_csv_field *field);

/* Whether a spreadsheet would take the text for a formula: it begins with = + - @ (or with white space that
 * is dropped before one). */
bool plumb_csv_is_formula(const char *text);

/* Writes text as one field: quoted where it must be, line breaks as spaces, and with an apostrophe before
 * what a spreadsheet would take for a formula (= + - @). The text is cut at a character's border where the
 * room (at least 4) is short. Returns the length. */
size_t plumb_csv_put(char *out, size_t room, const char *text);

#endif
