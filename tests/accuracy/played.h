/* One shipped scenario played to the session in-process, at its own times, and its recording analysed: what
 * live said of the holds, what the analysis says, and what a judge would have said who saw the bones
 * themselves. */
#ifndef PLUMB_TESTS_PLAYED_H
#define PLUMB_TESTS_PLAYED_H

#include "host/core/exercise.h"
#include "host/core/hold.h"
#include "host/patient/scenario.h"

enum played_by { PLAYED_LIVE, PLAYED_AFTER, PLAYED_TRUTH, PLAYED_WAYS_N };

#define PLAYED_HOLDS_N 32

struct played {
    int holds_n[PLAYED_WAYS_N];
    struct plumb_hold holds[PLAYED_WAYS_N][PLAYED_HOLDS_N];
    /* how far up was at neutral from where the clip truly had it then, and the two from each other; NaN
     * without neutral */
    double neutral_off_rad[2], neutral_apart_rad;
    double mount_apart_rad; /* between the two axes across the body */
    int mount_good[2];      /* 1: they said it was good */
};

/* The shipped scenario with another seed: another person and another sensor who do the same. 0, or -1 having
 * said why. */
int played_scenario(struct plumb_scenario *scenario, const char *id, int seed);

/* 0, or -1 when memory is short. */
int played_fly(
    struct played *played, const struct plumb_scenario *scenario, const struct plumb_exercise *exercise);

#endif
