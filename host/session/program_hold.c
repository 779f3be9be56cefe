/* A hold: judged, counted, paused; and the pose guarded while it lasts.
 *
 *   state     | out of the zone | back in the zone | pose gone | pose back | back pain | skip      | dose or
 * time
 *   ----------+-----------------+------------------+-----------+-----------+-----------+-----------+-------------
 *   counting  | paused          | -                | pose gone | -         | resting   | next step | next
 * step paused    | -               | counting         | pose gone | -         | resting   | next step | next
 * step pose gone | -               | -                | -         | counting  | resting   | next step | next
 * step resting   | -               | -                | -         | -         | -         | counting  | next
 * step
 *
 * Only counting counts. Where the pose is gone or the wearer rests, nothing is judged and standing flags end.
 */
#include "internal.h"

#define HARD_N      3 /* excursions after which a hold was hard to keep */
#define WHOLE_SHARE 0.999

static void cue(struct plumb_session *session, enum plumb_cue which)
{
    plumb_session_post(session, PLUMB_EVENT_CUE)->cue = which;
}

double
plumb_program_away_rad(const struct plumb_session *session, const struct plumb_quat q_ws[PLUMB_ROLES_N])
{
    if (!session->prepare.have_neutral)
        return NAN;
    struct plumb_vec3 now = plumb_body_up(q_ws[PLUMB_PELVIS], session->prepare.mount[PLUMB_PELVIS].q_sb);
    struct plumb_vec3 then = session->prepare.neutral.up_b[PLUMB_PELVIS];
    return atan2(plumb_vec3_norm(plumb_vec3_cross(now, then)), plumb_vec3_dot(now, then));
}

static struct plumb_thresholds limits_now(const struct plumb_session *session)
{
    const struct plumb_session_params *params = &session->params;
    return params->limits ? params->limits[session->side] : params->exercise->thresholds;
}

void plumb_program_begin_hold(struct plumb_session *session)
{
    session->judging.thresholds = limits_now(session);
    plumb_thresholds_widen(&session->judging.thresholds, session->prepare.neutral.breath_pp_rad);
    session->judging.lumbar_sensor = (session->roles >> PLUMB_LUMBAR) & 1;
    plumb_judge_reset(&session->judge);
    plumb_hold_begin(&session->hold, session->last_t_s);
    session->pose_guard = (struct plumb_limit){0};
    session->resting = session->aside = 0;
    session->leaving_s = NAN;
    session->holding = 1;
    plumb_session_post(session, PLUMB_EVENT_HOLD_BEGIN)->hold = session->hold;
    cue(session, PLUMB_CUE_IN_ZONE);
    plumb_program_step_aside(session); /* it may begin in a pause */
}

static void post_flags(struct plumb_session *session, const struct plumb_judge_change *change)
{
    for (int i = 0; i < change->n; i++) {
        int ended = !isnan(change->flags[i].end_s);
        plumb_session_post(session, ended ? PLUMB_EVENT_FLAG_END : PLUMB_EVENT_FLAG_BEGIN)->flag =
            change->flags[i];
    }
}

static void end_flags(struct plumb_session *session)
{
    struct plumb_judge_change change;
    plumb_judge_end(&session->judge, &session->judging, session->last_t_s, &change);
    post_flags(session, &change);
}

/* ---- aside */

void plumb_program_step_aside(struct plumb_session *session)
{
    int aside = session->paused || session->resting || plumb_limit_raised(&session->pose_guard);
    if (!session->holding || aside == session->aside)
        return;
    session->aside = aside;
    if (aside)
        end_flags(session);
    plumb_session_mark(session, aside ? "pose_change_begin" : "pose_change_end");
}

/* ---- the pose */

/* A lapse and getting up begin alike. */
static void watch_leaving(struct plumb_session *session)
{
    if (!(session->away_rad > session->judging.thresholds.immediate_rad)) {
        session->leaving_s = NAN;
    } else if (isnan(session->leaving_s)) {
        session->leaving_s = session->last_t_s;
        session->hold_before = session->hold;
    }
}

/* It was no lapse, as is known now: the hold is what it was when the wearer began to go. */
static void take_back_leaving(struct plumb_session *session)
{
    double end_s = session->hold.end_s;
    if (!(session->leaving_s > session->pose_guard.onset_s - PLUMB_JUDGE_LEAVING_S))
        return;
    session->hold = session->hold_before;
    session->hold.end_s = end_s;
    session->hold.paused = 1;
}

