/* Breathing as it shows in the tilt of the pelvis: rate and size over a window. Needs host/core/spectrum.
 *
 * The rate is that of the one sinusoid of 6 to 30 a minute that, beside a slow drift, explains most of the
 * movement: finer than the bins of a spectrum of so short a window. The size is the middle one of the single
 * breaths' heights, so one deep breath or a shift of the body does not change it.
 */
#ifndef PLUMB_BREATH_H
#define PLUMB_BREATH_H

#include <stddef.h>

struct plumb_breath {
    double
        pp_rad; /* peak to peak of the breathing, typical breath; 0 where none is found, or more than 5 deg */
    double per_min;  /* breaths per minute; 0 where none is found */
    double strength; /* 0..1: share of the movement (less drift and tremor) that is breathing */
};

/* `tilt_rad` evenly spaced at rate_hz (at least 4), finite, over at least 5 s; shorter gives zeros. A rate
 * needs one and a half breaths within the window, two to be good to one a minute. Of more than 60 s the last
 * 60 s count. */
void plumb_breath_find(struct plumb_breath *breath, const double *tilt_rad, size_t n, double rate_hz);

#endif
