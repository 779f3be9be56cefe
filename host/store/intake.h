/* A recording of the past taken into the store: whole or not at all. It is recorded as live would, into a
 * store of its own in a folder for passing things, and carried over in one transaction (carry.h).
 */
#ifndef PLUMB_INTAKE_H
#define PLUMB_INTAKE_H

#include "../core/sample.h"
#include "keep.h"
#include "store.h"

/* What is known of it. Texts are borrowed until end or drop. */
struct plumb_intake_about {
    struct plumb_keep_begin begin; /* store and host_us are the intake's own affair; utc_us: never 0 */
    int utc_offset_s;              /* of the user's clock then */
    const char *note, *tags;       /* NULL: none */
    const char *ended;
};

struct plumb_intake; /* owned by who began it, until end or drop */

/* NULL with *fail and message. */
struct plumb_intake *
plumb_intake_begin(const struct plumb_intake_about *about, int *fail, struct plumb_message *message);

/* Rows and their markers, in order. 0 or negative with message. */
int plumb_intake_sample(
    struct plumb_intake *intake, const struct plumb_sample *sample, struct plumb_message *message);
int plumb_intake_mark(
    struct plumb_intake *intake, double t_s, const char *text, struct plumb_message *message);

/* The session's id in the store, or negative with message; `intake` is gone. */
int64_t
plumb_intake_end(struct plumb_intake *intake, struct plumb_store *store, struct plumb_message *message);

/* Gives up; nothing is left. NULL is allowed. */
void plumb_intake_drop(struct plumb_intake *intake);

#endif
