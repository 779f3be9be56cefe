#include "guided.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/mark.h"
#include "host/core/track.h"
#include "host/core/units.h"
#include "host/patient/clip.h"
#include "host/session/analysis.h"
#include "host/session/session.h"

#define DEG        PLUMB_RAD_PER_DEG
#define DIFFICULTY 0.7
#define HOLD_S     60.0
#define CREEP_S    170.0
#define MOST_S     420.0
#define MARKS_N    32
#define CREEP_RATE (0.05 * DEG)

struct flight {
    struct guided *guided;
    struct plumb_exercise exercise;
    struct plumb_session *session;
    struct plumb_patient patient;
    struct plumb_rng rng;
    struct plumb_track track;
    size_t room;
    struct plumb_mark marks[MARKS_N];
    size_t marks_n;
    int over;
    int calm; /* breathes as deeply as anybody, coughs and talks, and never lets go */
};

static const struct {
    const char *name, *exercise;
} poses[GUIDED_POSES_N] = {
    [GUIDED_SUPINE] = {"supine", "supine-edge"},
    [GUIDED_PRONE] = {"prone", "prone-strap"},
    [GUIDED_HALF_KNEELING] = {"half-kneeling", "half-kneeling"},
    [GUIDED_STANDING] = {"standing", "standing-lunge"},
};

const char *guided_pose_name(enum guided_pose pose)
{
    return poses[pose].name;
}

const char *guided_exercise_id(enum guided_pose pose)
{
    return poses[pose].exercise;
}

static double between(struct flight *flight, double low, double high)
{
    return plumb_rng_uniform(&flight->rng, low, high);
}

static void act(struct flight *flight, struct plumb_act what, double at_s)
{
    what.at_s = at_s;
    plumb_scenario_add(&flight->patient.scenario, what);
}

static struct plumb_act
pulse(enum plumb_act_kind kind, double size_rad, double rise_s, double hold_s, double fall_s)
{
    struct plumb_act what = plumb_act_default(kind);
    what.size_rad = size_rad;
    what.rise_s = rise_s;
    what.hold_s = hold_s;
    what.fall_s = fall_s;
    return what;
}

/* ---- who, and what is asked */

/* The head of the shipped exercise, one hold. Limits: mostly the defaults, sometimes as tight as can be set.
 */
static void make_exercise(struct flight *flight, const struct plumb_exercise *shipped)
{
    static const struct plumb_step steps[] = {
        {.kind = PLUMB_STEP_STILL, .for_s = 2, .at_most_s = 20},
        {.kind = PLUMB_STEP_TILTS, .count = 4, .at_most_s = 40},
        {.kind = PLUMB_STEP_ARCH, .at_most_s = 20},
        {.kind = PLUMB_STEP_NEUTRAL, .for_s = 10},
        {.kind = PLUMB_STEP_MOVE, .for_s = 3},
        {.kind = PLUMB_STEP_HOLD, .in_zone_s = 1000},
    };
    struct plumb_exercise *exercise = &flight->exercise;
    double red_deg = between(flight, 0, 1) < 0.7 ? 5 : between(flight, 2, 5);
    *exercise = *shipped;
    memcpy(exercise->steps, steps, sizeof steps);
    exercise->steps_n = sizeof steps / sizeof *steps;
    exercise->steps[5].at_most_s = flight->guided->creeps ? CREEP_S : HOLD_S;
    plumb_thresholds_scale(&exercise->thresholds, red_deg / 5);
    exercise->thresholds.amber_rad = fmax(exercise->thresholds.amber_rad, 2 * DEG);
    exercise->thresholds.immediate_rad = shipped->thresholds.immediate_rad;
    flight->guided->thresholds = exercise->thresholds;
}

static void make_person(struct flight *flight, unsigned long long seed)
{
    struct plumb_scenario scenario;
    plumb_scenario_random(&scenario, seed, DIFFICULTY);
    scenario.acts_n = 0;
    scenario.pose = flight->exercise.pose;
    scenario.length_s = MOST_S;
    scenario.breath_pp_rad = between(flight, 0.3, flight->calm ? 4.0 : 2.0) * DEG;
    scenario.tremor_rad = between(flight, 0, 0.4) * DEG; /* 1 deg at its largest is 0.35 rms */
    scenario.tremor_low_hz = 5;
    scenario.tremor_high_hz = 10;
    if (flight->exercise.pose == PLUMB_UPRIGHT)
        scenario.pivot = PLUMB_PIVOT_HIP;
    plumb_patient_init(&flight->patient, &scenario);
}

