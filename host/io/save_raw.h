/* Raw CSV, written as the data come. */
#ifndef PLUMB_SAVE_RAW_H
#define PLUMB_SAVE_RAW_H

#include <stdint.h>

#include "../core/message.h"
#include "../core/sample.h"

struct plumb_save_raw; /* owned by who opened it, until close */

/* Begins a recording with the columns of these roles (bits; the pelvis is always there). NAME.part until
 * plumb_save_raw_close; gzip where the name ends in ".gz"; never over another file. NULL with *fail and
 * message. */
struct plumb_save_raw *
plumb_save_raw_open(const char *path, unsigned roles, int *fail, struct plumb_message *message);

/* One row. t_s must rise by a microsecond at least: a row that does not is left out and counted. `marker` is
 * the text of the marker column, NULL mostly. host_us is the time now. 0 or negative. */
int plumb_save_raw_row(
    struct plumb_save_raw *save, const struct plumb_sample *sample, const char *marker, int64_t host_us,
    struct plumb_message *message);

/* Time passes without rows: what has been written for a second is handed to the system. A killed process
 * loses no more than that. */
int plumb_save_raw_tick(struct plumb_save_raw *save, int64_t host_us, struct plumb_message *message);

/* Rows left out because their time did not rise. */
unsigned long plumb_save_raw_left_out(const struct plumb_save_raw *save);

/* Ends the recording and gives the file its name. 0 or negative: NAME.part then holds what could be written.
 * NULL is allowed. */
int plumb_save_raw_close(struct plumb_save_raw *save, struct plumb_message *message);

#endif
