/* The exercise's steps, taken one after the other, one side after the other. */
#include <stdio.h>
#include <string.h>

#include "../core/mark.h"
#include "internal.h"

struct markers {
    const char *begin, *end;
};

static const struct markers step_markers[PLUMB_STEPS_KINDS_N] = {
    [PLUMB_STEP_TILTS] = {"tilt_begin", "tilt_end"},
    [PLUMB_STEP_ARCH] = {"arch_begin", "arch_end"},
    [PLUMB_STEP_NEUTRAL] = {"neutral_begin", "neutral_end"},
    [PLUMB_STEP_HOLD] = {"hold_begin", "hold_end"},
    [PLUMB_STEP_CONTRACT] = {"contract_begin", "contract_end"},
};

static const char *const side_markers[] = {
    [PLUMB_LEFT] = "note:left side", [PLUMB_RIGHT] = "note:right side"};

static const char *const pain_markers[PLUMB_PAINS_N] = {
    [PLUMB_PAIN_KNEE] = "note:knee pain",
    [PLUMB_PAIN_BACK] = "note:back pain",
    [PLUMB_PAIN_SHARP] = "note:stopped by the user: sharp pain"};

static const char taken_back[] = PLUMB_MARKER_NOTE PLUMB_NOTE_TAKEN_BACK;

/* EXERCISES, "Rules over a programme"; an exercise may say it in words of its own. */
static const enum plumb_word pain_words[PLUMB_PAINS_N] = {
    [PLUMB_PAIN_KNEE] = PLUMB_WORD_KNEE_PAIN,
    [PLUMB_PAIN_BACK] = PLUMB_WORD_BACK_PAIN,
    [PLUMB_PAIN_SHARP] = PLUMB_WORD_SHARP_PAIN};

const struct plumb_step *plumb_session_step(const struct plumb_session *session)
{
    const struct plumb_exercise *exercise = session->params.exercise;
    int there = exercise && session->step >= 0 && session->step < exercise->steps_n;
    return there ? &exercise->steps[session->step] : NULL;
}

/* ---- words: LEG becomes the side, OTHER the other one */

/* In the language of the exercise's sentences, which need not be the session's. */
static const char *word_for(const struct plumb_session *session, const char *at, size_t *n)
{
    const struct plumb_exercise *exercise = session->params.exercise;
    *n = strncmp(at, "LEG", 3) == 0 ? 3 : strncmp(at, "OTHER", 5) == 0 ? 5 : 0;
    enum plumb_side side = *n == 5 ? plumb_side_other(session->side) : session->side;
    return !*n ? NULL : exercise->side_words[side][0] ? exercise->side_words[side] : plumb_side_name(side);
}

void plumb_program_write(const struct plumb_session *session, const char *words, char *out, size_t room)
{
    size_t to = 0, skip;
    while (*words && to + 1 < room) {
        const char *word = word_for(session, words, &skip);
        if (word)
            to += (size_t)snprintf(out + to, room - to, "%s", word);
        else
            out[to++] = *words;
        words += word ? skip : 1;
    }
    out[to < room ? to : room - 1] = '\0';
}

/* ---- steps */

/* Left before it was captured: the neutral before it goes on. */
static int left_early(const struct plumb_session *session)
{
    const struct plumb_prepare *prepare = &session->prepare;
    return prepare->have_neutral && prepare->neutral.end_s < session->last_t_s;
}

