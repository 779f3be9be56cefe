/* Free text made safe for where it goes: a cell that no spreadsheet takes for a formula, a header that holds
 * only ASCII, a field that holds only so many bytes. Pure.
 */
#ifndef PLUMB_TEXT_SAFE_H
#define PLUMB_TEXT_SAFE_H

#include <stddef.h>

/* How many bytes of the text, at most n_most, make whole UTF-8 characters. */
size_t plumb_text_cut(const char *text, size_t n_most);

/* One line for a cell: tabs, line breaks and other control characters become spaces, and an apostrophe stands
 * before what a spreadsheet would take for a formula (= + - @). Cut to the room (at least 8) at a character's
 * border. Returns the length. */
size_t plumb_text_cell(char *out, size_t room, const char *text);

/* Printable ASCII: Latin letters lose their marks (a with an umlaut is a, sharp s is ss), quotes and dashes
 * become plain, what has no likeness is '?', once for each character that is seen. Returns the length. */
size_t plumb_text_ascii(char *out, size_t room, const char *text);

#endif
