/* Leads a person through the still poses, sample by sample: what to show next, when a pose is taken, what
 * went wrong. No button: a pose is taken when it has been held for two seconds (one is enough if it is over
 * by then).
 *
 *   event    | when
 *   ---------+-----------------------------------------------------------
 *   TAKEN    | a pose was held and tells something new
 *   AGAIN    | a pose was held that had been shown before: counts with it
 *   TOO_SOON | moved on within a second
 *   DONE     | a pose was taken, and nothing is missing any more
 */
#ifndef PLUMB_GUIDE_H
#define PLUMB_GUIDE_H

#include "../host/core/diagnose.h"
#include "turned.h"

#define PLUMB_GUIDE_STILLS_N PLUMB_ACCEL_POSES_N
#define PLUMB_GUIDE_HOLD_S   2.0

enum plumb_guide_event {
    PLUMB_GUIDE_NOTHING,
    PLUMB_GUIDE_TAKEN,
    PLUMB_GUIDE_AGAIN,
    PLUMB_GUIDE_TOO_SOON,
    PLUMB_GUIDE_DONE
};

/* Big: on the heap. */
struct plumb_guide {
    struct plumb_still_blocks blocks;
    struct plumb_still_limits limits;
    struct plumb_diagnose diagnose; /* of all samples: axes at the end of their range, axes exchanged */
    struct plumb_still stills[PLUMB_GUIDE_STILLS_N];
    size_t stills_n;            /* of them that are fit to be used */
    size_t clipped_n;           /* poses left out because an axis was at the end of its range */
    struct plumb_accel_fit fit; /* of the poses so far */
    int next;                   /* the way to show now (turned.h), -1: nothing is missing */
    double still_s;             /* held still for so long by now */
    int taken;                  /* the present stillness has been taken already */
    struct plumb_vec3 taken_up_s;
    int limits_age; /* blocks since the limits were looked at */
};

/* `list` is the caller's, with room for so many blocks of a tenth of a second; the caller may move it to a
 * larger place between two samples (guide->blocks.list and .room). */
void plumb_guide_init(struct plumb_guide *guide, struct plumb_still_block *list, size_t room);

/* One sample of a recording: kept, and nothing else. */
void plumb_guide_keep(
    struct plumb_guide *guide, size_t row, double t_s, const struct plumb_imu *imu, unsigned flags);

/* One sample of a live run: kept and looked at. */
enum plumb_guide_event plumb_guide_push(
    struct plumb_guide *guide, size_t row, double t_s, const struct plumb_imu *imu, unsigned flags);

/* Looks at all that was kept: poses, fit, what is missing. */
void plumb_guide_look(struct plumb_guide *guide);

#endif
