#include "patient.h"

#include <string.h>

#include "movement.h"

#define QUARTER (PLUMB_PI / 2)

/* From L5/S1, metres, x anterior, y cranial, z right: an adult's size, rounded to the centimetre. */
static const struct plumb_vec3 site_b_m[PLUMB_SITES_N] = {
    [PLUMB_SITE_FRONT] = {0.10, 0.04, 0.11},
    [PLUMB_SITE_SIDE] = {0.03, 0.07, 0.14},
    [PLUMB_SITE_SACRUM] = {-0.06, -0.01, 0},
};
static const struct plumb_vec3 pivot_b_m[PLUMB_PIVOTS_N] = {
    [PLUMB_PIVOT_L5S1] = {0, 0, 0},
    [PLUMB_PIVOT_TABLE] = {-0.07, -0.03, 0}, /* where the sacrum rests */
    [PLUMB_PIVOT_HIP] = {0.03, -0.09, 0},
};
static const struct plumb_vec3 trunk_site_b_m = {-0.05, 0.17, 0}; /* T12/L1, on the skin */
static const struct plumb_vec3 thigh_site_b_m = {0.07, -0.20, 0}; /* from the hip, half way down, in front */

/* About what a clip turns when it slips: mostly out of the body, a little over the belt's edge; sensor's
 * axes. */
static const struct plumb_vec3 slip_axis_s = {0.36, 0.48, 0.8};

static const struct plumb_vec3 axis_x = {1, 0, 0}, axis_y = {0, 1, 0}, axis_z = {0, 0, 1};

/* A trunk that rests or stands takes part in a turn of the pelvis by about a third [R]. */
#define TRUNK_SHARE 0.3

/* What gravity shows of an angle in a plane ends where up leaves that plane by more than 60 degrees. */
#define PLANE_LEAST 0.5

/* ---- poses: one turn about an axis of the body from each to each ---- */

/* Lying poses follow from each other by rolling about the long axis. */
static double roll_rad(enum plumb_pose pose)
{
    static const double roll[PLUMB_POSES_N] = {
        [PLUMB_SUPINE] = 0,
        [PLUMB_LYING_LEFT] = QUARTER,
        [PLUMB_PRONE] = PLUMB_PI,
        [PLUMB_LYING_RIGHT] = -QUARTER};
    return roll[pose];
}

/* From upright into a lying pose. */
static void lie_down(enum plumb_pose to, struct plumb_vec3 *axis_b, double *angle_rad)
{
    *axis_b = to == PLUMB_SUPINE || to == PLUMB_PRONE ? axis_z : axis_x;
    *angle_rad = to == PLUMB_SUPINE || to == PLUMB_LYING_RIGHT ? QUARTER : -QUARTER;
}

static struct plumb_pose_turn pose_turn(enum plumb_pose from, enum plumb_pose to)
{
    struct plumb_pose_turn turn = {.axis_b = axis_y, .to = to};
    if (from == to)
        return turn;
    if (from == PLUMB_UPRIGHT) {
        lie_down(to, &turn.axis_b, &turn.angle_rad);
    } else if (to == PLUMB_UPRIGHT) {
        lie_down(from, &turn.axis_b, &turn.angle_rad);
        turn.angle_rad = -turn.angle_rad;
    } else {
        turn.angle_rad = remainder(roll_rad(to) - roll_rad(from), 2 * PLUMB_PI);
    }
    return turn;
}

/* Upright and facing the world's x: x anterior to x, y cranial up, z right to minus y. */
static struct plumb_quat start_attitude(enum plumb_pose pose, double heading_rad)
{
    struct plumb_quat upright =
        plumb_quat_from_axes(plumb_vec3_of(1, 0, 0), plumb_vec3_of(0, 0, 1), plumb_vec3_of(0, -1, 0));
    struct plumb_quat q_wb =
        plumb_quat_mul(plumb_quat_from_rotvec(plumb_vec3_of(0, 0, heading_rad)), upright);
    struct plumb_pose_turn turn = pose_turn(PLUMB_UPRIGHT, pose);
    return plumb_quat_mul(q_wb, plumb_quat_from_rotvec(plumb_vec3_scale(turn.axis_b, turn.angle_rad)));
}

