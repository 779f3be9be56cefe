/* Exercises by chance: all that a person may type, and what only a program would. */
#ifndef PLUMB_TESTS_ANY_EXERCISE_H
#define PLUMB_TESTS_ANY_EXERCISE_H

#include "host/core/exercise.h"
#include "host/patient/rng.h"

/* 0 .. n-1 */
int up_to(struct plumb_rng *rng, int n);

/* One that the reader takes. clean: its texts are such as a file holds. */
void any_exercise(struct plumb_rng *rng, struct plumb_exercise *exercise, int clean);

/* A step of it; at: its place. */
void any_step(struct plumb_rng *rng, struct plumb_step *step, int at, int clean);

#endif
