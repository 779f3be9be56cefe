#include "follow.h"

#define DEG PLUMB_RAD_PER_DEG

#define REACT_S    1.0 /* from the words to the movement */
#define TURN_S     3.0 /* to lie down, to get up, to roll over */
#define ONE_TILT_S 3.0
#define TILTS_RAD  (8 * DEG) /* peak to peak */
#define ARCH_RAD   (8 * DEG)
#define PRESS_RAD  (7 * DEG) /* how far the pelvis gives way to a leg that presses */
#define RISE_S     1.5
#define FALL_S     3.0
#define TOP_S      1.0 /* a repetition's */
#define BETWEEN_S  1.0
#define REP_RAD    (10 * DEG)
#define REP_MORE   1.5 /* as much larger as the smallest that counts */
#define LOWER_MORE 2.0 /* as much slower as the fastest that is not said */
#define ENDLESS_S  1e6

/* What is to come is not done any more; a window ends here. */
static void break_off(struct plumb_scenario *scenario, double t_s)
{
    while (scenario->acts_n && scenario->acts[scenario->acts_n - 1].at_s > t_s)
        scenario->acts_n--;
    for (size_t i = 0; i < scenario->acts_n; i++) {
        struct plumb_act *act = &scenario->acts[i];
        int named = act->kind == PLUMB_ACT_HOLD || act->kind == PLUMB_ACT_CONTRACT;
        if (named && plumb_act_end_s(act) > t_s)
            act->hold_s = t_s - act->at_s;
    }
}

static enum plumb_pose pose_at_last(const struct plumb_scenario *scenario)
{
    enum plumb_pose pose = scenario->pose;
    for (size_t i = 0; i < scenario->acts_n; i++)
        if (scenario->acts[i].kind == PLUMB_ACT_POSE)
            pose = scenario->acts[i].pose;
    return pose;
}

static void take_pose(struct plumb_patient *patient, enum plumb_pose pose, double t_s)
{
    struct plumb_act turn = plumb_act_default(PLUMB_ACT_POSE);
    if (pose == pose_at_last(&patient->scenario))
        return;
    turn.at_s = t_s + REACT_S;
    turn.rise_s = TURN_S;
    turn.pose = pose;
    plumb_patient_act(patient, turn);
}

static void pulse(
    struct plumb_patient *patient, enum plumb_act_kind kind, double size_rad, double at_s,
    const double rise_hold_fall_s[3])
{
    struct plumb_act act = plumb_act_default(kind);
    act.at_s = at_s;
    act.size_rad = size_rad;
    act.rise_s = rise_hold_fall_s[0];
    act.hold_s = rise_hold_fall_s[1];
    act.fall_s = rise_hold_fall_s[2];
    plumb_patient_act(patient, act);
}

static void window(struct plumb_patient *patient, enum plumb_act_kind kind, double at_s, double for_s)
{
    struct plumb_act act = plumb_act_default(kind);
    act.at_s = at_s;
    act.hold_s = for_s;
    plumb_patient_act(patient, act);
}

static void do_tilts(struct plumb_patient *patient, const struct plumb_step *step, double t_s)
{
    struct plumb_act tilts = plumb_act_default(PLUMB_ACT_TILTS);
    tilts.at_s = t_s + REACT_S;
    tilts.count = step->count;
    tilts.size_rad = TILTS_RAD;
    tilts.hold_s = ONE_TILT_S * step->count;
    plumb_patient_act(patient, tilts);
}

static void do_arch(struct plumb_patient *patient, double t_s)
{
    pulse(patient, PLUMB_ACT_ARCH, ARCH_RAD, t_s + REACT_S, (const double[]){RISE_S, 0, RISE_S});
}

static void do_press(struct plumb_patient *patient, const struct plumb_step *step, double t_s)
{
    double press_s = fmax(step->for_s - 2 * REACT_S - 2, 0);
    window(patient, PLUMB_ACT_CONTRACT, t_s, step->for_s);
    pulse(patient, PLUMB_ACT_LAPSE, PRESS_RAD, t_s + REACT_S, (const double[]){1, press_s, 1});
}

/* Gravity shows the hip hiked upright and on the side; on the back or front it shows the pelvis tilted. */
static void
do_reps(struct plumb_patient *patient, const struct plumb_step *step, enum plumb_pose pose, double t_s)
{
    enum plumb_act_kind kind = pose == PLUMB_SUPINE || pose == PLUMB_PRONE ? PLUMB_ACT_LAPSE : PLUMB_ACT_HIKE;
    double rad = fmax(REP_RAD, REP_MORE * step->rep_rad);
    double fall_s = fmax(FALL_S, LOWER_MORE * step->lowering_s);
    double every_s = RISE_S + TOP_S + fall_s + BETWEEN_S;
    for (int i = 0; i < step->count; i++)
        pulse(patient, kind, rad, t_s + REACT_S + i * every_s, (const double[]){RISE_S, TOP_S, fall_s});
}

void plumb_patient_asked(
    struct plumb_patient *patient, const struct plumb_step *step, enum plumb_pose pose, double t_s)
{
    break_off(&patient->scenario, t_s);
    plumb_patient_forget(patient, t_s);
    if (!step)
        return;
    take_pose(patient, pose, t_s);
    switch (step->kind) {
    case PLUMB_STEP_TILTS:
        do_tilts(patient, step, t_s);
        return;
    case PLUMB_STEP_ARCH:
        do_arch(patient, t_s);
        return;
    case PLUMB_STEP_NEUTRAL:
        window(patient, PLUMB_ACT_NEUTRAL, t_s, step->for_s);
        return;
    case PLUMB_STEP_HOLD:
        window(patient, PLUMB_ACT_HOLD, t_s, ENDLESS_S);
        return;
    case PLUMB_STEP_CONTRACT:
        do_press(patient, step, t_s);
        return;
    case PLUMB_STEP_REPS:
        do_reps(patient, step, pose, t_s);
        return;
    case PLUMB_STEP_SAY:
    case PLUMB_STEP_STILL:
    case PLUMB_STEP_MOVE:
    case PLUMB_STEP_AGAIN:
    case PLUMB_STEP_BREATHS:
    case PLUMB_STEPS_KINDS_N:
        return; /* to be there, and to breathe, is enough */
    }
}
