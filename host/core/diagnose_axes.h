/* The comparison of gyroscope and accelerometer over the 48 signed permutations; part of diagnose. */
#ifndef PLUMB_DIAGNOSE_AXES_H
#define PLUMB_DIAGNOSE_AXES_H

#include "diagnose.h"

/* One look: up (unit, in the sensor's frame), its change per second, the rate, all low-passed alike. */
void plumb_diagnose_axes_add(
    struct plumb_diagnose_sums *sums, struct plumb_vec3 up_s, struct plumb_vec3 change_per_s,
    struct plumb_vec3 rate_s_radps);

/* Sets axes, map, and the gyroscope's scale. */
void plumb_diagnose_axes_judge(const struct plumb_diagnose_sums *sums, struct plumb_diagnosis *diagnosis);

#endif