/* Where the last turn leads. */
static enum plumb_pose pose_last(const struct plumb_patient *patient)
{
    return patient->turns_n ? patient->turns[patient->turns_n - 1].to : patient->scenario.pose;
}

static void turn_add(struct plumb_patient *patient, const struct plumb_act *act)
{
    struct plumb_pose_turn turn = pose_turn(pose_last(patient), act->pose);
    turn.at_s = act->at_s;
    turn.for_s = act->rise_s;
    patient->turns[patient->turns_n++] = turn;
}

static void turns_init(struct plumb_patient *patient)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    patient->turns_n = 0;
    for (size_t i = 0; i < scenario->acts_n && patient->turns_n < PLUMB_SCENARIO_POSES_N; i++)
        if (scenario->acts[i].kind == PLUMB_ACT_POSE)
            turn_add(patient, &scenario->acts[i]);
}

static struct plumb_spin pose_at(const struct plumb_patient *patient, double t_s)
{
    struct plumb_spin spin = plumb_spin_still(patient->start_q_wb);
    for (size_t i = 0; i < patient->turns_n && patient->turns[i].at_s < t_s; i++) {
        const struct plumb_pose_turn *turn = &patient->turns[i];
        struct plumb_jet step = plumb_jet_step(t_s, turn->at_s, turn->for_s);
        spin = plumb_spin_turn(spin, turn->axis_b, plumb_jet_scale(step, turn->angle_rad));
    }
    return spin;
}

/* ---- segments ---- */

/* Rotation, then tilt, then obliquity; tilt and obliquity are minus the right-hand turn (DESIGN). */
static struct plumb_spin
segment(struct plumb_spin pose, struct plumb_jet rotation, struct plumb_jet tilt, struct plumb_jet obliquity)
{
    struct plumb_spin spin = plumb_spin_turn(pose, axis_y, rotation);
    spin = plumb_spin_turn(spin, axis_z, plumb_jet_scale(tilt, -1));
    return plumb_spin_turn(spin, axis_x, plumb_jet_scale(obliquity, -1));
}

static struct plumb_spin
segment_of(struct plumb_spin pose, const struct plumb_movement *movement, enum plumb_role role)
{
    struct plumb_jet none = {0, 0, 0};
    if (role == PLUMB_THIGH)
        return segment(pose, none, movement->thigh, none);
    if (role == PLUMB_PELVIS)
        return segment(pose, movement->rotation, movement->tilt, movement->obliquity);
    struct plumb_jet tilt = plumb_jet_add(movement->tilt, plumb_jet_scale(movement->lumbar, -1));
    return segment(
        pose, plumb_jet_scale(movement->rotation, TRUNK_SHARE), tilt,
        plumb_jet_scale(movement->obliquity, TRUNK_SHARE));
}

/* The clip on its skin: it lags in quick tilts and trembles by itself. */
static struct plumb_spin clip_of(
    const struct plumb_patient *patient, struct plumb_spin bone, const struct plumb_movement *movement,
    enum plumb_role role, double t_s)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    if (role != PLUMB_PELVIS) {
        enum plumb_site site = role == PLUMB_THIGH ? PLUMB_SITE_FRONT : PLUMB_SITE_SACRUM;
        return plumb_spin_refer(bone, plumb_wear_q_bs(site, scenario->second_turn_rad));
    }
    struct plumb_spin skin = plumb_spin_turn(bone, axis_z, movement->skin);
    struct plumb_spin clip =
        plumb_spin_refer(skin, plumb_wear_q_bs(scenario->wear.site, scenario->wear.turn_rad));
    clip = plumb_spin_turn(clip, slip_axis_s, movement->slip);
    if (!(scenario->wear.wobble_rad > 0))
        return clip;
    const struct plumb_vec3 axes[3] = {axis_x, axis_y, axis_z};
    for (int i = 0; i < 3; i++) {
        struct plumb_jet wobble = plumb_band_at(&patient->wobble[i], t_s);
        clip = plumb_spin_turn(clip, axes[i], plumb_jet_scale(wobble, scenario->wear.wobble_rad));
    }
    return clip;
}