static void leave_pose(struct plumb_session *session)
{
    take_back_leaving(session);
    plumb_program_step_aside(session);
    plumb_session_post(session, PLUMB_EVENT_POSE_GONE);
    cue(session, PLUMB_CUE_TROUBLE);
}

static void find_pose(struct plumb_session *session)
{
    plumb_program_step_aside(session);
    plumb_session_post(session, PLUMB_EVENT_POSE_BACK);
    cue(session, PLUMB_CUE_IN_ZONE);
}

/* 1 while the wearer is not in the pose that neutral was captured in. */
static int pose_gone(struct plumb_session *session, const struct plumb_quat *q_ws)
{
    session->away_rad = plumb_program_away_rad(session, q_ws);
    struct plumb_limit_params guard = plumb_judge_pose_guard();
    watch_leaving(session);
    enum plumb_limit_change change =
        plumb_limit_push(&session->pose_guard, &guard, session->last_t_s, session->away_rad);
    if (change == PLUMB_LIMIT_BEGAN)
        leave_pose(session);
    if (change == PLUMB_LIMIT_ENDED)
        find_pose(session);
    return plumb_limit_raised(&session->pose_guard);
}

/* ---- one sample */

static void judge(struct plumb_session *session)
{
    struct plumb_row *row = &session->row;
    struct plumb_judge_change change = {0};
    int was_paused = plumb_judge_paused(&session->judge);
    plumb_judge_push(&session->judge, &session->judging, row->sample.t_s, &row->decided, &change);
    int paused = plumb_judge_paused(&session->judge);
    post_flags(session, &change);
    plumb_hold_push(&session->hold, row->sample.t_s, row->decided.tilt_rad, paused);
    if (paused != was_paused)
        cue(session, paused ? PLUMB_CUE_OUT : PLUMB_CUE_IN_ZONE);
    row->zone = plumb_judge_zone(&session->judge, &session->judging, &row->decided);
    row->flags = plumb_judge_standing(&session->judge);
}

/* A companion exercise counts its time whatever the pelvis does, known or not. */
static void count_only(struct plumb_session *session)
{
    const struct plumb_row *row = &session->row;
    double tilt_rad = isnan(row->decided.tilt_rad) ? 0 : row->decided.tilt_rad;
    plumb_hold_push(&session->hold, row->sample.t_s, tilt_rad, 0);
}

void plumb_program_push_hold(struct plumb_session *session, const struct plumb_quat q_ws[PLUMB_ROLES_N])
{
    int judged = session->params.exercise->judged;
    int away = judged && pose_gone(session, q_ws);
    if (away || session->resting)
        plumb_hold_push(&session->hold, session->last_t_s, NAN, 0);
    else if (judged)
        judge(session);
    else
        count_only(session);
}

void plumb_program_push_contract(struct plumb_session *session)
{
    struct plumb_judge_params wider = session->judging;
    struct plumb_judge nothing_raised = {0};
    wider.thresholds = limits_now(session);
    plumb_judge_widen_contraction(&wider.thresholds);
    session->row.zone = plumb_judge_zone(&nothing_raised, &wider, &session->row.decided);
}

/* ---- the end */

/* What the hold was worth: full and clean, or hard to keep. */
static void weigh(struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    const struct plumb_hold *hold = &session->hold;
    const struct plumb_exercise *exercise = session->params.exercise;
    int full = step && hold->in_zone_s >= WHOLE_SHARE * step->in_zone_s;
    session->holds_n++;
    session->clean_n[session->side] += exercise->judged && full && !hold->excursions;
    if (!exercise->support[0] || (hold->excursions < HARD_N && full))
        return;
    plumb_program_write(session, exercise->support, session->support_say, sizeof session->support_say);
    plumb_session_post(session, PLUMB_EVENT_ADVICE)->text = session->support_say;
}

void plumb_program_end_hold(struct plumb_session *session)
{
    if (!session->holding)
        return;
    end_flags(session);
    plumb_program_check_neutral(session);
    if (session->aside)
        plumb_session_mark(session, "pose_change_end");
    session->holding = session->resting = 0;
    session->in_zone_s += session->hold.in_zone_s;
    plumb_session_post(session, PLUMB_EVENT_HOLD_END)->hold = session->hold;
    weigh(session);
}
