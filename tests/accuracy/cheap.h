/* A sensor of two euros on a pelvis that stretches: ten minutes, two poses, holds of minutes, breathing and a
 * slow creep; the errors of an MPU-6050 that nobody calibrated. The truth beside it.
 */
#ifndef PLUMB_TESTS_CHEAP_H
#define PLUMB_TESTS_CHEAP_H

#include <stddef.h>

#include "host/core/quat.h"
#include "host/core/sample.h"
#include "host/patient/rng.h"

#define CHEAP_SECONDS   600
#define CHEAP_TURN_S    300.0 /* the pose changes here, within CHEAP_TURNING_S */
#define CHEAP_TURNING_S 4.0

struct cheap_triad {
    double matrix[3][3]; /* reading = matrix * truth + offset + noise */
    struct plumb_vec3 offset;
    double noise_rthz;
};

/* One wearer with one sensor. */
struct cheap {
    double rate_hz;
    struct plumb_quat q_wb_poses[2], q_bs;
    struct plumb_vec3 lever_b_m;            /* the sensor from the hip */
    double ramps_s[2][4], ramps_rad[2][4];  /* per pose: when a new hold begins, and its tilt */
    double breath_hz, breath_rad, breath_m; /* amplitudes */
    double creep_rad, creep_s;              /* amplitude and period of a slow creep */
    struct cheap_triad accel, gyro;
    struct plumb_rng rng;
};

/* gyro_offset_dps, scale and misalignment are the sizes that the specimen has (signs by chance); the
 * accelerometer's offset is that of the data sheet's tolerance times accel_offset_share. */
struct cheap cheap_of(
    uint64_t seed, double rate_hz, double gyro_offset_dps, double scale, double misalignment,
    double accel_offset_share);

/* Sample number i: what the sensor says, and true q_ws. */
struct plumb_imu cheap_sample(struct cheap *cheap, size_t i, struct plumb_quat *q_ws_true);

/* Sagittal tilt (rad, right-hand about the pelvis' z) that an orientation of the sensor means: the angle of
 * up in the pelvis' x-y plane. */
double cheap_tilt_rad(const struct cheap *cheap, struct plumb_quat q_ws);

/* 1 where tilt is scored: not within two seconds of a pose change. */
int cheap_scored(double t_s);

#endif
