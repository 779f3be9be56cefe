/* The backward half of the smoother: the adjoint of the live filter's updates. Known to smooth*.c only. */
#ifndef PLUMB_SMOOTH_BACK_H
#define PLUMB_SMOOTH_BACK_H

#include "orient_filter.h"

/* What the future says: the gradient and the curvature of its surprise with respect to the error state. */
struct plumb_smooth_back {
    double slope[PLUMB_ORIENT_N];
    double curve[PLUMB_ORIENT_N][PLUMB_ORIENT_N];
};

/* The future is empty. */
void plumb_smooth_back_init(struct plumb_smooth_back *back);

/* How the tilt after that update is to be turned about x and y of the world, and, unless NULL, its covariance
 * (xx, xy, yy) then. */
void plumb_smooth_back_tilt(
    const struct plumb_smooth_back *back, const struct plumb_orient_step *step, double turn_rad[2],
    double variance_rad2[3]);

/* From after an update to after the one before it. `with_curve` 0 leaves the curvature alone. */
void plumb_smooth_back_over(
    struct plumb_smooth_back *back, const struct plumb_orient_step *step, int with_curve);

/* Over a restart: of tilt, speed and place nothing is shared; offset and matrix are. */
void plumb_smooth_back_part(struct plumb_smooth_back *back);

#endif
