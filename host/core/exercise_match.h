/* Which step of an exercise was which before it was changed: nobody keeps count while it is edited. Pure. */
#ifndef PLUMB_EXERCISE_MATCH_H
#define PLUMB_EXERCISE_MATCH_H

#include "exercise.h"

/* was_of[i]: the index in `was` of what is step i of `is` now, -1 where it is new. Each of `was` at most
 * once. Steps are known by kind, words and figures, and by their order: one that was changed altogether in
 * its place is still the same; one that was moved is, where kind and words stayed. */
void plumb_exercise_match(
    const struct plumb_exercise *was, const struct plumb_exercise *is, int was_of[PLUMB_EXERCISE_STEPS_N]);

#endif
