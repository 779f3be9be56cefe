/* Writes an exercise's data file: load_exercise's counterpart. */
#ifndef PLUMB_SAVE_EXERCISE_H
#define PLUMB_SAVE_EXERCISE_H

#include <stddef.h>

#include "../core/exercise.h"
#include "../core/message.h"

/* The file's text, whatever plumb_exercise_read would say to it. 0 with *text owned, free with free(); or
 * PLUMB_USAGE where a file has no room for a text (ini_write.h says which those are) or a pose. */
int plumb_exercise_write(
    const struct plumb_exercise *exercise, char **text, size_t *n, struct plumb_message *message);

/* The same with every key that a file can hold, usual or not. */
int plumb_exercise_write_every(
    const struct plumb_exercise *exercise, char **text, size_t *n, struct plumb_message *message);

/* Writes the file where it reads back as the same exercise, readable only by its owner. `like`: a file whose
 * comments and order it takes over (ini_weave.h says how), as a rule the one that was edited; NULL, or one
 * that cannot be read: none. A failure leaves the old file as it was: PLUMB_USAGE, PLUMB_DAMAGED with what
 * the reader says, PLUMB_FAILED. */
int plumb_exercise_save(
    const struct plumb_exercise *exercise, const char *path, const char *like, struct plumb_message *message);

#endif