static void end_step(struct plumb_session *session, const struct plumb_step *step)
{
    const char *marker = step_markers[step->kind].end;
    if (marker)
        plumb_session_mark(session, marker);
    if (step->kind == PLUMB_STEP_TILTS || step->kind == PLUMB_STEP_ARCH)
        plumb_session_post(session, PLUMB_EVENT_MOUNT);
    if (step->kind == PLUMB_STEP_NEUTRAL) {
        if (left_early(session))
            plumb_session_mark(session, taken_back);
        plumb_session_post(session, PLUMB_EVENT_NEUTRAL);
        plumb_program_check_pose(session);
    }
    if (step->kind == PLUMB_STEP_HOLD) {
        plumb_program_end_hold(session);
        plumb_session_post(session, PLUMB_EVENT_CUE)->cue = PLUMB_CUE_DONE;
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
    plumb_program_write(session, step->say, session->say, sizeof session->say);
    struct plumb_event *event = plumb_session_post(session, PLUMB_EVENT_STEP);
    event->step = session->step;
    event->text = session->say;
    plumb_prepare_begin(&session->prepare, step, session->last_t_s);
    plumb_program_begin_count(session);
    if (step->kind == PLUMB_STEP_HOLD)
        plumb_program_begin_hold(session);
}

static void begin_side(struct plumb_session *session)
{
    session->side = session->sides[session->side_at];
    session->prepare.pose = session->judging.pose =
        plumb_exercise_pose(session->params.exercise, session->side);
    plumb_session_mark(session, side_markers[session->side]);
    if (session->side_at == 0)
        return;
    plumb_session_post(session, PLUMB_EVENT_SIDE)->side = session->side;
}

/* An unclear arch leaves forward and backward in doubt: worth asking for once more, and only once. */
static int arch_once_more(struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    unsigned doubts = session->prepare.mount[PLUMB_PELVIS].doubts;
    if (step->kind != PLUMB_STEP_ARCH || session->arch_again || doubts != PLUMB_DOUBT_SIGN)
        return 0;
    session->arch_again = 1;
    begin_step(session);
    return 1;
}

/* The step behind this one; behind the last, the next side's first. */
static void go_on(struct plumb_session *session)
{
    const struct plumb_exercise *exercise = session->params.exercise;
    if (arch_once_more(session))
        return;
    session->step = plumb_exercise_following(exercise, session->step, session->again_n);
    if (session->step == exercise->steps_n && session->side_at + 1 < session->sides_n) {
        session->side_at++;
        session->step = exercise->other_side_from;
        begin_side(session);
    }
    begin_step(session);
}

static void begin(struct plumb_session *session)
{
    session->sides[0] = session->params.side;
    session->sides_n = 1;
    if (session->params.both_sides)
        session->sides_n = plumb_exercise_sides(
            session->params.exercise, session->params.side, session->params.stiffer, session->sides);
    session->step = 0;
    begin_side(session);
    begin_step(session);
}

void plumb_session_skip(struct plumb_session *session)
{
    const struct plumb_step *step = plumb_session_step(session);
    if (!step)
        return;
    if (session->resting) {
        session->resting = 0;
        plumb_program_step_aside(session);
        return;
    }
    end_step(session, step);
    go_on(session);
}

/* ---- what the user wants now */

/* Leaves the step that stands, however far it is, for another one. */
static void jump(struct plumb_session *session, int step)
{
    end_step(session, plumb_session_step(session));
    session->step = step;
    begin_step(session);
}

void plumb_session_pause(struct plumb_session *session, int on)
{
    if (!plumb_session_step(session) || session->paused == on)
        return;
    session->paused = on;
    plumb_program_step_aside(session);
    plumb_session_post(session, on ? PLUMB_EVENT_PAUSED : PLUMB_EVENT_GOES_ON);
}

/* The neutral step that governs the one now: the last at or before it. -1: there is none. */
static int neutral_step(const struct plumb_session *session)
{
    int at = session->step;
    while (at >= 0 && session->params.exercise->steps[at].kind != PLUMB_STEP_NEUTRAL)
        at--;
    return at;
}

int plumb_session_neutral_again(struct plumb_session *session)
{
    int at = plumb_session_step(session) ? neutral_step(session) : -1;
    if (at < 0 || at == session->step || !session->prepare.have_neutral)
        return 0;
    session->neutral_before = session->prepare.neutral;
    memcpy(session->mount_before, session->prepare.mount, sizeof session->mount_before);
    session->step_before = session->step;
    plumb_session_pause(session, 0);
    jump(session, at);
    return 1;
}

int plumb_session_neutral_undo(struct plumb_session *session)
{
    if (!plumb_session_step(session) || session->step_before <= 0)
        return 0;
    int to = session->step_before;
    session->step_before = 0;
    jump(session, to);
    session->prepare.neutral = session->neutral_before;
    memcpy(session->prepare.mount, session->mount_before, sizeof session->mount_before);
    plumb_session_mark(session, taken_back);
    plumb_session_post(session, PLUMB_EVENT_NEUTRAL);
    return 1;
}

int plumb_session_switch(struct plumb_session *session)
{
    const struct plumb_exercise *exercise = session->params.exercise;
    int last = session->side_at + 1 == session->sides_n;
    if (!plumb_session_step(session) || exercise->order == PLUMB_ORDER_BOTH_AT_ONCE ||
        (last && session->sides_n == PLUMB_EXERCISE_SIDES_N))
        return 0;
    if (last)
        session->sides[session->sides_n++] = plumb_side_other(session->side);
    plumb_session_pause(session, 0);
    end_step(session, plumb_session_step(session));
    session->side_at++;
    session->step = exercise->other_side_from;
    memset(session->again_n, 0, sizeof session->again_n);
    begin_side(session);
    begin_step(session);
    return 1;
}

/* ---- pain */

static void stop(struct plumb_session *session, const char *words)
{
    plumb_program_end_hold(session);
    session->stopped = 1;
    session->step = session->params.exercise->steps_n;
    plumb_session_post(session, PLUMB_EVENT_STOPPED)->text = words;
    plumb_session_post(session, PLUMB_EVENT_CUE)->cue = PLUMB_CUE_DONE;
    plumb_session_post(session, PLUMB_EVENT_DONE);
}

void plumb_session_pain(struct plumb_session *session, enum plumb_pain pain)
{
    const struct plumb_exercise *exercise = session->params.exercise;
    if (!plumb_session_step(session))
        return;
    const char *own = exercise->pain[pain],
               *words = *own ? own : plumb_session_word(session, pain_words[pain]);
    plumb_session_mark(session, pain_markers[pain]);
    if (pain == PLUMB_PAIN_SHARP) {
        stop(session, words);
        return;
    }
    session->resting |= session->holding && pain == PLUMB_PAIN_BACK;
    plumb_program_step_aside(session);
    plumb_session_post(session, PLUMB_EVENT_ADVICE)->text = words;
}

/* ---- one sample */

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
    case PLUMB_STEP_CONTRACT:
        plumb_program_push_contract(session);
        return watch_time(session, step);
    case PLUMB_STEP_REPS:
    case PLUMB_STEP_BREATHS:
        return plumb_program_push_count(session, step, q_ws);
    case PLUMB_STEP_HOLD:
        plumb_program_push_hold(session, q_ws);
        return watch_hold(session, step);
    default:
        return plumb_prepare_push(&session->prepare, &session->row.sample, q_ws);
    }
}

void plumb_program_push(struct plumb_session *session, const struct plumb_quat q_ws[PLUMB_ROLES_N])
{
    if (!session->params.exercise)
        return;
    if (session->step < 0)
        begin(session);
    const struct plumb_step *step = plumb_session_step(session);
    if (!step)
        return;
    if (session->paused) {
        if (session->holding)
            plumb_hold_push(&session->hold, session->last_t_s, NAN, 0);
        session->step_begun_s += session->last_t_s - session->passed_s;
        session->passed_s = session->last_t_s;
        return;
    }
    session->passed_s = session->last_t_s;
    session->progress = watch(session, step, q_ws);
    if (session->progress.done) {
        end_step(session, step);
        go_on(session);
    }
}
