/* Files written so that nothing is ever half there: a name ending in ".part" until all is written, then the
 * real name. Plain, or gzip where the name ends in ".gz". zlib's one home for writing. */
#ifndef PLUMB_FILE_OUT_H
#define PLUMB_FILE_OUT_H

#include <stddef.h>

#include "../core/message.h"

enum plumb_file_mode {
    PLUMB_FILE_REPLACE, /* a file of that name is replaced at the end; a failure leaves all as it was; a raw
                           recording never is */
    PLUMB_FILE_PRIVATE, /* the same, readable only by its owner */
    PLUMB_FILE_NEW,     /* a recording: never over another; a failure leaves NAME.part, which can be read */
};

struct plumb_file_out; /* owned by who opened it, until close or drop */

/* Opens for writing. "-" is standard output; a device or a pipe is written
 * directly. NULL with *fail and message. */
struct plumb_file_out *
plumb_file_out_open(const char *path, enum plumb_file_mode mode, int *fail, struct plumb_message *message);

/* Appends n bytes (kept in memory until there is a block of them). 0 or negative; after a failure every
 * further call fails with the same code. */
int plumb_file_out_put(
    struct plumb_file_out *out, const char *bytes, size_t n, struct plumb_message *message);

/* Hands all there is to the operating system: a killed process loses nothing of it. */
int plumb_file_out_flush(struct plumb_file_out *out, struct plumb_message *message);

/* Writes the rest to the disk and gives the file its name. 0 or negative, also where an earlier call had
 * failed; `out` is gone either way. */
int plumb_file_out_close(struct plumb_file_out *out, struct plumb_message *message);

/* Gives up. `out` is gone; the temporary file too, but for PLUMB_FILE_NEW. NULL is allowed. */
void plumb_file_out_drop(struct plumb_file_out *out);

/* A whole small file at once. */
int plumb_file_save(const char *path, const char *bytes, size_t n, struct plumb_message *message);

/* The same, readable only by its owner. */
int plumb_file_save_private(const char *path, const char *bytes, size_t n, struct plumb_message *message);

#endif