/* ---- what happens in the hold */

static double lapse_rad(struct flight *flight)
{
    double red_rad = flight->exercise.thresholds.red_rad, which = between(flight, 0, 1);
    if (which < 0.55)
        return red_rad + between(flight, 2, 6) * DEG;
    return which < 0.75 ? red_rad + between(flight, -1, 2) * DEG : between(flight, 0.2, 0.6) * red_rad;
}

static double one_turn(struct flight *flight, double at_s, enum plumb_act_kind kind)
{
    double limit_rad = flight->exercise.thresholds.turn_red_rad;
    double size_rad = between(flight, 0, 1) < 0.6 ? limit_rad + between(flight, 2.5, 6) * DEG
                                                  : between(flight, 0.2, 0.6) * limit_rad;
    struct plumb_act turn = pulse(
        kind, between(flight, 0, 1) < 0.5 ? size_rad : -size_rad, between(flight, 0.4, 2),
        between(flight, 1, 3), between(flight, 0.5, 2));
    act(flight, turn, at_s);
    return turn.rise_s + turn.hold_s + turn.fall_s;
}

static double one_lapse(struct flight *flight, double at_s)
{
    struct plumb_act lapse = pulse(
        PLUMB_ACT_LAPSE, lapse_rad(flight), between(flight, 0.25, 2.5), between(flight, 1, 4),
        between(flight, 0.4, 2));
    act(flight, lapse, at_s);
    return lapse.rise_s + lapse.hold_s + lapse.fall_s;
}

static double one_tip_back(struct flight *flight, double at_s)
{
    act(flight, pulse(PLUMB_ACT_LAPSE, -between(flight, 4, 13) * DEG, 1.5, 2.5, 1.5), at_s);
    return 5.5;
}

static double one_disturbance(struct flight *flight, double at_s)
{
    static const enum plumb_act_kind kinds[] = {
        PLUMB_ACT_COUGH, PLUMB_ACT_SPEECH, PLUMB_ACT_BUMP, PLUMB_ACT_WALK};
    int upright = flight->exercise.pose == PLUMB_UPRIGHT;
    struct plumb_act what = plumb_act_default(kinds[plumb_rng_next(&flight->rng) % (upright ? 4 : 3)]);
    if (what.kind == PLUMB_ACT_COUGH)
        what.size_rad = between(flight, 0.5, 1.5) * DEG;
    if (what.kind == PLUMB_ACT_WALK)
        what.hold_s = 2;
    act(flight, what, at_s);
    what.at_s = at_s;
    return plumb_act_end_s(&what) - at_s;
}

static double something(struct flight *flight, double at_s)
{
    int upright = flight->exercise.pose == PLUMB_UPRIGHT;
    double which = flight->calm ? 1 : between(flight, 0, 1);
    if (which < 0.45)
        return one_lapse(flight, at_s);
    if (which < 0.65)
        return one_turn(flight, at_s, upright ? PLUMB_ACT_HIKE : PLUMB_ACT_TURN);
    return which < 0.72 ? one_tip_back(flight, at_s) : one_disturbance(flight, at_s);
}

static void creep(struct flight *flight, double at_s)
{
    struct plumb_act ramp = plumb_act_default(PLUMB_ACT_TILT);
    ramp.size_rad = flight->exercise.thresholds.red_rad + 2.5 * DEG;
    ramp.rise_s = ramp.size_rad / CREEP_RATE / 1.9; /* the ramp's middle is 1.9 times as steep as its mean */
    act(flight, ramp, at_s + 3);
}

static void hold(struct flight *flight, double at_s)
{
    double t_s = at_s + between(flight, 3, 6);
    if (flight->guided->creeps) {
        creep(flight, at_s);
        return;
    }
    while (t_s < at_s + HOLD_S - 10)
        t_s += something(flight, t_s) + between(flight, 2.5, 5);
}

static void perform(struct flight *flight, double t_s)
{
    const struct plumb_step *step = plumb_session_step(flight->session);
    if (step->kind == PLUMB_STEP_TILTS) {
        struct plumb_act tilts = plumb_act_default(PLUMB_ACT_TILTS);
        tilts.count = 4;
        tilts.size_rad = 8 * DEG;
        tilts.hold_s = 12;
        act(flight, tilts, t_s + 1);
    }
    if (step->kind == PLUMB_STEP_ARCH)
        act(flight, pulse(PLUMB_ACT_ARCH, 8 * DEG, 1.5, 0, 1.5), t_s + 1);
    if (step->kind == PLUMB_STEP_HOLD)
        hold(flight, t_s);
}

