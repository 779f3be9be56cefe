#include "wearer.h"

#include "host/core/orient.h"
#include "host/patient/spin.h"

#define DEG          PLUMB_RAD_PER_DEG
#define STILL_S      4.0 /* before anything moves */
#define PAUSE_S      2.0 /* between the tilts and the arch, and after */
#define ARCH_RISE_S  1.0
#define ARCH_HOLD_S  1.5
#define EASE_S       0.4 /* how long a movement takes to begin and to end */
#define MARGIN_S     0.5 /* stillness within each window */
#define BREATH_CROSS 0.1 /* breathing is no purer than a tilt */

static const struct plumb_vec3 x_b = {1, 0, 0}, y_b = {0, 1, 0}, z_b = {0, 0, 1};
static const struct plumb_vec3 clip_b_m = {
    0.1, 0.03, 0.08}; /* from the middle of the turning to the sensor */

struct plumb_quat wearer_any_rotation(struct plumb_rng *rng)
{
    struct plumb_quat q = {
        plumb_rng_normal(rng), plumb_rng_normal(rng), plumb_rng_normal(rng), plumb_rng_normal(rng)};
    return plumb_quat_unit(q);
}

static struct plumb_vec3 any_direction(struct plumb_rng *rng)
{
    double x = plumb_rng_normal(rng), y = plumb_rng_normal(rng);
    return plumb_vec3_unit(plumb_vec3_of(x, y, plumb_rng_normal(rng)));
}

static struct plumb_vec3 any_within(struct plumb_rng *rng, double most)
{
    double x = plumb_rng_uniform(rng, -most, most), y = plumb_rng_uniform(rng, -most, most);
    return plumb_vec3_of(x, y, plumb_rng_uniform(rng, -most, most));
}

static void any_matrix(double matrix[3][3], struct plumb_rng *rng, double scale, double cross)
{
    for (int i = 0; i < 3; i++)
        for (int k = 0; k < 3; k++)
            matrix[i][k] =
                i == k ? 1 + plumb_rng_uniform(rng, -scale, scale) : plumb_rng_uniform(rng, -cross, cross);
}

struct wearer wearer_ideal(enum plumb_pose pose, struct plumb_quat q_sb)
{
    return (struct wearer){
        .pose = pose,
        .q_sb = q_sb,
        .tilts_n = 4,
        .tilt_hz = 0.25,
        .tilt_pp_rad = 6 * DEG,
        .tilt_sense = 1,
        .arch_rad = 8 * DEG,
        .breath_hz = 0.25,
        .wobble_hz = 5,
        .wobble_axis_s = {1, 0, 0},
        .gyro_matrix = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}},
        .accel_matrix = {{1, 0, 0}, {0, 1, 0}, {0, 0, 1}}};
}

/* MPU-6050 product specification 3.4: scale 3 %, cross-axis 2 %, zero-rate 20 deg/s (5 after power-on, as
 * ESTIMATION found ordinary), 50 mg, 0.005 deg/s/sqrt(Hz), 400 ug/sqrt(Hz). */
static void any_sensor(struct wearer *wearer, struct plumb_rng *rng)
{
    double band_root = sqrt(WEARER_RATE_HZ / 2.0);
    any_matrix(wearer->gyro_matrix, rng, 0.03, 0.02);
    any_matrix(wearer->accel_matrix, rng, 0.03, 0.02);
    wearer->gyro_offset_radps = any_within(rng, 5 * DEG);
    wearer->accel_offset_mps2 = any_within(rng, 0.05 * PLUMB_GRAVITY_MPS2);
    wearer->gyro_noise_radps = 0.005 * DEG * band_root;
    wearer->accel_noise_mps2 = 400e-6 * PLUMB_GRAVITY_MPS2 * band_root;
}

