/* The smoother: orientation of a whole recording, each sample with all that came before and after it.
 *
 * The live filter runs forward and leaves a record of each of its updates (18 a second); a pass backward over
 * the records (modified Bryson-Frazier: no matrix is inverted) says what the filter could not know yet. Where
 * the gyroscope proved far off (beyond 1.5 times what is believed at first), the forward run is done twice.
 * The records of a long recording are not all kept: each stretch of some minutes is run forward once more on
 * the way back (smooth_forward.h).
 */
#ifndef PLUMB_SMOOTH_H
#define PLUMB_SMOOTH_H

#include <stddef.h>

#include "orient.h"
#include "track.h"
#include "wanted.h"

/* What is uncertain about the tilt at one sample: the covariance of a small rotation about x and y of the
 * world. */
struct plumb_tilt_variance {
    float xx_rad2, xy_rad2, yy_rad2;
};

/* Bytes of workspace for a recording of n samples that lasts duration_s: 120 for each 0.056 s, or for each
 * sample where those are further apart, and 848 more for each of the first 16384 of those; 22 MB for an hour
 * at any rate. */
size_t plumb_smooth_bytes(size_t n, double duration_s);

/* q_ws (track->n of them) and, unless NULL, tilt (as many) from the samples of that role, which has columns.
 * Samples that lack the role, or that the live filter would refuse, get what lies between their neighbours.
 * `work` is aligned as malloc aligns, plumb_smooth_bytes(n, track->t_s[n - 1] - track->t_s[0]) long; nothing
 * is kept in it. 0, or -1 where it was given up (wanted, which may be NULL): q_ws and tilt are then half
 * filled. */
int plumb_smooth(
    struct plumb_quat *q_ws, struct plumb_tilt_variance *tilt, const struct plumb_track *track,
    enum plumb_role role, const struct plumb_orient_coeff *coeff, void *work,
    const struct plumb_wanted *wanted);

/* Standard deviation (rad) of a rotation about a horizontal unit vector of the world. */
double plumb_smooth_sd_rad(struct plumb_tilt_variance tilt, struct plumb_vec3 axis_w);

#endif
