#include "engine_moment.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

static void copy_clip(struct plumb_moment *moment, const struct plumb_live *live)
{
    const struct plumb_session *session = &live->session;
    moment->have_hello = session->have_hello;
    moment->hello = session->hello;
    moment->sensors_n = 0;
    for (int imu = 0; imu < session->hello.imus_n; imu++)
        moment->sensors_n += session->hello.imus[imu].present != 0;
    moment->gone = live->gone;
    moment->silent = session->silent || session->lost;
    moment->sound_wanted = live->options.sound != PLUMB_VOICE_OFF;
    moment->sound_on = live->sound.pid != 0;
    moment->record_failed = live->recorder.fail ? live->recorder.fail : live->recorder.keep_fail;
    moment->lost_n = session->link.counters.lost;
    moment->session_id = live->recorder.session;
}

static double step_left_s(const struct plumb_session *session, const struct plumb_step *step)
{
    int timed = step && (step->kind == PLUMB_STEP_SAY || step->kind == PLUMB_STEP_MOVE ||
                         step->kind == PLUMB_STEP_CONTRACT);
    double left_s = timed ? step->for_s - (session->last_t_s - session->step_begun_s) : NAN;
    return left_s < 0 ? 0 : left_s;
}

static void copy_count(struct plumb_moment *moment, const struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    int reps = step && step->kind == PLUMB_STEP_REPS, breaths = step && step->kind == PLUMB_STEP_BREATHS;
    moment->counted_n = reps ? session->repetitions.n : breaths ? session->breaths.n : 0;
}

static void copy_exercise(struct plumb_moment *moment, const struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    moment->step = step ? *step : (struct plumb_step){0};
    snprintf(moment->say, sizeof moment->say, "%s", step ? session->say : "");
    moment->step_at = session->step;
    moment->steps_n = session->params.exercise ? session->params.exercise->steps_n : 0;
    moment->step_left_s = step_left_s(session, step);
    moment->progress = session->progress;
    moment->judged = session->params.exercise && session->params.exercise->judged;
    moment->side = session->side;
    moment->sides_n = session->sides_n;
    moment->side_at = session->side_at;
    moment->paused = session->paused;
    moment->resting = session->resting;
    moment->pose_gone = session->holding && plumb_limit_raised(&session->pose_guard);
    moment->stopped = session->stopped;
    moment->can_undo_neutral = session->step_before > 0;
    moment->holding = session->holding;
    moment->hold = session->hold;
    memcpy(moment->clean_n, session->clean_n, sizeof moment->clean_n);
}

/* Between up now and up as the step began, in the sensor's frame. */
static double moved_rad(const struct plumb_prepare *prepare)
{
    if (!prepare->ups_n)
        return NAN;
    struct plumb_vec3 now = prepare->ups[(prepare->ups_n - 1) % PLUMB_PREPARE_UPS_N][PLUMB_PELVIS];
    struct plumb_vec3 then = prepare->start_up_s;
    return atan2(plumb_vec3_norm(plumb_vec3_cross(now, then)), plumb_vec3_dot(now, then));
}

static void copy_angles(struct plumb_moment *moment, const struct plumb_live *live)
{
    const struct plumb_session *session = &live->session;
    moment->t_s = session->last_t_s;
    moment->decided = session->row.decided;
    moment->zone = session->row.zone;
    moment->flags = session->row.flags;
    moment->pose = session->judging.pose;
    moment->thresholds = session->holding ? session->judging.thresholds : live->limits[session->side];
    if (!session->holding && session->prepare.have_neutral)
        plumb_thresholds_widen(&moment->thresholds, session->prepare.neutral.breath_pp_rad);
    moment->moved_rad = moved_rad(&session->prepare);
    moment->have_mount = session->prepare.have_mount;
    moment->have_neutral = session->prepare.have_neutral;
    moment->mount = session->prepare.mount[PLUMB_PELVIS];
    moment->neutral = session->prepare.neutral;
    moment->breath_per_min = session->found_rhythm.breath.per_min;
    moment->tremor_rad = session->found_rhythm.tremor_rms_rad;
}

void plumb_moment_copy(struct plumb_moment *moment, const struct plumb_live *live)
{
    copy_clip(moment, live);
    copy_exercise(moment, &live->session);
    copy_count(moment, &live->session);
    moment->over = live->done_us != 0;
    copy_angles(moment, live);
}