struct wearer wearer_of(struct plumb_rng *rng)
{
    enum plumb_pose pose = (enum plumb_pose)(plumb_rng_next(rng) % 3);
    struct wearer wearer = wearer_ideal(pose, wearer_any_rotation(rng));
    wearer.askew_rad = plumb_vec3_of(
        2 * DEG * plumb_rng_normal(rng), 2 * DEG * plumb_rng_normal(rng), 5 * DEG * plumb_rng_normal(rng));
    wearer.heading_rad = plumb_rng_uniform(rng, -PLUMB_PI, PLUMB_PI);
    wearer.tilts_n = 3 + (int)(plumb_rng_next(rng) % 3);
    wearer.tilt_hz = plumb_rng_uniform(rng, 0.15, 0.4);
    wearer.tilt_sense = plumb_rng_next(rng) % 2 ? 1 : -1;
    for (int i = 0; i < 2; i++) {
        wearer.cross_in[i] = plumb_rng_uniform(rng, -0.1, 0.1);
        wearer.cross_out[i] = plumb_rng_uniform(rng, -0.3, 0.3);
        wearer.arch_cross[i] = plumb_rng_uniform(rng, -0.1, 0.1);
    }
    wearer.arch_rad = plumb_rng_uniform(rng, 5, 11) * DEG;
    wearer.arch_rebound = plumb_rng_uniform(rng, 0, 0.4);
    wearer.arch_before = plumb_rng_uniform(rng, 0, 0.3);
    wearer.breath_pp_rad = 1.5 * DEG;
    wearer.breath_hz = plumb_rng_uniform(rng, 0.2, 0.35);
    wearer.wobble_rad = 0.3 * DEG;
    wearer.wobble_hz = plumb_rng_uniform(rng, 3, 8);
    wearer.wobble_axis_s = any_direction(rng);
    any_sensor(&wearer, rng);
    return wearer;
}

/* When what happens. */
struct plan {
    double tilts_s, tilts_end_s, arch_s, arch_end_s, end_s;
};

static struct plan plan_of(const struct wearer *wearer)
{
    struct plan plan;
    plan.tilts_s = STILL_S;
    plan.tilts_end_s = plan.tilts_s + wearer->tilts_n / wearer->tilt_hz;
    plan.arch_s = plan.tilts_end_s + PAUSE_S;
    plan.arch_end_s = plan.arch_s + 3 * ARCH_RISE_S + ARCH_HOLD_S + ARCH_RISE_S;
    plan.end_s = plan.arch_end_s + PAUSE_S;
    return plan;
}

/* The movement asked for: tilt (anterior positive), the same a quarter period off, and the arch. */
struct movement {
    struct plumb_jet tilt, quarter, arch, breath, wobble, settle;
};

static struct movement movement_at(const struct wearer *wearer, const struct plan *plan, double t_s)
{
    struct movement m;
    double tilting_s = plan->tilts_end_s - plan->tilts_s, pp = wearer->tilt_pp_rad / 2 * wearer->tilt_sense;
    struct plumb_jet on = plumb_jet_pulse(t_s, plan->tilts_s, EASE_S, tilting_s - 2 * EASE_S, EASE_S);
    struct plumb_jet phase = plumb_jet_line(0, 2 * PLUMB_PI * wearer->tilt_hz, t_s - plan->tilts_s);
    struct plumb_jet later = plumb_jet_add(phase, plumb_jet_const(PLUMB_PI / 2));
    struct plumb_jet breath = plumb_jet_line(1, 2 * PLUMB_PI * wearer->breath_hz, t_s);
    struct plumb_jet wobble = plumb_jet_line(2, 2 * PLUMB_PI * wearer->wobble_hz, t_s);
    m.tilt = plumb_jet_scale(plumb_jet_mul(on, plumb_jet_sin(phase)), pp);
    m.quarter = plumb_jet_scale(plumb_jet_mul(on, plumb_jet_sin(later)), pp);
    m.breath = plumb_jet_scale(plumb_jet_sin(breath), wearer->breath_pp_rad / 2);
    m.wobble = plumb_jet_scale(plumb_jet_mul(on, plumb_jet_sin(wobble)), wearer->wobble_rad);
    m.settle = plumb_jet_scale(plumb_jet_step(t_s, plan->tilts_s, 3), wearer->settle_rad);
    double at_s = plan->arch_s + ARCH_RISE_S, down_s = at_s + ARCH_RISE_S + ARCH_HOLD_S;
    struct plumb_jet before = plumb_jet_pulse(t_s, plan->arch_s, ARCH_RISE_S, 0, ARCH_RISE_S);
    struct plumb_jet rebound = plumb_jet_pulse(t_s, down_s, ARCH_RISE_S, 0, ARCH_RISE_S);
    m.arch = plumb_jet_pulse(t_s, at_s, ARCH_RISE_S, ARCH_HOLD_S, ARCH_RISE_S);
    m.arch = plumb_jet_add(m.arch, plumb_jet_scale(before, -wearer->arch_before));
    m.arch = plumb_jet_add(m.arch, plumb_jet_scale(rebound, -wearer->arch_rebound));
    m.arch = plumb_jet_scale(m.arch, wearer->arch_rad);
    return m;
}

