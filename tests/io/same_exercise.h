/* Two exercises, field by field. */
#ifndef PLUMB_TESTS_SAME_EXERCISE_H
#define PLUMB_TESTS_SAME_EXERCISE_H

#include "host/core/exercise.h"

/* The first field in which they differ ("steps[3].for_s", static until the next call), or NULL. Numbers have
 * to be the same to the last bit. */
const char *first_difference(const struct plumb_exercise *a, const struct plumb_exercise *b);

#endif
