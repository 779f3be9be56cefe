/* The exercise's steps, taken one after the other. */
#include <stdio.h>
#include <string.h>

#include "internal.h"

struct markers {
    const char *begin, *end;
};

static const struct markers step_markers[PLUMB_STEPS_KINDS_N] = {
    [PLUMB_STEP_TILTS] = {"tilt_begin", "tilt_end"},
    [PLUMB_STEP_ARCH] = {"arch_begin", "arch_end"},
    [PLUMB_STEP_NEUTRAL] = {"neutral_begin", "neutral_end"},
    [PLUMB_STEP_HOLD] = {"hold_begin", "hold_end"},
};

const struct plumb_step *plumb_session_step(const struct plumb_session *session)
{
    const struct plumb_exercise *exercise = session->params.exercise;
    int there = exercise && session->step >= 0 && session->step < exercise->steps_n;
    return there ? &exercise->steps[session->step] : NULL;
}

static void cue(struct plumb_session *session, enum plumb_cue which)
{
    plumb_session_post(session, PLUMB_EVENT_CUE)->cue = which;
}

/* ---- words: LEG becomes the side */

static void write_words(struct plumb_session *session, const char *say)
{
    const char *leg = strstr(say, "LEG");
    const char *side = plumb_side_name(session->params.side);
    int before_n = leg ? (int)(leg - say) : (int)strlen(say);
    snprintf(
        session->say, sizeof session->say, "%.*s%s%s", before_n, say, leg ? side : "", leg ? leg + 3 : "");
}

/* ---- holds */

static void begin_hold(struct plumb_session *session)
{
    session->judging.thresholds = session->params.exercise->thresholds;
    plumb_thresholds_widen(&session->judging.thresholds, session->prepare.neutral.breath_pp_rad);
    session->judging.lumbar_sensor = (session->roles >> PLUMB_LUMBAR) & 1;
    plumb_judge_reset(&session->judge);
    plumb_hold_begin(&session->hold, session->last_t_s);
    session->holding = 1;
    plumb_session_post(session, PLUMB_EVENT_HOLD_BEGIN)->hold = session->hold;
    cue(session, PLUMB_CUE_IN_ZONE);
}

static void post_flags(struct plumb_session *session, const struct plumb_judge_change *change)
{
    for (int i = 0; i < change->n; i++) {
        int ended = !isnan(change->flags[i].end_s);
        plumb_session_post(session, ended ? PLUMB_EVENT_FLAG_END : PLUMB_EVENT_FLAG_BEGIN)->flag =
            change->flags[i];
    }
}

void plumb_program_end_hold(struct plumb_session *session)
{
    if (!session->holding)
        return;
    struct plumb_judge_change change;
    plumb_judge_end(&session->judge, &session->judging, session->last_t_s, &change);
    post_flags(session, &change);
    session->holding = 0;
    session->in_zone_s += session->hold.in_zone_s;
    plumb_session_post(session, PLUMB_EVENT_HOLD_END)->hold = session->hold;
}

static void push_hold(struct plumb_session *session)
{
    struct plumb_row *row = &session->row;
    struct plumb_judge_change change = {0};
    int was_paused = plumb_judge_paused(&session->judge);
    if (session->params.exercise->judged)
        plumb_judge_push(&session->judge, &session->judging, row->sample.t_s, &row->decided, &change);
    int paused = plumb_judge_paused(&session->judge);
    post_flags(session, &change);
    plumb_hold_push(&session->hold, row->sample.t_s, row->decided.tilt_rad, paused);
    if (paused != was_paused)
        cue(session, paused ? PLUMB_CUE_OUT : PLUMB_CUE_IN_ZONE);
    row->zone = plumb_judge_zone(&session->judge, &session->judging, &row->decided);
    row->flags = plumb_judge_standing(&session->judge);
}

/* ---- steps */

static void end_step(struct plumb_session *session, const struct plumb_step *step)
{
    const char *marker = step_markers[step->kind].end;
    if (marker)
        plumb_session_mark(session, marker);
    if (step->kind == PLUMB_STEP_TILTS || step->kind == PLUMB_STEP_ARCH)
        plumb_session_post(session, PLUMB_EVENT_MOUNT);
    if (step->kind == PLUMB_STEP_NEUTRAL)
        plumb_session_post(session, PLUMB_EVENT_NEUTRAL);
    if (step->kind == PLUMB_STEP_HOLD) {
        plumb_program_end_hold(session);
        cue(session, PLUMB_CUE_DONE);
    }
}

static void begin_step(struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    session->step_begun_s = session->last_t_s;
    session->progress = (struct plumb_progress){0};
    if (!step) {
        plumb_session_post(session, PLUMB_EVENT_DONE);
        return;
    }
    if (step_markers[step->kind].begin)
        plumb_session_mark(session, step_markers[step->kind].begin);
    write_words(session, step->say);
    struct plumb_event *event = plumb_session_post(session, PLUMB_EVENT_STEP);
    event->step = session->step;
    event->text = session->say;
    plumb_prepare_begin(&session->prepare, step, session->last_t_s);
    if (step->kind == PLUMB_STEP_HOLD)
        begin_hold(session);
}

/* The step behind this one: `again` goes back until it was done often enough. */
static int following(struct plumb_session *session)
{
    const struct plumb_exercise *exercise = session->params.exercise;
    int next = session->step + 1;
    while (next < exercise->steps_n && exercise->steps[next].kind == PLUMB_STEP_AGAIN) {
        const struct plumb_step *again = &exercise->steps[next];
        if (++session->again_n[next] < again->count)
            return again->back_to - 1;
        session->again_n[next] = 0;
        next++;
    }
    return next;
}

void plumb_session_skip(struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    if (!step)
        return;
    end_step(session, step);
    session->step = following(session);
    begin_step(session);
}

static struct plumb_progress watch_time(const struct plumb_session *session, const struct plumb_step *step)
{
    double passed_s = session->last_t_s - session->step_begun_s;
    double fraction = step->for_s > 0 ? passed_s / step->for_s : 1;
    return (struct plumb_progress){fraction < 1 ? fraction : 1, fraction >= 1, PLUMB_HINT_NONE};
}

static struct plumb_progress watch_hold(const struct plumb_session *session, const struct plumb_step *step)
{
    double fraction = session->hold.in_zone_s / step->in_zone_s;
    int over = step->at_most_s > 0 && plumb_hold_elapsed_s(&session->hold) >= step->at_most_s;
    return (struct plumb_progress){fraction < 1 ? fraction : 1, fraction >= 1 || over, PLUMB_HINT_NONE};
}

static struct plumb_progress
watch(struct plumb_session *session, const struct plumb_step *step, const struct plumb_quat *q_ws)
{
    switch (step->kind) {
    case PLUMB_STEP_SAY:
    case PLUMB_STEP_MOVE:
        return watch_time(session, step);
    case PLUMB_STEP_HOLD:
        push_hold(session);
        return watch_hold(session, step);
    default:
        return plumb_prepare_push(&session->prepare, &session->row.sample, q_ws);
    }
}

void plumb_program_push(struct plumb_session *session, const struct plumb_quat q_ws[PLUMB_ROLES_N])
{
    if (!session->params.exercise)
        return;
    if (session->step < 0) {
        session->step = 0;
        begin_step(session);
    }
    const struct plumb_step *step = plumb_session_step(session);
    if (!step)
        return;
    session->progress = watch(session, step, q_ws);
    if (session->progress.done)
        plumb_session_skip(session);
}
