/* A small file, whole, into memory. */
#ifndef PLUMB_FILE_READ_H
#define PLUMB_FILE_READ_H

#include <stddef.h>

#include "../core/message.h"

/* Reads up to `most` bytes; a longer file is refused. *text is owned by the caller (free) and ends with a NUL
 * behind the *n bytes. 0, PLUMB_NO_RIGHT, PLUMB_DAMAGED (too long, or not a file of text: a NUL or bytes that
 * are not UTF-8) or PLUMB_FAILED, with message; *text is then NULL. */
int plumb_file_read(char **text, size_t *n, const char *path, size_t most, struct plumb_message *message);

/* The code for a file that could not be opened, with its sentence, from errno's value. */
int plumb_file_refused(const char *path, int error, struct plumb_message *message);

#endif
