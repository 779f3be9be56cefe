/* An exercise written into the file that somebody wrote: comments and order stay. */
#ifndef PLUMB_EXERCISE_WEAVE_H
#define PLUMB_EXERCISE_WEAVE_H

#include <stddef.h>

#include "../core/exercise.h"
#include "../core/message.h"

/* The text of the file at `like`, with the exercise's values in it. 0 with *text owned, free with free(); or
 * negative with message where that file cannot be read as an exercise or this one cannot be written. */
int plumb_exercise_weave(
    const struct plumb_exercise *exercise, const char *like, char **text, size_t *n,
    struct plumb_message *message);

#endif
