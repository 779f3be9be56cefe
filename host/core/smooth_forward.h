/* The forward half of the smoother: the live filter over a whole track, and the record of each of its
 * updates. Known to smooth.c and its test only.
 *
 * A record is large (848 bytes, 18 a second). Only those of one stretch of some minutes are kept; the state
 * of the filter is kept where each stretch began, and who asks for a record of another one has it run there
 * once more. The filter given the same samples does the same to the bit.
 */
#ifndef PLUMB_SMOOTH_FORWARD_H
#define PLUMB_SMOOTH_FORWARD_H

#include <stddef.h>

#include "orient_filter.h"
#include "track.h"
#include "wanted.h"

/* One update of the live filter, or one restart. */
struct plumb_smooth_knot {
    size_t row; /* the sample that ended it */
    int restart;
    float offset_s_radps[3], matrix[9]; /* what the live filter knew of the gyroscope */
    double before_rad[2],
        after_rad[2]; /* by which the tilt is to be turned just before and after the update */
    double variance_rad2[3];
};

struct plumb_smooth_mark;

struct plumb_smooth_forward {
    const struct plumb_track *track;
    enum plumb_role role;
    const struct plumb_orient_coeff *coeff;
    const struct plumb_wanted *wanted;
    struct plumb_smooth_knot *knots; /* in the workspace, as is all below */
    size_t knots_n, knots_max;
    struct plumb_smooth_mark *marks; /* where each stretch of records began */
    struct plumb_orient_step *steps; /* the records of one stretch */
    size_t stretch;                  /* of which */
};

/* Bytes of workspace for n samples that last duration_s. */
size_t plumb_smooth_forward_bytes(size_t n, double duration_s);

/* `work` is aligned as malloc aligns; the track has samples. */
void plumb_smooth_forward_init(
    struct plumb_smooth_forward *forward, const struct plumb_track *track, enum plumb_role role,
    const struct plumb_orient_coeff *coeff, const struct plumb_wanted *wanted, void *work);

/* The filter, as `live` stands, over all samples: its orientation in q_ws (zeros where a sample said
 * nothing), its updates in the knots. 0, or -1 where it was given up. */
int plumb_smooth_forward_run(
    struct plumb_smooth_forward *forward, struct plumb_orient *live, struct plumb_quat *q_ws);

/* The record of update k, borrowed until the next is asked for; NULL where it was given up. Asked for from
 * the last to the first each stretch is run once more at most, the last one not at all. */
const struct plumb_orient_step *plumb_smooth_forward_step(struct plumb_smooth_forward *forward, size_t k);

/* What the filter knows of the gyroscope. */
void plumb_smooth_note_gyro(struct plumb_smooth_knot *knot, const struct plumb_orient *live);

/* 1 where the sample of that row is there. */
static inline int plumb_smooth_has(const struct plumb_smooth_forward *forward, size_t row)
{
    return (forward->track->present[row] >> forward->role) & 1;
}

static inline struct plumb_imu plumb_smooth_imu(const struct plumb_smooth_forward *forward, size_t row)
{
    return plumb_imu_unpack(&forward->track->imu[forward->role][row]);
}

#endif
