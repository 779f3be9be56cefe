/* Reads an exercise's data file (host/exercises/example.exercise explains every key). */
#ifndef PLUMB_LOAD_EXERCISE_H
#define PLUMB_LOAD_EXERCISE_H

#include <stddef.h>

#include "../core/exercise.h"
#include "../core/message.h"

/* 0, or PLUMB_DAMAGED / PLUMB_FAILED with a message naming file and line. */
int plumb_exercise_load(struct plumb_exercise *exercise, const char *path, struct plumb_message *message);

/* The same from n bytes in memory; `name` is what messages call it. */
int plumb_exercise_read(
    struct plumb_exercise *exercise, const char *name, const char *text, size_t n,
    struct plumb_message *message);

/* The same as plumb_exercise_load for one that somebody is still at work on: what is missing or contradicts
 * itself is let pass, what no file can hold is not. */
int plumb_exercise_load_unfinished(
    struct plumb_exercise *exercise, const char *path, struct plumb_message *message);

#endif
