/* Breaths as they come: the tilt less its slow mean swings once a breath. For prompts and counts while a
 * person breathes; host/core/breath measures a whole window afterwards.
 *
 *   state | above +edge          | between | below -edge
 *   ------+----------------------+---------+------------
 *   LOW   | HIGH, one counted    | stay    | stay
 *   HIGH  | stay                 | stay    | LOW
 *
 * The edge is a quarter of the swing seen of late, at least 0.05 deg: below that it is the sensor's noise.
 */
#ifndef PLUMB_BREATH_COUNT_H
#define PLUMB_BREATH_COUNT_H

#include "lowpass.h"

struct plumb_breath_count {
    struct plumb_lowpass slow, quick;
    double swing_rad, last_s, counted_s;
    int high, n;
};

/* One tilt at t_s; NaN is skipped. Returns 1 when a breath was counted. Begins with a zeroed state. */
int plumb_breath_count_push(struct plumb_breath_count *count, double t_s, double tilt_rad);

#endif
