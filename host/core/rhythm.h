/* What moves in the tilt besides the tilt: breathing and tremor, over a recording's window or a running one.
 *
 * Breathing lies at 0.1 to 0.5 Hz, tremor and shaking muscles at 4 to 12 Hz (EVIDENCE, "The size of things");
 * what is slower than both is the posture.
 */
#ifndef PLUMB_RHYTHM_H
#define PLUMB_RHYTHM_H

#include "breath.h"

#define PLUMB_RHYTHM_HZ      50   /* of the running window */
#define PLUMB_RHYTHM_N       1000 /* 20 s: three to six breaths */
#define PLUMB_TREMOR_LOW_HZ  4.0
#define PLUMB_TREMOR_HIGH_HZ 12.0

struct plumb_rhythm_found {
    struct plumb_breath breath;
    double tremor_rms_rad; /* of the band; NaN where the window is too short or too slow for it */
    double tremor_peak_hz; /* where the band is strongest */
};

/* tilt_rad: n values, evenly spaced at rate_hz (at least 4; at least 25 for the tremor), finite. 0, or -1
 * when memory is short (FFTW's). */
int plumb_rhythm_find(struct plumb_rhythm_found *found, const double *tilt_rad, size_t n, double rate_hz);

/* The running window. Begins with a zeroed state; copied by assignment. */
struct plumb_rhythm {
    double tilt_rad[PLUMB_RHYTHM_N]; /* a ring */
    double next_s;                   /* when the next value is due */
    size_t pushed_n;                 /* since the window began */
};

/* One moment; NaN or a gap above 0.25 s begins the window anew. */
void plumb_rhythm_push(struct plumb_rhythm *rhythm, double t_s, double tilt_rad);

/* The rhythm of the window: 0 and *found, or -1 while it holds less than 8 s. */
int plumb_rhythm_look(const struct plumb_rhythm *rhythm, struct plumb_rhythm_found *found);

#endif
