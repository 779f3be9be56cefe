/* Is it text? */
#ifndef PLUMB_TEXT_UTF8_H
#define PLUMB_TEXT_UTF8_H

#include <stddef.h>

/* The offset of the first byte that is not part of well-formed UTF-8 (RFC 3629: shortest form, no surrogates,
 * up to U+10FFFF), or n when all of it is. NUL counts as a character. */
size_t plumb_text_utf8_bad(const char *text, size_t n);

#endif
