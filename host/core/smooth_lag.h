/* Fixed lag, between live and smoothed: each orientation comes lag_s late and has seen that much of its
 * future.
 *
 * For displays that may be late. The live filter runs on; after every fifth of its updates the look back is
 * renewed, so a sample comes out lag_s to lag_s + 0.4 s after it went in (0.7 s at the start).
 */
#ifndef PLUMB_SMOOTH_LAG_H
#define PLUMB_SMOOTH_LAG_H

#include <stddef.h>

#include "orient_filter.h"

#define PLUMB_SMOOTH_LAG_MOST_S 3.0

enum { PLUMB_SMOOTH_LAG_SAMPLES = 4096, PLUMB_SMOOTH_LAG_KNOTS = 64 };

/* One orientation on its way out. */
struct plumb_smooth_late {
    double t_s;
    struct plumb_quat q_ws;
    double sd_rad; /* of the tilt about the worse axis, as it was known live: a bound */
};

/* One update of the live filter. */
struct plumb_smooth_lag_knot {
    struct plumb_orient_step step;
    size_t row; /* number of its sample, from 0 */
    double t_s, after_rad[2], before_rad[2];
    int restart;
};

/* 230 kB, copied by assignment. Numbers of samples and knots count on; they lie at their number modulo the
 * size.
 */
struct plumb_smooth_lag {
    struct plumb_orient live;
    double lag_s;
    size_t samples_n, ready_n, taken_n, knots_n, done_n;
    struct plumb_smooth_late samples[PLUMB_SMOOTH_LAG_SAMPLES];
    struct plumb_smooth_lag_knot knots[PLUMB_SMOOTH_LAG_KNOTS];
};

/* lag_s 0..PLUMB_SMOOTH_LAG_MOST_S; 0 is the live filter itself. */
void plumb_smooth_lag_init(
    struct plumb_smooth_lag *state, const struct plumb_orient_coeff *coeff, double lag_s);

/* As plumb_orient_push. More than 4096 samples within the lag: the oldest come out early, less smoothed. */
void plumb_smooth_lag_push(
    struct plumb_smooth_lag *state, const struct plumb_orient_coeff *coeff, double t_s,
    const struct plumb_imu *imu, unsigned flags);

/* The next orientation that is ready, in the order of the samples (those that were refused are left out):
 * 1, or 0 when none is. */
int plumb_smooth_lag_pull(struct plumb_smooth_lag *state, struct plumb_smooth_late *late);

/* The recording has ended: all that is still inside becomes ready, with what future there is. */
void plumb_smooth_lag_end(struct plumb_smooth_lag *state);

#endif