/* The pelvis' attitude in the ideal pose: where its axes point in the world. */
static struct plumb_quat pose_attitude(enum plumb_pose pose)
{
    switch (pose) {
    case PLUMB_SUPINE:
        return plumb_quat_from_axes(plumb_vec3_of(0, 0, 1), plumb_vec3_of(1, 0, 0), plumb_vec3_of(0, 1, 0));
    case PLUMB_PRONE:
        return plumb_quat_from_axes(plumb_vec3_of(0, 0, -1), plumb_vec3_of(1, 0, 0), plumb_vec3_of(0, -1, 0));
    case PLUMB_LYING_LEFT:
        return PLUMB_QUAT_IDENTITY;
    case PLUMB_LYING_RIGHT:
        return plumb_quat_from_axes(plumb_vec3_of(1, 0, 0), plumb_vec3_of(0, -1, 0), plumb_vec3_of(0, 0, -1));
    case PLUMB_UPRIGHT:
    case PLUMB_POSES_N:
        break;
    }
    return plumb_quat_from_axes(plumb_vec3_of(1, 0, 0), plumb_vec3_of(0, 0, 1), plumb_vec3_of(0, -1, 0));
}

static struct plumb_jet mix(struct plumb_jet a, double ka, struct plumb_jet b, double kb)
{
    return plumb_jet_add(plumb_jet_scale(a, ka), plumb_jet_scale(b, kb));
}

static struct plumb_spin pelvis_at(const struct wearer *wearer, const struct movement *m)
{
    struct plumb_quat heading = plumb_quat_from_rotvec(plumb_vec3_of(0, 0, wearer->heading_rad));
    struct plumb_quat q_wb = plumb_quat_mul(heading, pose_attitude(wearer->pose));
    struct plumb_spin spin =
        plumb_spin_still(plumb_quat_mul(q_wb, plumb_quat_from_rotvec(wearer->askew_rad)));
    double roll = wearer->roll_share, arch_roll = wearer->arch_roll_share;
    struct plumb_jet about_z = plumb_jet_add(mix(m->tilt, -(1 - roll), m->arch, -(1 - arch_roll)), m->breath);
    struct plumb_jet about_x = mix(m->tilt, wearer->cross_in[0], m->quarter, wearer->cross_out[0]);
    struct plumb_jet about_y = mix(m->tilt, wearer->cross_in[1] + roll, m->quarter, wearer->cross_out[1]);
    about_x = plumb_jet_add(about_x, plumb_jet_scale(m->arch, wearer->arch_cross[0]));
    about_y = plumb_jet_add(about_y, plumb_jet_scale(m->arch, wearer->arch_cross[1] + arch_roll));
    about_x = plumb_jet_add(about_x, plumb_jet_scale(m->breath, BREATH_CROSS));
    about_y = plumb_jet_add(about_y, m->settle);
    spin = plumb_spin_turn(spin, z_b, about_z);
    return plumb_spin_turn(plumb_spin_turn(spin, x_b, about_x), y_b, about_y);
}

static struct plumb_vec3 measured(double matrix[3][3], struct plumb_vec3 v, struct plumb_vec3 offset)
{
    struct plumb_vec3 rows[3];
    for (int i = 0; i < 3; i++)
        rows[i] = plumb_vec3_of(matrix[i][0], matrix[i][1], matrix[i][2]);
    return plumb_vec3_add(
        offset,
        plumb_vec3_of(plumb_vec3_dot(rows[0], v), plumb_vec3_dot(rows[1], v), plumb_vec3_dot(rows[2], v)));
}

static struct plumb_vec3 noise(struct plumb_rng *rng, double sd)
{
    double x = plumb_rng_normal(rng), y = plumb_rng_normal(rng);
    return plumb_vec3_scale(plumb_vec3_of(x, y, plumb_rng_normal(rng)), sd);
}

