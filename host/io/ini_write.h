/* Writing the INI-like data files by the same tables that read them.
 *
 * A text comes back as it was or is refused: within the file's lines there is no room for line breaks and
 * control characters, for spaces at either end, for a ';' that is first or behind a space (a comment begins
 * there), and for more than a line's bytes without a single space to break it at.
 */
#ifndef PLUMB_INI_WRITE_H
#define PLUMB_INI_WRITE_H

#include <stdio.h>

#include "ini.h"

/* Writes `[name]` and those keys of its kind whose values in `values` differ from those in `usual` (what the
 * reader would leave in place), and the required ones; nothing where there is no such key. Long texts go on
 * in indented lines. `usual` NULL: every key that the reader would take with its value. 0; or PLUMB_USAGE
 * with a message naming section, key and what the file has no room for. A failure of the stream is left to
 * ferror. */
int plumb_ini_write_section(
    FILE *to, const char *name, const struct plumb_ini_field *fields, size_t fields_n, const void *values,
    const void *usual, struct plumb_message *message);

/* What keeps a text out of a file: "has a line break", ...; NULL where nothing does. Static. */
const char *plumb_ini_text_lacks(const char *text);

/* Makes a text that a file can hold of any that was typed: line breaks and control characters become spaces,
 * runs of spaces one, none are left at the ends or before a ';', a leading ';' goes, as do bytes that are not
 * UTF-8, and what is beyond room - 1 bytes, at a character's border. */
void plumb_ini_text_clean(char *text, size_t room);

#endif
