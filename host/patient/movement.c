#include "movement.h"

#define TURN (2 * PLUMB_PI)
#define DEG  PLUMB_RAD_PER_DEG

struct plumb_jet plumb_band_at(const struct plumb_band *band, double t_s)
{
    struct plumb_jet sum = {0, 0, 0};
    for (int i = 0; i < PLUMB_BAND_N; i++)
        sum = plumb_jet_add(sum, plumb_jet_sin(plumb_jet_line(band->phase_rad[i], TURN * band->hz[i], t_s)));
    return plumb_jet_scale(sum, sqrt(2.0 / PLUMB_BAND_N));
}

static void add(struct plumb_jet *to, struct plumb_jet what, double k)
{
    *to = plumb_jet_add(*to, plumb_jet_scale(what, k));
}

/* sin(2 pi hz (t - at)), begun with the act. */
static struct plumb_jet swing(const struct plumb_act *act, double hz, double t_s)
{
    return plumb_jet_sin(plumb_jet_line(-TURN * hz * act->at_s, TURN * hz, t_s));
}

static struct plumb_jet pulse(const struct plumb_act *act, double t_s)
{
    return plumb_jet_pulse(t_s, act->at_s, act->rise_s, act->hold_s, act->fall_s);
}

/* 0..1..0 over hold_s with soft ends. */
static struct plumb_jet window(const struct plumb_act *act, double edge_s, double t_s)
{
    double soft_s = fmin(edge_s, act->hold_s / 2);
    return plumb_jet_pulse(t_s, act->at_s, soft_s, act->hold_s - 2 * soft_s, soft_s);
}

static int lying(const struct plumb_patient *patient, double t_s)
{
    enum plumb_pose pose = patient->scenario.pose;
    for (size_t i = 0; i < patient->turns_n && patient->turns[i].at_s <= t_s; i++)
        pose = patient->turns[i].to;
    return pose != PLUMB_UPRIGHT;
}

/* A tilt by will: the lumbar curve follows (EVIDENCE: about 1:1), and the pelvis turns a little with it. */
static void tilt_by_will(
    struct plumb_movement *movement, const struct plumb_patient *patient, struct plumb_jet how,
    double size_rad)
{
    add(&movement->tilt, how, size_rad);
    add(&movement->lumbar, how, size_rad * patient->scenario.lumbar_per_tilt);
    add(&movement->rotation, how, size_rad * patient->scenario.rotation_per_tilt);
    add(&movement->obliquity, how, size_rad * patient->scenario.obliquity_per_tilt);
}

static void lapse(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    struct plumb_jet how = pulse(act, t_s);
    tilt_by_will(movement, patient, how, act->size_rad);
    add(&movement->skin, how, act->size_rad * patient->scenario.wear.skin_share);
}

/* Lying, the trunk rests on the table, so the pelvis goes with the lumbar curve; upright the trunk takes its
 * half of it [R]. */
#define ARCH_UPRIGHT_SHARE 0.5

static void arch(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    struct plumb_jet how = pulse(act, t_s);
    add(&movement->lumbar, how, act->size_rad);
    add(&movement->tilt, how, act->size_rad * (lying(patient, act->at_s) ? 1 : ARCH_UPRIGHT_SHARE));
}

static void turn(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    (void)patient;
    add(&movement->rotation, pulse(act, t_s), act->size_rad);
}

static void hike(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    (void)patient;
    add(&movement->obliquity, pulse(act, t_s), act->size_rad);
}

static void tilts(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    double hz = act->count / act->hold_s;
    struct plumb_jet soft = window(act, 0.25 / hz, t_s);
    tilt_by_will(movement, patient, plumb_jet_mul(soft, swing(act, hz, t_s)), act->size_rad / 2);
}

/* One cough jerks the trunk at some 2.5 Hz for half a second; the pelvis moves 2.5 mm per degree of it. */
static void cough(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    (void)patient;
    double every_s = (plumb_act_end_s(act) - act->at_s) / act->count;
    for (int i = 0; i < act->count; i++) {
        double at_s = act->at_s + i * every_s;
        struct plumb_jet soft = plumb_jet_pulse(t_s, at_s, 0.12, 0.08, 0.3);
        struct plumb_jet jerk =
            plumb_jet_mul(soft, plumb_jet_sin(plumb_jet_line(-TURN * 2.5 * at_s, TURN * 2.5, t_s)));
        add(&movement->tilt, jerk, act->size_rad);
        add(&movement->x_m, jerk, act->size_rad * 0.14);
        add(&movement->z_m, jerk, act->size_rad * 0.08);
    }
}

static void speech(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    struct plumb_jet soft = window(act, 0.3, t_s);
    struct plumb_jet how = plumb_jet_mul(soft, plumb_band_at(&patient->speech, t_s));
    add(&movement->tilt, how, act->size_rad);
    add(&movement->breath_m, how, act->size_rad * 0.1);
}

/* A table sways at some 8 Hz. */
static void bump(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    (void)patient;
    struct plumb_jet dying =
        plumb_jet_pulse(t_s, act->at_s, 0.04, 0, plumb_act_end_s(act) - act->at_s - 0.04);
    struct plumb_jet sway = plumb_jet_mul(dying, swing(act, 8, t_s));
    add(&movement->y_m, sway, act->size_m);
    add(&movement->x_m, sway, act->size_m / 2);
    add(&movement->z_m, sway, act->size_m / 4);
}

/* Walking on the spot at 1.8 steps a second: the pelvis rises 4 cm and sways 4 cm peak to peak, turns and
 * lists by 4 deg once a stride, tilts by 1.5 deg each step: textbook figures for a slow walk, rounded. */
