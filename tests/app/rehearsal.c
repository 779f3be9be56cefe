#include "rehearsal.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/mark.h"
#include "host/patient/follow.h"

#define RATE_HZ   100.0
#define DEG       PLUMB_RAD_PER_DEG
#define LONGEST_S 3600.0
#define REACT_S   1.0 /* from the words to the movement */

static void act(struct rehearsal *rehearsal, struct plumb_act what, double at_s)
{
    what.at_s = at_s;
    plumb_scenario_add(&rehearsal->patient.scenario, what);
}

static struct plumb_act
pulse(enum plumb_act_kind kind, double size_deg, double rise_s, double hold_s, double fall_s)
{
    struct plumb_act what = plumb_act_default(kind);
    what.size_rad = size_deg * DEG;
    what.rise_s = rise_s;
    what.hold_s = hold_s;
    what.fall_s = fall_s;
    return what;
}

/* Raises within 1.5 s, stays for one, lowers within half a second. */
static void do_reps_sloppily(struct rehearsal *rehearsal, const struct plumb_step *step, double t_s)
{
    for (int i = 0; i < step->count; i++)
        act(rehearsal, pulse(PLUMB_ACT_HIKE, 10, 1.5, 1, 0.5), t_s + REACT_S + 6.5 * i);
}

static void move_sloppily(struct rehearsal *rehearsal, const struct plumb_step *step, double t_s)
{
    if (step->for_s >= 4)
        act(rehearsal, pulse(PLUMB_ACT_LAPSE, 12, 0.8, step->for_s - 3.4, 0.8), t_s + REACT_S);
}

static void perform(struct rehearsal *rehearsal, double t_s)
{
    const struct plumb_session *session = &rehearsal->session;
    const struct plumb_step *step = plumb_session_step(session);
    int sloppy = rehearsal->manner == MANNER_SLOPPY;
    if (rehearsal->manner == MANNER_MOTIONLESS)
        return;
    if (sloppy && step->kind == PLUMB_STEP_REPS) {
        do_reps_sloppily(rehearsal, step, t_s);
        return;
    }
    plumb_patient_asked(
        &rehearsal->patient, step, plumb_exercise_pose(session->params.exercise, session->side), t_s);
    if (sloppy && step->kind == PLUMB_STEP_MOVE)
        move_sloppily(rehearsal, step, t_s);
    if (sloppy && step->kind == PLUMB_STEP_HOLD)
        act(rehearsal, pulse(PLUMB_ACT_LAPSE, 9, 0.8, 3, 0.8), t_s + 3);
}

static void note_flag(struct rehearsal *rehearsal, const struct plumb_flag *flag)
{
    rehearsal->flags_n++;
    rehearsal->anterior_n += flag->kind == PLUMB_ANTERIOR_ROTATION;
    rehearsal->flags_outside_n += !rehearsal->session.holding;
    rehearsal->inferred_n += flag->basis == PLUMB_INFERRED;
    rehearsal->arch_measured_n += flag->kind == PLUMB_LUMBAR_ARCH && flag->basis == PLUMB_MEASURED;
}

static void record(struct rehearsal *rehearsal, const struct plumb_row *row)
{
    struct plumb_track *track = &rehearsal->track;
    enum plumb_marker kind;
    if (track->n == rehearsal->room) {
        rehearsal->room = rehearsal->room ? 2 * rehearsal->room : 8192;
        track->t_s = realloc(track->t_s, rehearsal->room * sizeof *track->t_s);
        track->present = realloc(track->present, rehearsal->room);
        track->flags = realloc(track->flags, rehearsal->room);
        track->imu[PLUMB_PELVIS] = realloc(track->imu[PLUMB_PELVIS], rehearsal->room * sizeof **track->imu);
    }
    if (row->marker && plumb_marker_find(row->marker, strlen(row->marker), &kind) &&
        rehearsal->marks_n < REHEARSAL_MARKS_N)
        rehearsal->marks[rehearsal->marks_n++] = (struct plumb_mark){kind, track->n, row->sample.t_s, NULL};
    track->t_s[track->n] = row->sample.t_s;
    track->present[track->n] = 1u << PLUMB_PELVIS;
    track->flags[track->n] = 0;
    track->imu[PLUMB_PELVIS][track->n++] = plumb_imu_pack(&row->sample.imu[PLUMB_PELVIS]);
}

void rehearsal_free(struct rehearsal *rehearsal)
{
    free(rehearsal->track.t_s);
    free(rehearsal->track.present);
    free(rehearsal->track.flags);
    free(rehearsal->track.imu[PLUMB_PELVIS]);
    rehearsal->track = (struct plumb_track){0};
}

