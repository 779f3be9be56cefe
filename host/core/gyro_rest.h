/* What stillness tells of a gyroscope: what it reads though nothing turns, how that moves with warmth, its
 * noise. */
#ifndef PLUMB_GYRO_REST_H
#define PLUMB_GYRO_REST_H

#include "still.h"
#include "track.h"

struct plumb_gyro_rest {
    struct plumb_vec3 bias_radps, bias_sd_radps; /* at temp_c */
    struct plumb_vec3 slope_radps_per_c, slope_sd_radps_per_c;
    double temp_c, temp_range_c;                             /* weighted mean; NaN without a thermometer */
    struct plumb_vec3 density_radps_rthz, instability_radps; /* NaN below ten seconds of one stillness */
    double still_s;                                          /* the longest stillness */
};

/* n of 1 and more. A table's minutes are taken in pieces, so that they show the warmth. */
void plumb_gyro_rest_fit(
    struct plumb_gyro_rest *rest, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *stills, size_t n);

#endif
