/* Whether the angles of a recording can be trusted: the pose at neutral, the clip in each hold, neutral at
 * the end of each. What slipped is told and not mended: the tilt stays as it was measured. */
#include "../core/slip.h"
#include "../core/units.h"
#include "analysis_internal.h"

#define EARLIER_S 60.0 /* where the wearer was before the hold counts: see slip.h */
#define QUIET_S   4.0  /* a breath */
#define QUIET_RAD (2.0 * PLUMB_RAD_PER_DEG)
#define REST_S    15.0 /* so long after a hold neutral may still be looked for */

static size_t row_before(const struct plumb_track *track, size_t row, double span_s)
{
    double from_s = track->t_s[row] - span_s;
    while (row > 0 && track->t_s[row - 1] >= from_s)
        row--;
    return row;
}

/* ---- the pose */

static void check_pose(struct plumb_analysis *analysis, enum plumb_pose wanted)
{
    const struct plumb_mount *mount = &analysis->mount[PLUMB_PELVIS];
    struct plumb_vec3 up_s = plumb_quat_apply(mount->q_sb, analysis->neutral.up_b[PLUMB_PELVIS]);
    analysis->other_pose = plumb_pose_contradicts(mount, wanted, up_s, &analysis->pose_seen);
}

/* ---- neutral */

/* The neutral that governs the hold. */
static struct plumb_vec3 neutral_of(const struct plumb_batch *batch, const struct plumb_hold_window *hold)
{
    struct plumb_neutral neutral = batch->analysis->neutral;
    size_t first_hold = plumb_span_marked(batch, PLUMB_HOLD_BEGIN, 0).end;
    struct plumb_span later = {0, 0};
    if (first_hold)
        later = plumb_span_marked(batch, PLUMB_NEUTRAL_BEGIN, first_hold);
    for (; later.end > later.begin && later.begin <= hold->begin;
         later = plumb_span_marked(batch, PLUMB_NEUTRAL_BEGIN, later.end))
        plumb_batch_neutral(batch, later, &neutral);
    return neutral.up_b[PLUMB_PELVIS];
}

/* Where the wearer is quiet now, how far from neutral; else NaN. */
static double
change_rad(const struct plumb_batch *batch, const struct plumb_slip *slip, struct plumb_vec3 then)
{
    struct plumb_vec3 up_s;
    double spread_rad;
    if (!plumb_slip_lately(slip, QUIET_S, &up_s, &spread_rad) || spread_rad > QUIET_RAD)
        return NAN;
    struct plumb_quat q_bs = plumb_quat_conj(batch->analysis->mount[PLUMB_PELVIS].q_sb);
    struct plumb_vec3 now = plumb_quat_apply(q_bs, up_s);
    double rad = atan2(plumb_vec3_norm(plumb_vec3_cross(now, then)), plumb_vec3_dot(now, then));
    return rad < plumb_judge_pose_guard().enter_rad ? rad : NAN;
}

/* ---- one hold */

struct watch {
    struct plumb_batch *batch;
    struct plumb_hold_window *hold;
    struct plumb_slip slip;
    struct plumb_flag flag; /* onset_s NaN: none so far */
};

/* 1 where the row within the hold is judged: not while the pose is gone. */
static int judged_at(const struct watch *watch, double t_s)
{
    const double *times_s = watch->batch->track->t_s;
    size_t row = watch->hold->begin;
    while (row + 1 < watch->hold->end && times_s[row] < t_s)
        row++;
    return watch->batch->analysis->zone[row] != PLUMB_OFF;
}

static void take(struct watch *watch, const struct plumb_slip_found *found)
{
    const struct plumb_hold *hold = &watch->hold->hold;
    if (found->t_s < hold->start_s || found->t_s > hold->end_s || !judged_at(watch, found->t_s))
        return;
    if (isnan(watch->flag.onset_s))
        watch->flag.onset_s = watch->flag.start_s = found->t_s;
    watch->flag.peak_rad = fmax(watch->flag.peak_rad, found->angle_rad);
}

static void push_row(struct watch *watch, size_t row)
{
    const struct plumb_batch *batch = watch->batch;
    struct plumb_slip_found found;
    if ((batch->track->present[row] & 1u << PLUMB_PELVIS) &&
        plumb_slip_push(
            &watch->slip, batch->track->t_s[row], batch->analysis->q_ws[PLUMB_PELVIS][row], &found))
        take(watch, &found);
}

/* The rest: what slipped at the very end is only certain now, and neutral may still be found. */
static void push_rest(struct watch *watch, size_t until)
{
    const struct plumb_track *track = watch->batch->track;
    double *change = &watch->hold->neutral_change_rad, end_s = track->t_s[watch->hold->end - 1];
    double look_s = end_s, wait_s = fmax(REST_S, PLUMB_SLIP_STAY_S);
    struct plumb_vec3 then = neutral_of(watch->batch, watch->hold);
    *change = change_rad(watch->batch, &watch->slip, then);
    for (size_t row = watch->hold->end; row < until && track->t_s[row] < end_s + wait_s; row++) {
        push_row(watch, row);
        if (!isnan(*change) || track->t_s[row] < look_s + 1)
            continue;
        look_s = track->t_s[row];
        *change = change_rad(watch->batch, &watch->slip, then);
    }
}

static int tell(struct watch *watch)
{
    struct plumb_analysis *analysis = watch->batch->analysis;
    const double *t_s = watch->batch->track->t_s;
    if (isnan(watch->flag.onset_s))
        return 0;
    watch->flag.end_s = t_s[watch->hold->end - 1];
    for (size_t row = watch->hold->end; row-- > watch->hold->begin && t_s[row] >= watch->flag.onset_s;)
        analysis->row_flags[row] |= 1u << PLUMB_SENSOR_SLIP;
    return plumb_batch_add_flag(watch->batch, &watch->flag);
}

static int watch_hold(struct plumb_batch *batch, size_t i)
{
    struct plumb_analysis *analysis = batch->analysis;
    struct plumb_hold_window *hold = &analysis->holds[i];
    const struct plumb_mount *mount = &analysis->mount[PLUMB_PELVIS];
    struct watch watch = {.batch = batch, .hold = hold};
    watch.flag = (struct plumb_flag){.kind = PLUMB_SENSOR_SLIP, .basis = PLUMB_MEASURED, .onset_s = NAN};
    plumb_slip_init(&watch.slip);
    if (mount->method == PLUMB_MOUNT_FUNCTIONAL && mount->quality == PLUMB_MOUNT_GOOD)
        plumb_slip_axis(&watch.slip, mount->ml_axis_s);
    for (size_t row = row_before(batch->track, hold->begin, EARLIER_S); row < hold->end; row++)
        push_row(&watch, row);
    push_rest(&watch, i + 1 < analysis->holds_n ? analysis->holds[i + 1].begin : batch->track->n);
    return tell(&watch);
}

int plumb_batch_trust(struct plumb_batch *batch)
{
    struct plumb_analysis *analysis = batch->analysis;
    check_pose(analysis, plumb_exercise_pose(batch->params->exercise, batch->params->side));
    for (size_t i = 0; i < analysis->holds_n; i++) {
        analysis->holds[i].neutral_change_rad = NAN;
        if (batch->params->exercise->judged && watch_hold(batch, i))
            return -1;
    }
    return 0;
}
