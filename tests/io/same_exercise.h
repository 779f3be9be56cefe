/* Two exercises, field by field. */
#ifndef PLUMB_TESTS_SAME_EXERCISE_H
#define PLUMB_TESTS_SAME_EXERCISE_H

#include "host/core/exercise.h"

/* The first field in which they differ ("steps[3].for_s", static until the next call), or NULL. Numbers have
 * to be the same to the last bit. */
const char *first_difference(const struct plumb_exercise *a, const struct plumb_exercise *b);

/* CU_ASSERTs that there is none, and says which where there is. */
void check_no_difference(const struct plumb_exercise *a, const struct plumb_exercise *b);

/* Loads it, or ends the test. */
void exercise_load(struct plumb_exercise *exercise, const char *path);

#endif
