/* A store for the time between: a file in a folder of its own for passing things, gone when it is closed. */
#ifndef PLUMB_PASSING_H
#define PLUMB_PASSING_H

#include "../core/message.h"

#define PLUMB_PASSING_N 512

struct plumb_passing {
    char folder[PLUMB_PASSING_N], path[PLUMB_PASSING_N + 16]; /* path: the file, not made yet */
};

/* Makes the folder, in TMPDIR or /tmp. 0, or PLUMB_FAILED with message. */
int plumb_passing_make(struct plumb_passing *passing, struct plumb_message *message);

/* Removes the file, what SQLite puts beside it, and the folder. All zero bytes are allowed. */
void plumb_passing_remove(const struct plumb_passing *passing);

#endif