static void walk(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    (void)patient;
    struct plumb_jet soft = window(act, 1, t_s);
    struct plumb_jet step = plumb_jet_mul(soft, swing(act, 1.8, t_s));
    struct plumb_jet stride = plumb_jet_mul(soft, swing(act, 0.9, t_s));
    add(&movement->z_m, step, 0.02);
    add(&movement->x_m, step, 0.01);
    add(&movement->y_m, stride, 0.02);
    add(&movement->tilt, step, 1.5 * DEG);
    add(&movement->rotation, stride, 4 * DEG);
    add(&movement->obliquity, stride, 4 * DEG);
}

/* Lying down or sitting up carries the pelvis a hand's breadth along. */
static void pose(
    struct plumb_movement *movement, const struct plumb_patient *patient, const struct plumb_act *act,
    double t_s)
{
    (void)patient;
    add(&movement->x_m, plumb_jet_step(t_s, act->at_s, act->rise_s), -0.2);
}

typedef void
mover(struct plumb_movement *, const struct plumb_patient *, const struct plumb_act *, double t_s);

/* Ramps are not here (they need the one before them), and windows do not move anything. */
static mover *const movers[PLUMB_ACTS_N] = {
    [PLUMB_ACT_LAPSE] = lapse,   [PLUMB_ACT_TURN] = turn,   [PLUMB_ACT_HIKE] = hike,
    [PLUMB_ACT_ARCH] = arch,     [PLUMB_ACT_TILTS] = tilts, [PLUMB_ACT_COUGH] = cough,
    [PLUMB_ACT_SPEECH] = speech, [PLUMB_ACT_BUMP] = bump,   [PLUMB_ACT_WALK] = walk,
    [PLUMB_ACT_POSE] = pose,
};

static void ramp_on(
    struct plumb_movement *movement, const struct plumb_patient *patient, enum plumb_act_kind kind,
    struct plumb_jet step, double by_rad)
{
    if (kind == PLUMB_ACT_TILT)
        tilt_by_will(movement, patient, step, by_rad);
    else if (kind == PLUMB_ACT_ROTATION)
        add(&movement->rotation, step, by_rad);
    else if (kind == PLUMB_ACT_OBLIQUITY)
        add(&movement->obliquity, step, by_rad);
    else
        add(kind == PLUMB_ACT_SLIP ? &movement->slip : &movement->thigh, step, by_rad);
}

/* Ramps: each goes on from where the one before of its kind went. */
static void ramps(struct plumb_movement *movement, const struct plumb_patient *patient, double t_s)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    double reached_rad[PLUMB_ACT_THIGH + 1] = {0};
    for (size_t i = 0; i < scenario->acts_n && scenario->acts[i].at_s < t_s; i++) {
        const struct plumb_act *act = &scenario->acts[i];
        if (act->kind > PLUMB_ACT_THIGH)
            continue;
        struct plumb_jet step = plumb_jet_step(t_s, act->at_s, act->rise_s);
        ramp_on(movement, patient, act->kind, step, act->size_rad - reached_rad[act->kind]);
        reached_rad[act->kind] = act->size_rad;
    }
}

/* The rate of breathing itself comes and goes over about seven breaths. */
static struct plumb_jet breathing(const struct plumb_patient *patient, double t_s)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    double radps = TURN * scenario->breath_hz, slow = 7;
    struct plumb_jet wander = plumb_jet_sin(plumb_jet_line(patient->pulse_phase_rad, radps / slow, t_s));
    struct plumb_jet phase = plumb_jet_line(patient->breath_phase_rad, radps, t_s);
    return plumb_jet_sin(plumb_jet_add(phase, plumb_jet_scale(wander, slow * scenario->breath_wander)));
}

static void body_of_its_own(struct plumb_movement *movement, const struct plumb_patient *patient, double t_s)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    if (scenario->breath_pp_rad > 0 || scenario->breath_shift_m > 0) {
        struct plumb_jet breath = breathing(patient, t_s);
        add(&movement->tilt, breath, scenario->breath_pp_rad / 2);
        add(&movement->breath_m, breath, scenario->breath_shift_m);
    }
    if (scenario->tremor_rad > 0) {
        struct plumb_jet tremor = plumb_band_at(&patient->tremor, t_s);
        add(&movement->tilt, tremor, scenario->tremor_rad);
        add(&movement->rotation, tremor, scenario->tremor_rad / 2);
    }
    if (scenario->sway_rad > 0)
        add(&movement->tilt, plumb_band_at(&patient->sway, t_s), scenario->sway_rad);
    if (scenario->pulse_rad > 0)
        add(&movement->tilt,
            plumb_jet_sin(plumb_jet_line(patient->pulse_phase_rad, TURN * scenario->pulse_hz, t_s)),
            scenario->pulse_rad);
}

struct plumb_movement plumb_movement_at(const struct plumb_patient *patient, double t_s)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    struct plumb_movement movement = {.tilt = plumb_jet_const(scenario->posture_rad)};
    body_of_its_own(&movement, patient, t_s);
    ramps(&movement, patient, t_s);
    for (size_t i = 0; i < scenario->acts_n && scenario->acts[i].at_s < t_s; i++) {
        const struct plumb_act *act = &scenario->acts[i];
        int over = act->kind != PLUMB_ACT_POSE && plumb_act_end_s(act) < t_s;
        if (movers[act->kind] && !over)
            movers[act->kind](&movement, patient, act, t_s);
    }
    return movement;
}