static struct plumb_vec3 lever(const struct plumb_patient *patient, enum plumb_role role)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    if (role == PLUMB_THIGH)
        return thigh_site_b_m;
    struct plumb_vec3 site = role == PLUMB_PELVIS ? site_b_m[scenario->wear.site] : trunk_site_b_m;
    return plumb_vec3_sub(site, pivot_b_m[scenario->pivot]);
}

/* A point at r (breathing moves it along x) of a body that turns about a moving pivot:
 * a = pivot'' + R (dw/dt x r + w x (w x r) + 2 w x r' + r''). */
static void place(
    struct plumb_clip_motion *motion, struct plumb_spin bone, struct plumb_vec3 lever_b_m,
    const struct plumb_movement *movement)
{
    struct plumb_vec3 w = bone.rate_b_radps;
    struct plumb_vec3 r = plumb_vec3_add(lever_b_m, plumb_vec3_scale(axis_x, movement->breath_m.x));
    struct plumb_vec3 r_d = plumb_vec3_scale(axis_x, movement->breath_m.d);
    struct plumb_vec3 r_dd = plumb_vec3_scale(axis_x, movement->breath_m.dd);
    struct plumb_vec3 swept = plumb_vec3_cross(w, r);
    struct plumb_vec3 accel =
        plumb_vec3_add(plumb_vec3_cross(bone.accel_b_radps2, r), plumb_vec3_cross(w, swept));
    accel = plumb_vec3_add(accel, plumb_vec3_add(plumb_vec3_scale(plumb_vec3_cross(w, r_d), 2), r_dd));
    const struct plumb_jet *x = &movement->x_m, *y = &movement->y_m, *z = &movement->z_m;
    motion->at_w_m = plumb_vec3_add(plumb_vec3_of(x->x, y->x, z->x), plumb_quat_apply(bone.q_wb, r));
    motion->speed_w_mps = plumb_vec3_add(
        plumb_vec3_of(x->d, y->d, z->d), plumb_quat_apply(bone.q_wb, plumb_vec3_add(swept, r_d)));
    motion->accel_w_mps2 =
        plumb_vec3_add(plumb_vec3_of(x->dd, y->dd, z->dd), plumb_quat_apply(bone.q_wb, accel));
}

struct plumb_clip_motion
plumb_patient_clip(const struct plumb_patient *patient, enum plumb_role role, double t_s)
{
    struct plumb_clip_motion motion;
    struct plumb_movement movement = plumb_movement_at(patient, t_s);
    struct plumb_spin bone = segment_of(pose_at(patient, t_s), &movement, role);
    struct plumb_spin clip = clip_of(patient, bone, &movement, role, t_s);
    place(&motion, bone, lever(patient, role), &movement);
    motion.q_ws = clip.q_wb;
    motion.felt.gyro_s_radps = clip.rate_b_radps;
    struct plumb_vec3 held = plumb_vec3_add(motion.accel_w_mps2, plumb_vec3_of(0, 0, PLUMB_GRAVITY_MPS2));
    motion.felt.accel_s_mps2 = plumb_quat_apply(plumb_quat_conj(clip.q_wb), held);
    motion.felt.temp_c = NAN;
    return motion;
}

/* ---- truth ---- */

static struct plumb_vec3 up_in(struct plumb_spin segment_now)
{
    return plumb_quat_apply(plumb_quat_conj(segment_now.q_wb), axis_z);
}

static void ups_at(const struct plumb_patient *patient, double t_s, struct plumb_vec3 up_b[PLUMB_ROLES_N])
{
    struct plumb_movement movement = plumb_movement_at(patient, t_s);
    struct plumb_spin pose = pose_at(patient, t_s);
    for (enum plumb_role role = 0; role < PLUMB_ROLES_N; role++)
        up_b[role] = up_in(segment_of(pose, &movement, role));
}

