/* Readings at the end of a sensor's range, seen as flat tops: where nobody said that they are clipped. */
#ifndef PLUMB_FLAT_TOP_H
#define PLUMB_FLAT_TOP_H

#include <math.h>

#include "sample.h"

/* Copied by assignment; begins as zeros. */
struct plumb_flat_top {
    double last[6], most[6]; /* force, then rate: the reading before, the largest magnitude ever */
    int same_n[6];           /* so often in a row */
};

enum plumb_flat_top_at { PLUMB_FLAT_FORCE = 1u << 0, PLUMB_FLAT_RATE = 1u << 1 };

/* Which triad has the same reading three times in a row at the largest magnitude ever seen, beyond half of
 * the smallest ranges that sensors have (250 deg/s, 2 g). Bits of enum plumb_flat_top_at. */
static inline unsigned plumb_flat_top_push(struct plumb_flat_top *state, const struct plumb_imu *imu)
{
    const double now[6] = {imu->accel_s_mps2.x, imu->accel_s_mps2.y, imu->accel_s_mps2.z,
                           imu->gyro_s_radps.x, imu->gyro_s_radps.y, imu->gyro_s_radps.z};
    const double force_mps2 = 15, rate_radps = 4;
    unsigned found = 0;
    for (int i = 0; i < 6; i++) {
        double size = fabs(now[i]), least = i < 3 ? force_mps2 : rate_radps;
        state->same_n[i] = now[i] == state->last[i] ? state->same_n[i] + 1 : 1;
        if (size >= least && size >= state->most[i] && state->same_n[i] >= 3)
            found |= i < 3 ? PLUMB_FLAT_FORCE : PLUMB_FLAT_RATE;
        state->most[i] = fmax(state->most[i], size);
        state->last[i] = now[i];
    }
    return found;
}

#endif
