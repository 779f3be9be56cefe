/* The judge of a hold: one limit per kind of flag, fed with the decision-filtered angles while a hold is
 * armed. */
#ifndef PLUMB_JUDGE_H
#define PLUMB_JUDGE_H

#include "body.h"
#include "flag.h"
#include "limit.h"

struct plumb_judge_params {
    struct plumb_thresholds thresholds;
    enum plumb_pose pose;
    unsigned judged;   /* bits (1u << enum plumb_flag_kind) */
    int lumbar_sensor; /* 1: a second sensor measures the lumbar curve */
    double lag_s;      /* of the decision filter; 0 where it sees the future */
};

struct plumb_judge {
    struct plumb_limit limit[PLUMB_FLAGS_N];
};

/* An angle known no better than this is not judged: while the estimator finds itself after a gap or a
 * restart. */
#define PLUMB_JUDGE_SD_MOST_RAD 0.035 /* 2 deg: the smallest threshold there is */

/* What one push changed: flags begun (end_s NaN) or ended. */
struct plumb_judge_change {
    int n;
    struct plumb_flag flags[PLUMB_FLAGS_N];
};

/* How far gravity may turn in the pelvis, whichever way, before the pose counts as left: one limit for the
 * session and the analysis. No lapse goes so far (EVIDENCE: the largest voluntary tilts are 11 deg); getting
 * up does. */
struct plumb_limit_params plumb_judge_pose_guard(void);

/* Getting up goes no slower from its beginning, a tilt beyond what is flagged at once, to the guard's limit.
 */
#define PLUMB_JUDGE_LEAVING_S 3.0

/* The limits while the wearer presses against the stretch. */
void plumb_judge_widen_contraction(struct plumb_thresholds *thresholds);

void plumb_judge_reset(struct plumb_judge *judge);

void plumb_judge_push(
    struct plumb_judge *judge, const struct plumb_judge_params *params, double t_s,
    const struct plumb_angles *angles, struct plumb_judge_change *change);

/* Ends what still stands (the hold is over). */
void plumb_judge_end(
    struct plumb_judge *judge, const struct plumb_judge_params *params, double t_s,
    struct plumb_judge_change *change);

/* 1 while a flag stands that pauses the timer. */
int plumb_judge_paused(const struct plumb_judge *judge);

/* The bits of the flags that stand now. */
unsigned plumb_judge_standing(const struct plumb_judge *judge);

enum plumb_zone plumb_judge_zone(
    const struct plumb_judge *judge, const struct plumb_judge_params *params,
    const struct plumb_angles *angles);

#endif