/* The mean of up over a window, looked at every 20 ms. */
static void neutral_add(struct plumb_patient *patient, double from_s, double for_s)
{
    struct plumb_neutral_truth *neutral = &patient->neutral[patient->neutral_n++];
    *neutral = (struct plumb_neutral_truth){.from_s = from_s};
    for (double t_s = from_s; t_s <= from_s + for_s; t_s += 0.02) {
        struct plumb_vec3 up_b[PLUMB_ROLES_N];
        ups_at(patient, t_s, up_b);
        for (int role = 0; role < PLUMB_ROLES_N; role++)
            neutral->up_b[role] = plumb_vec3_add(neutral->up_b[role], up_b[role]);
    }
}

static void neutrals_init(struct plumb_patient *patient)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    for (size_t i = 0; i < scenario->acts_n; i++) {
        const struct plumb_act *act = &scenario->acts[i];
        if (act->kind == PLUMB_ACT_NEUTRAL && patient->neutral_n < PLUMB_SCENARIO_NEUTRALS_N)
            neutral_add(patient, act->at_s, act->hold_s);
    }
    if (!patient->neutral_n)
        neutral_add(patient, 0, 3);
}

static void neutral_drop_oldest(struct plumb_patient *patient)
{
    patient->neutral_n--;
    memmove(&patient->neutral[0], &patient->neutral[1], patient->neutral_n * sizeof patient->neutral[0]);
}

static const struct plumb_neutral_truth *neutral_for(const struct plumb_patient *patient, double t_s)
{
    size_t i = patient->neutral_n - 1;
    while (i > 0 && patient->neutral[i].from_s > t_s)
        i--;
    return &patient->neutral[i];
}

/* Change of atan2(b, a) from (a0, b0); NaN where up has left the plane, then or now. */
static double change_rad(double a, double b, double a0, double b0, double length0)
{
    if (hypot(a, b) < PLANE_LEAST || hypot(a0, b0) < PLANE_LEAST * length0)
        return NAN;
    return remainder(atan2(b, a) - atan2(b0, a0), 2 * PLUMB_PI);
}

static double sagittal_rad(struct plumb_vec3 up, struct plumb_vec3 up0)
{
    return change_rad(up.x, up.y, up0.x, up0.y, plumb_vec3_norm(up0));
}

static void acts_into(struct plumb_truth *truth, const struct plumb_patient *patient)
{
    const struct plumb_scenario *scenario = &patient->scenario;
    int lapses = 0;
    for (size_t i = 0; i < scenario->acts_n && scenario->acts[i].at_s <= truth->t_s; i++) {
        const struct plumb_act *act = &scenario->acts[i];
        lapses += act->kind == PLUMB_ACT_LAPSE;
        if (act->kind == PLUMB_ACT_POSE)
            truth->pose = act->pose;
        if (plumb_act_end_s(act) < truth->t_s)
            continue;
        truth->acts |= 1u << act->kind;
        if (act->kind == PLUMB_ACT_LAPSE)
            truth->lapse = lapses;
    }
}

struct plumb_truth plumb_patient_truth(const struct plumb_patient *patient, double t_s)
{
    struct plumb_truth truth = {.t_s = t_s, .pose = patient->scenario.pose};
    const struct plumb_neutral_truth *neutral = neutral_for(patient, t_s);
    struct plumb_vec3 up_b[PLUMB_ROLES_N], up = {0, 0, 0}, up0 = neutral->up_b[PLUMB_PELVIS];
    ups_at(patient, t_s, up_b);
    up = up_b[PLUMB_PELVIS];
    truth.tilt_rad = sagittal_rad(up, up0);
    truth.rotation_rad = change_rad(up.x, up.z, up0.x, up0.z, plumb_vec3_norm(up0));
    truth.obliquity_rad = change_rad(up.y, up.z, up0.y, up0.z, plumb_vec3_norm(up0));
    truth.lumbar_rad = truth.tilt_rad - sagittal_rad(up_b[PLUMB_LUMBAR], neutral->up_b[PLUMB_LUMBAR]);
    truth.hip_rad = sagittal_rad(up_b[PLUMB_THIGH], neutral->up_b[PLUMB_THIGH]) - truth.tilt_rad;
    acts_into(&truth, patient);
    truth.in_hold = (truth.acts >> PLUMB_ACT_HOLD) & 1u;
    truth.in_zone = truth.in_hold && !(truth.tilt_rad > patient->scenario.zone_rad);
    struct plumb_movement movement = plumb_movement_at(patient, t_s);
    struct plumb_spin bone = segment_of(pose_at(patient, t_s), &movement, PLUMB_PELVIS);
    truth.q_wb = bone.q_wb;
    truth.q_ws = clip_of(patient, bone, &movement, PLUMB_PELVIS, t_s).q_wb;
    return truth;
}