/* ---- flying */

static void add_flag(struct guided_flags *flags, const struct plumb_flag *flag)
{
    if (flags->n < GUIDED_FLAGS_N)
        flags->flags[flags->n++] = *flag;
}

static void record(struct flight *flight, const struct plumb_row *row)
{
    struct plumb_track *track = &flight->track;
    enum plumb_marker kind;
    if (track->n == flight->room) {
        flight->room = flight->room ? 2 * flight->room : 16384;
        track->t_s = realloc(track->t_s, flight->room * sizeof *track->t_s);
        track->present = realloc(track->present, flight->room);
        track->flags = realloc(track->flags, flight->room);
        track->imu[PLUMB_PELVIS] = realloc(track->imu[PLUMB_PELVIS], flight->room * sizeof **track->imu);
    }
    if (row->marker && plumb_marker_find(row->marker, strlen(row->marker), &kind) &&
        flight->marks_n < MARKS_N)
        flight->marks[flight->marks_n++] = (struct plumb_mark){kind, track->n, row->sample.t_s, NULL};
    track->t_s[track->n] = row->sample.t_s;
    track->present[track->n] = 1u << PLUMB_PELVIS;
    track->flags[track->n] = 0;
    track->imu[PLUMB_PELVIS][track->n++] = plumb_imu_pack(&row->sample.imu[PLUMB_PELVIS]);
}

static void note(struct flight *flight, const struct plumb_event *event)
{
    if (event->kind == PLUMB_EVENT_SAMPLE)
        record(flight, &event->row);
    if (event->kind == PLUMB_EVENT_STEP)
        perform(flight, event->t_s);
    if (event->kind == PLUMB_EVENT_FLAG_END)
        add_flag(&flight->guided->live, &event->flag);
    if (event->kind == PLUMB_EVENT_HOLD_END)
        flight->guided->live_hold = event->hold;
    if (event->kind == PLUMB_EVENT_DONE)
        flight->over = 1;
}

static void fly(struct flight *flight)
{
    struct plumb_session_params params;
    struct plumb_clip_params clip_params;
    struct plumb_clip clip;
    struct plumb_sample sample = {0};
    struct plumb_event event;
    plumb_session_params_default(&params);
    params.exercise = &flight->exercise;
    plumb_session_init(flight->session, &params);
    plumb_clip_params_default(&clip_params);
    plumb_clip_init(&clip, &clip_params, &flight->patient);
    while (!flight->over && sample.t_s < MOST_S) {
        plumb_clip_next(&clip, &flight->patient, &sample);
        plumb_session_sample(flight->session, (int64_t)(sample.t_s * 1e6), &sample);
        while (plumb_session_next(flight->session, &event))
            note(flight, &event);
    }
}

/* ---- afterwards */

static int analyze(struct flight *flight)
{
    struct plumb_analysis analysis;
    struct plumb_analysis_params params;
    plumb_analysis_params_default(&params);
    params.exercise = &flight->exercise;
    int fail = plumb_analyze(&analysis, &params, &flight->track, flight->marks, flight->marks_n);
    for (size_t i = 0; !fail && i < analysis.flags_n; i++)
        add_flag(&flight->guided->after, &analysis.flags[i]);
    if (!fail && analysis.holds_n)
        flight->guided->after_hold = analysis.holds[0].hold;
    plumb_analysis_free(&analysis);
    return fail;
}

/* ---- the truth */

static int trembles(enum plumb_act_kind kind)
{
    return kind == PLUMB_ACT_COUGH || kind == PLUMB_ACT_SPEECH || kind == PLUMB_ACT_BUMP ||
           kind == PLUMB_ACT_WALK;
}

/* The person as they meant it: breathing and will, with neutral where the session took it. */
static void calm(const struct flight *flight, struct plumb_patient *patient)
{
    const struct plumb_neutral *neutral = &flight->session->prepare.neutral;
    struct plumb_scenario scenario = flight->patient.scenario;
    struct plumb_act window = plumb_act_default(PLUMB_ACT_NEUTRAL);
    size_t kept_n = 0;
    for (size_t i = 0; i < scenario.acts_n; i++)
        if (!trembles(scenario.acts[i].kind))
            scenario.acts[kept_n++] = scenario.acts[i];
    scenario.acts_n = kept_n;
    scenario.tremor_rad = 0;
    window.at_s = neutral->start_s;
    window.hold_s = neutral->end_s - neutral->start_s;
    plumb_scenario_add(&scenario, window);
    plumb_patient_init(patient, &scenario);
}

