/* The bytes of a file of any length, plain or gzip whatever its name. */
#ifndef PLUMB_FILE_BYTES_H
#define PLUMB_FILE_BYTES_H

#include <stddef.h>

#include "../core/message.h"

struct plumb_file_bytes; /* owned by who opened it, closed with plumb_file_bytes_close */

/* Opens a file, or standard input for "-". NULL with *fail and message. */
struct plumb_file_bytes *plumb_file_bytes_open(const char *path, int *fail, struct plumb_message *message);

/* Reads up to n bytes: how many (0 at the end), or negative with message. */
long plumb_file_bytes_read(struct plumb_file_bytes *file, char *out, size_t n, struct plumb_message *message);

/* How much of the file was read: 0..1; 0 where its length is not known. */
double plumb_file_bytes_share(struct plumb_file_bytes *file);

void plumb_file_bytes_close(struct plumb_file_bytes *file);

#endif
