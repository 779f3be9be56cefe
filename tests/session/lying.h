/* Somebody lying on their back, by formula: tilt as a function of time, the clip as the manual shows it. */
#ifndef PLUMB_TESTS_LYING_H
#define PLUMB_TESTS_LYING_H

#include "host/core/exercise.h"
#include "host/core/mark.h"
#include "host/core/track.h"

struct lying {
    struct plumb_track track; /* owned */
    struct plumb_mark marks[16];
    size_t marks_n;
};

/* for_s seconds at rate_hz of tilt_deg(t_s); rows for which gone(t_s) is not 0 are left out (gone may be
 * NULL). */
void lying_make(
    struct lying *lying, double for_s, double rate_hz, double (*tilt_deg)(double t_s),
    int (*gone)(double t_s));

/* Marks the first row at or after t_s. */
void lying_mark(struct lying *lying, enum plumb_marker kind, double t_s);

void lying_free(struct lying *lying);

/* Judged on everything that shows lying down, default thresholds. */
void lying_exercise(struct plumb_exercise *exercise);

#endif