static void listen(struct rehearsal *rehearsal, const struct plumb_event *event)
{
    struct plumb_voice *voice = rehearsal->voice;
    plumb_voice_push(voice, &rehearsal->session, event);
    for (int i = 0; i < voice->heard_n; i++) {
        const struct plumb_heard *heard = &voice->heard[i];
        int tone = heard->kind == PLUMB_HEARD_TONE && heard->tone.gain > 0;
        rehearsal->signs_n += heard->kind == PLUMB_HEARD_SIGN;
        rehearsal->tones_n += tone;
        rehearsal->tones_outside_n += tone && !rehearsal->session.holding;
        size_t n = strlen(rehearsal->said);
        if (heard->kind == PLUMB_HEARD_WORDS && n + strlen(heard->text) + 2 < sizeof rehearsal->said)
            sprintf(rehearsal->said + n, "%s\n", heard->text);
    }
}

static void note(struct rehearsal *rehearsal, const struct plumb_event *event)
{
    if (rehearsal->voice)
        listen(rehearsal, event);
    if (event->kind == PLUMB_EVENT_SAMPLE)
        record(rehearsal, &event->row);
    rehearsal->reps_n += event->kind == PLUMB_EVENT_REP;
    rehearsal->breaths_n += event->kind == PLUMB_EVENT_BREATH;
    if (event->kind == PLUMB_EVENT_SIDE && rehearsal->sides_n < 8) {
        rehearsal->turned_s[rehearsal->sides_n] = event->t_s;
        rehearsal->turned[rehearsal->sides_n] = event->side;
    }
    rehearsal->sides_n += event->kind == PLUMB_EVENT_SIDE;
    rehearsal->pose_gone_n += event->kind == PLUMB_EVENT_POSE_GONE;
    rehearsal->advice_n += event->kind == PLUMB_EVENT_ADVICE;
    rehearsal->stopped_n += event->kind == PLUMB_EVENT_STOPPED;
    rehearsal->done |= event->kind == PLUMB_EVENT_DONE;
    if (event->kind == PLUMB_EVENT_FLAG_BEGIN)
        note_flag(rehearsal, &event->flag);
    if (event->kind == PLUMB_EVENT_STEP)
        perform(rehearsal, event->t_s);
    if (event->kind == PLUMB_EVENT_HOLD_END) {
        rehearsal->holds_n++;
        rehearsal->clean_holds_n += event->hold.excursions == 0;
        rehearsal->elapsed_s += plumb_hold_elapsed_s(&event->hold);
    }
}

static void
begin(struct rehearsal *rehearsal, const struct plumb_exercise *exercise, enum manner manner, int both)
{
    struct plumb_session_params params;
    struct plumb_scenario scenario;
    memset(rehearsal, 0, sizeof *rehearsal);
    rehearsal->manner = manner;
    plumb_session_params_default(&params);
    params.exercise = exercise;
    params.both_sides = both;
    plumb_session_init(&rehearsal->session, &params);
    plumb_scenario_default(&scenario);
    scenario.pose = plumb_exercise_pose(exercise, params.side);
    scenario.breath_pp_rad = 1 * DEG;
    scenario.breath_shift_m = 0.002;
    plumb_patient_init(&rehearsal->patient, &scenario);
}

static void play(struct rehearsal *rehearsal, double most_s, rehearsal_hook *hook)
{
    for (int i = 1; !rehearsal->done && i < most_s * RATE_HZ; i++) {
        struct plumb_sample sample = {.t_s = i / RATE_HZ, .present = 1u << PLUMB_PELVIS};
        struct plumb_event event;
        sample.imu[PLUMB_PELVIS] = plumb_patient_clip(&rehearsal->patient, PLUMB_PELVIS, sample.t_s).felt;
        plumb_session_sample(&rehearsal->session, (int64_t)(sample.t_s * 1e6), &sample);
        if (hook)
            hook(rehearsal, sample.t_s);
        while (plumb_session_next(&rehearsal->session, &event))
            note(rehearsal, &event);
        rehearsal->length_s = sample.t_s;
    }
}

void rehearse(
    struct rehearsal *rehearsal, const struct plumb_exercise *exercise, enum manner manner, int both,
    double most_s, rehearsal_hook *hook)
{
    begin(rehearsal, exercise, manner, both);
    play(rehearsal, most_s, hook);
}

void rehearse_aloud(
    struct rehearsal *rehearsal, const struct plumb_exercise *exercise, enum manner manner, int both,
    struct plumb_voice *voice)
{
    begin(rehearsal, exercise, manner, both);
    rehearsal->voice = voice;
    play(rehearsal, LONGEST_S, NULL);
}
