/* Writes an exercise's data file: load_exercise's counterpart. Comments of a file that was read are not kept.
 */
#ifndef PLUMB_SAVE_EXERCISE_H
#define PLUMB_SAVE_EXERCISE_H

#include <stddef.h>

#include "../core/exercise.h"
#include "../core/message.h"

/* The file's text, whatever plumb_exercise_read would say to it. 0 with *text owned, free with free(); or
 * PLUMB_USAGE where a file has no room for a text (ini_write.h says which those are) or a pose. */
int plumb_exercise_write(
    const struct plumb_exercise *exercise, char **text, size_t *n, struct plumb_message *message);

/* Writes the file where it reads back as the same exercise, readable only by its owner. A failure leaves the
 * old file as it was: PLUMB_USAGE, PLUMB_DAMAGED with what the reader says, PLUMB_FAILED. */
int plumb_exercise_save(
    const struct plumb_exercise *exercise, const char *path, struct plumb_message *message);

#endif
