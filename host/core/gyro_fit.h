/* A gyroscope's errors from still poses and the turns between them.
 *
 *   rate = matrix (reading - bias - slope (temperature - temp_c))
 *
 * Stillness gives the bias, and its slope where the temperature moved. A turn from pose to pose must take the
 * up that the (corrected) accelerometer saw before to the one it sees after: that gives all nine numbers of
 * the matrix in the accelerometer's axes, but for turns about the vertical, which no pose sees. Gauss-Newton;
 * turns that contradict the others count less.
 */
#ifndef PLUMB_GYRO_FIT_H
#define PLUMB_GYRO_FIT_H

#include "gyro_rest.h"
#include "gyro_turn.h"

#define PLUMB_GYRO_TURNS_N 256

enum plumb_gyro_refusal {
    PLUMB_GYRO_FITTED,
    PLUMB_GYRO_NO_REST,   /* not a single still pose: not even the bias */
    PLUMB_GYRO_WRONG_AXES /* turns and poses cannot be made to agree: axes exchanged, flipped or broken */
};

struct plumb_gyro_fit {
    enum plumb_gyro_refusal refusal;
    struct plumb_gyro_rest rest;                 /* what stillness alone says */
    struct plumb_vec3 bias_radps, bias_sd_radps; /* at rest.temp_c */
    struct plumb_vec3 slope_radps_per_c;         /* 0 where it is not known */
    int slope_known;
    double matrix[9];                /* identity where no turn was seen */
    int matrix_known;                /* every axis' scale known to half a percent or better */
    double scale_sd[3], cross_sd;    /* of the diagonal; of the worst number beside it */
    int weak_axis;                   /* 0..2: about which turning was seen least */
    size_t turns_n, broken_n;        /* used; left out because samples were missing or beyond the range */
    double turned_rad;               /* by all turns together */
    double before_rad, residual_rad; /* rms of up after a turn against the accelerometer's, per turn */
};

/* Fits the sensor of that role. `accel` corrects the accelerometer already (its gyroscope part is ignored).
 * 0, or -1 where it refuses; bias is then still set unless there was no rest. */
int plumb_gyro_fit(
    struct plumb_gyro_fit *fit, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_still *stills, size_t n, const struct plumb_calib *accel);

#endif
