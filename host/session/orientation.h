/* The attitude of one sensor at every row of a track: the live estimator run over it, or the smoother. */
#ifndef PLUMB_ORIENTATION_H
#define PLUMB_ORIENTATION_H

#include "../core/orient.h"
#include "../core/track.h"

/* q_ws: track->n, filled. cov_w (may be NULL): 3 * n, covariance of the tilt about the world's x and y: xx,
 * xy, yy in rad^2. rest_n (may be NULL): rows at rest. A row where that sensor is missing keeps the last
 * attitude. 0, or -1 when memory is short. */
int plumb_orientation_run(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_params *params,
    int causal, struct plumb_quat *q_ws, float *cov_w, size_t *rest_n);

#endif
