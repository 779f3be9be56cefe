/* The error-state Kalman filter inside the orientation estimator; known to orient*.c and smooth*.c only.
 *
 * Error states: tilt (rotation about x and y of the world), velocity and position (x and y of the world),
 * gyroscope offset (sensor's frame) and gyroscope matrix (row-major).
 */
#ifndef PLUMB_ORIENT_FILTER_H
#define PLUMB_ORIENT_FILTER_H

#include "orient.h"

enum plumb_orient_at {
    PLUMB_AT_TILT = 0,
    PLUMB_AT_VELOCITY = 2,
    PLUMB_AT_POSITION = 4,
    PLUMB_AT_OFFSET = 6,
    PLUMB_AT_MATRIX = 9,
};

/* Carries the covariance over what has gathered since the last update, weighs in what is known of the
 * wearer, and corrects the state. */
void plumb_orient_filter_update(struct plumb_orient *state, const struct plumb_orient_coeff *coeff);

/* Begins to gather anew. */
void plumb_orient_filter_gather(struct plumb_orient *state);

#endif
