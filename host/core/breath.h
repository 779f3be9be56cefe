/* Breathing as it shows in the tilt of the pelvis: rate and size over a window. Needs host/core/spectrum. */
#ifndef PLUMB_BREATH_H
#define PLUMB_BREATH_H

#include <stddef.h>

struct plumb_breath {
    double pp_deg;   /* peak to peak of the breathing, typical breath */
    double per_min;  /* breaths per minute; 0 where none is found */
    double strength; /* 0..1: share of the movement that is breathing */
};

/* `tilt_rad` evenly spaced at rate_hz over at least 5 s (two breaths are wanted for a rate); shorter gives
 * zeros. */
void plumb_breath_find(struct plumb_breath *breath, const double *tilt_rad, size_t n, double rate_hz);

#endif