/* What the sensor would read that sits at clip_b_m on this pelvis; walking shakes it up and down. */
static struct plumb_imu felt(const struct plumb_spin *clip, struct plumb_quat q_sb, double bounce_mps2)
{
    struct plumb_vec3 w = clip->rate_b_radps, arm = plumb_quat_apply(q_sb, clip_b_m);
    struct plumb_vec3 inward = plumb_vec3_cross(w, plumb_vec3_cross(w, arm));
    struct plumb_vec3 accel = plumb_vec3_add(plumb_vec3_cross(clip->accel_b_radps2, arm), inward);
    struct plumb_vec3 up_w = plumb_vec3_of(0, 0, PLUMB_GRAVITY_MPS2 + bounce_mps2);
    struct plumb_vec3 up_s = plumb_quat_apply(plumb_quat_conj(clip->q_wb), up_w);
    return (struct plumb_imu){plumb_vec3_add(accel, up_s), w, NAN};
}

static void play_sample(
    struct wearer_run *run, const struct wearer *wearer, const struct plan *plan, struct plumb_rng *rng,
    size_t i)
{
    double t_s = (double)i / WEARER_RATE_HZ;
    struct movement m = movement_at(wearer, plan, t_s);
    struct plumb_spin clip = plumb_spin_refer(pelvis_at(wearer, &m), plumb_quat_conj(wearer->q_sb));
    clip = plumb_spin_turn(clip, wearer->wobble_axis_s, m.wobble);
    double bounce_mps2 = wearer->walk_mps2 * sin(2 * PLUMB_PI * 1.8 * t_s);
    struct plumb_imu imu = felt(&clip, wearer->q_sb, bounce_mps2);
    struct wearer copy = *wearer;
    imu.gyro_s_radps = plumb_vec3_add(
        measured(copy.gyro_matrix, imu.gyro_s_radps, copy.gyro_offset_radps),
        noise(rng, copy.gyro_noise_radps));
    imu.accel_s_mps2 = plumb_vec3_add(
        measured(copy.accel_matrix, imu.accel_s_mps2, copy.accel_offset_mps2),
        noise(rng, copy.accel_noise_mps2));
    run->samples[i] = (struct plumb_sample){.t_s = t_s, .present = 1u << PLUMB_PELVIS};
    run->samples[i].imu[PLUMB_PELVIS] = imu;
    run->t_s[i] = t_s;
    run->q_ws_true[i] = clip.q_wb;
}

static size_t index_at(double t_s)
{
    return (size_t)(t_s * WEARER_RATE_HZ);
}

static void estimate(struct wearer_run *run)
{
    struct plumb_orient_params params;
    struct plumb_orient_coeff coeff;
    struct plumb_orient orient;
    plumb_orient_params_default(&params);
    plumb_orient_coeff_init(&coeff, &params);
    plumb_orient_init(&orient, &coeff);
    for (size_t i = 0; i < run->n; i++) {
        const struct plumb_sample *sample = &run->samples[i];
        plumb_orient_push(&orient, &coeff, sample->t_s, &sample->imu[PLUMB_PELVIS], sample->flags);
        run->q_ws[i] = plumb_orient_q_ws(&orient);
    }
}

void wearer_play(struct wearer_run *run, const struct wearer *wearer, struct plumb_rng *rng)
{
    struct plan plan = plan_of(wearer);
    run->n = index_at(plan.end_s);
    run->n = run->n < WEARER_SAMPLES_MAX ? run->n : WEARER_SAMPLES_MAX;
    for (size_t i = 0; i < run->n; i++)
        play_sample(run, wearer, &plan, rng, i);
    run->tilts_begin = index_at(plan.tilts_s - MARGIN_S);
    run->tilts_end = index_at(plan.tilts_end_s + MARGIN_S);
    run->arch_begin = index_at(plan.arch_s - MARGIN_S + wearer->arch_late_s);
    run->arch_end = index_at(plan.arch_end_s + MARGIN_S);
    estimate(run);
}

struct plumb_window wearer_tilts(const struct wearer_run *run)
{
    return (struct plumb_window){
        run->samples + run->tilts_begin, run->q_ws + run->tilts_begin, run->tilts_end - run->tilts_begin};
}

struct plumb_window wearer_arch(const struct wearer_run *run)
{
    return (struct plumb_window){
        run->samples + run->arch_begin, run->q_ws + run->arch_begin, run->arch_end - run->arch_begin};
}
