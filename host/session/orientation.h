/* The attitude of one sensor at every row of a track: the live estimator run over it, or the smoother. */
#ifndef PLUMB_ORIENTATION_H
#define PLUMB_ORIENTATION_H

#include "../core/smooth.h"
#include "../core/track.h"

/* q_ws: track->n of them, filled; tilt (may be NULL): as many. `causal`: each row knows only what came before
 * it, else the whole recording. 0, or -1 when memory is short or it was given up (wanted may be NULL). */
int plumb_orientation_run(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_params *params,
    int causal, struct plumb_quat *q_ws, struct plumb_tilt_variance *tilt, const struct plumb_wanted *wanted);

/* As a display that may be lag_s (0..3) late would show it: each row has seen that much of its future. */
int plumb_orientation_lagged(
    const struct plumb_track *track, enum plumb_role role, const struct plumb_orient_params *params,
    double lag_s, struct plumb_quat *q_ws);

/* Share (0..1) of the rows at which that sensor was still. */
double plumb_orientation_rest(const struct plumb_track *track, enum plumb_role role);

#endif