/* ---- a run that nobody knows beforehand ---- */

int plumb_patient_act(struct plumb_patient *patient, struct plumb_act act)
{
    int turns = act.kind == PLUMB_ACT_POSE;
    if ((turns && patient->turns_n == PLUMB_SCENARIO_POSES_N) || plumb_scenario_add(&patient->scenario, act))
        return -1;
    if (turns)
        turns_init(patient);
    if (act.kind == PLUMB_ACT_NEUTRAL && patient->neutral_n == PLUMB_SCENARIO_NEUTRALS_N)
        neutral_drop_oldest(patient);
    if (act.kind == PLUMB_ACT_NEUTRAL)
        neutral_add(patient, act.at_s, act.hold_s);
    return 0;
}

/* What a ramp has reached stays, so the act does too. */
static int is_over(const struct plumb_act *act, double t_s)
{
    return act->kind > PLUMB_ACT_THIGH && plumb_act_end_s(act) < t_s;
}

void plumb_patient_forget(struct plumb_patient *patient, double t_s)
{
    struct plumb_scenario *scenario = &patient->scenario;
    size_t kept_n = 0;
    for (size_t i = 0; i < scenario->acts_n; i++) {
        const struct plumb_act act = scenario->acts[i];
        int over = is_over(&act, t_s);
        if (over && act.kind == PLUMB_ACT_POSE) {
            struct plumb_pose_turn turn = pose_turn(scenario->pose, act.pose);
            patient->start_q_wb = plumb_quat_mul(
                patient->start_q_wb, plumb_quat_from_rotvec(plumb_vec3_scale(turn.axis_b, turn.angle_rad)));
            scenario->pose = act.pose;
        }
        if (!over)
            scenario->acts[kept_n++] = act;
    }
    scenario->acts_n = kept_n;
    turns_init(patient);
}

/* ---- chance ---- */

static struct plumb_band band(struct plumb_rng *rng, double low_hz, double high_hz)
{
    struct plumb_band out;
    for (int i = 0; i < PLUMB_BAND_N; i++) {
        out.hz[i] = plumb_rng_uniform(rng, low_hz, high_hz);
        out.phase_rad[i] = plumb_rng_uniform(rng, 0, 2 * PLUMB_PI);
    }
    return out;
}

void plumb_patient_init(struct plumb_patient *patient, const struct plumb_scenario *scenario)
{
    struct plumb_rng rng = plumb_rng_of(scenario->seed);
    *patient = (struct plumb_patient){.scenario = *scenario};
    patient->tremor = band(&rng, scenario->tremor_low_hz, scenario->tremor_high_hz);
    patient->sway = band(&rng, 0.05, 0.4);
    patient->speech = band(&rng, 3, 6);
    for (int i = 0; i < 3; i++)
        patient->wobble[i] = band(&rng, 3, 6);
    patient->breath_phase_rad = plumb_rng_uniform(&rng, 0, 2 * PLUMB_PI);
    patient->pulse_phase_rad = plumb_rng_uniform(&rng, 0, 2 * PLUMB_PI);
    patient->start_q_wb = start_attitude(scenario->pose, scenario->heading_rad);
    turns_init(patient);
    neutrals_init(patient);
}