static void judge_truth(struct flight *flight, int i, struct plumb_judge *judge)
{
    struct guided *guided = flight->guided;
    struct plumb_judge_params params = {
        guided->thresholds, flight->exercise.pose, flight->exercise.judges, 0, 0};
    struct plumb_angles angles = PLUMB_ANGLES_NONE;
    struct plumb_judge_change change;
    double t_s = guided->from_s + (double)i / GUIDED_HZ;
    angles.tilt_rad = (double)guided->tilt_rad[i];
    angles.rotation_rad = (double)guided->rotation_rad[i];
    angles.obliquity_rad = (double)guided->obliquity_rad[i];
    plumb_judge_push(judge, &params, t_s, &angles, &change);
    plumb_hold_push(&guided->truth_hold, t_s, angles.tilt_rad, plumb_judge_paused(judge));
    for (int k = 0; k < change.n; k++)
        if (!isnan(change.flags[k].end_s))
            add_flag(&guided->truth, &change.flags[k]);
    if (i < guided->truth_n - 1)
        return;
    plumb_judge_end(judge, &params, t_s, &change);
    for (int k = 0; k < change.n; k++)
        add_flag(&guided->truth, &change.flags[k]);
}

static void tell_truth(struct flight *flight)
{
    struct guided *guided = flight->guided;
    struct plumb_judge judge = {0};
    struct plumb_patient patient;
    calm(flight, &patient);
    guided->from_s = guided->live_hold.start_s;
    guided->truth_n = (int)((guided->live_hold.end_s - guided->from_s) * GUIDED_HZ);
    guided->truth_n = guided->truth_n < GUIDED_TRUTH_N ? guided->truth_n : GUIDED_TRUTH_N;
    plumb_hold_begin(&guided->truth_hold, guided->from_s);
    for (int i = 0; i < guided->truth_n; i++) {
        struct plumb_truth truth = plumb_patient_truth(&patient, guided->from_s + (double)i / GUIDED_HZ);
        guided->tilt_rad[i] = (float)truth.tilt_rad;
        guided->rotation_rad[i] = (float)truth.rotation_rad;
        guided->obliquity_rad[i] = (float)truth.obliquity_rad;
        judge_truth(flight, i, &judge);
    }
}

double guided_value_rad(const struct guided *guided, enum plumb_flag_kind kind, int i)
{
    double tilt_rad = (double)guided->tilt_rad[i];
    if (kind == PLUMB_PELVIC_ROTATION)
        return fabs((double)guided->rotation_rad[i]);
    if (kind == PLUMB_OBLIQUITY)
        return fabs((double)guided->obliquity_rad[i]);
    return kind == PLUMB_POSTERIOR_TILT ? -tilt_rad : tilt_rad;
}

double guided_limit_rad(const struct guided *guided, enum plumb_flag_kind kind)
{
    const struct plumb_thresholds *t = &guided->thresholds;
    if (kind == PLUMB_PELVIC_ROTATION || kind == PLUMB_OBLIQUITY)
        return t->turn_red_rad;
    return kind == PLUMB_POSTERIOR_TILT ? t->posterior_rad : t->red_rad;
}

int guided_fly(
    struct guided *guided, const struct plumb_exercise *exercise, enum guided_pose pose,
    unsigned long long seed)
{
    struct flight *flight = calloc(1, sizeof *flight);
    memset(guided, 0, sizeof *guided);
    if (!flight || !(flight->session = malloc(sizeof *flight->session))) {
        free(flight);
        return -1;
    }
    guided->pose = pose;
    flight->guided = guided;
    flight->rng = plumb_rng_of(seed + 1000003);
    guided->creeps = between(flight, 0, 1) < 0.12;
    flight->calm = !guided->creeps && between(flight, 0, 1) < 0.25;
    make_exercise(flight, exercise);
    make_person(flight, seed);
    fly(flight);
    int fail = !flight->over || analyze(flight);
    if (!fail)
        tell_truth(flight);
    free(flight->track.t_s);
    free(flight->track.present);
    free(flight->track.flags);
    free(flight->track.imu[PLUMB_PELVIS]);
    free(flight->session);
    free(flight);
    return fail ? -1 : 0;
}
