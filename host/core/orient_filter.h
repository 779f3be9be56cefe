/* The error-state Kalman filter inside the orientation estimator; known to orient*.c and smooth*.c only.
 *
 * Error states: tilt (rotation about x and y of the world), velocity and position (x and y of the world),
 * gyroscope offset (sensor's frame) and gyroscope matrix (row-major).
 */
#ifndef PLUMB_ORIENT_FILTER_H
#define PLUMB_ORIENT_FILTER_H

#include "orient.h"

/* Time between two updates: 18 a second show no error against 140. */
#define PLUMB_ORIENT_STRIDE_S 0.056

enum plumb_orient_at {
    PLUMB_AT_TILT = 0,
    PLUMB_AT_VELOCITY = 2,
    PLUMB_AT_POSITION = 4,
    PLUMB_AT_OFFSET = 6,
    PLUMB_AT_MATRIX = 9,
};

/* One look at state number `at`: its column of the covariance before, 1 / innovation variance, innovation. */
struct plumb_orient_look {
    float column[PLUMB_ORIENT_N], weight, surprise;
    int at;
};

enum { PLUMB_ORIENT_LOOKS_MAX = 7 };

/* What a smoother must know of one update, in single precision: its gains are good to six digits. */
struct plumb_orient_step {
    float rows_w_s[2][3], rows_gyro_w_rad[2][9], up_w_mps, gathered_s; /* the way here */
    struct plumb_orient_look looks[PLUMB_ORIENT_LOOKS_MAX];
    int looks_n;
    float tilt_rad[2];                  /* by which the tilt was corrected */
    float tilt_rows[2][PLUMB_ORIENT_N]; /* of the covariance afterwards */
};

/* Carries the covariance over what has gathered since the last update, weighs in what is known of the
 * wearer, and corrects the state. `step` takes the record, or is NULL. */
void plumb_orient_filter_update(
    struct plumb_orient *state, const struct plumb_orient_coeff *coeff, struct plumb_orient_step *step);

/* Begins to gather anew. */
void plumb_orient_filter_gather(struct plumb_orient *state);

/* plumb_orient_push with the record of the update that it may have made: returns what happened. */
enum plumb_orient_event {
    PLUMB_ORIENT_IGNORED,
    PLUMB_ORIENT_TURNED,
    PLUMB_ORIENT_UPDATED,
    PLUMB_ORIENT_RESTARTED
};

enum plumb_orient_event plumb_orient_filter_push(
    struct plumb_orient *state, const struct plumb_orient_coeff *coeff, double t_s,
    const struct plumb_imu *imu, unsigned flags, struct plumb_orient_step *step);

#endif
