#include "cheap.h"

#define STEP_S 1e-3 /* for derivatives of the smooth motion; errors of its square */

static double either(struct plumb_rng *rng, double size)
{
    return plumb_rng_next(rng) & 1u ? size : -size;
}

static struct cheap_triad
triad(struct plumb_rng *rng, double scale, double misalignment, struct plumb_vec3 offset, double noise_rthz)
{
    struct cheap_triad made = {.noise_rthz = noise_rthz};
    for (int i = 0; i < 3; i++)
        for (int j = 0; j < 3; j++)
            made.matrix[i][j] = i == j ? 1 + either(rng, scale) : either(rng, misalignment);
    double x = either(rng, offset.x), y = either(rng, offset.y), z = either(rng, offset.z);
    made.offset = plumb_vec3_of(x, y, z);
    return made;
}

static struct plumb_vec3 direction(struct plumb_rng *rng)
{
    double x = plumb_rng_normal(rng), y = plumb_rng_normal(rng), z = plumb_rng_normal(rng);
    return plumb_vec3_unit(plumb_vec3_of(x, y, z));
}

static void plan_holds(struct cheap *cheap)
{
    for (int pose = 0; pose < 2; pose++)
        for (int i = 0; i < 4; i++) {
            double early = i == 0 ? 20 : 20 + 12 * i; /* three short ones, then one of four minutes */
            cheap->ramps_s[pose][i] = pose * CHEAP_TURN_S + early + plumb_rng_uniform(&cheap->rng, 0, 5);
            cheap->ramps_rad[pose][i] = plumb_rng_uniform(&cheap->rng, -10, 10) * PLUMB_RAD_PER_DEG;
        }
}

/* Noise and offset: MPU-6050 product specification, tables 6.1 and 6.2 (50 mg, z 80 mg). */
struct cheap cheap_of(
    uint64_t seed, double rate_hz, double gyro_offset_dps, double scale, double misalignment,
    double accel_offset_share)
{
    struct cheap cheap = {.rate_hz = rate_hz, .rng = plumb_rng_of(seed)};
    struct plumb_rng *rng = &cheap.rng;
    double offset = gyro_offset_dps * PLUMB_RAD_PER_DEG, milli_g = PLUMB_GRAVITY_MPS2 / 1000;
    struct plumb_vec3 accel_offset =
        plumb_vec3_scale(plumb_vec3_of(50 * milli_g, 50 * milli_g, 80 * milli_g), accel_offset_share);
    cheap.accel = triad(rng, scale, misalignment, accel_offset, 0.4 * milli_g);
    cheap.gyro =
        triad(rng, scale, misalignment, plumb_vec3_of(offset, offset, offset), 0.005 * PLUMB_RAD_PER_DEG);
    cheap.q_wb_poses[0] = plumb_quat_between(direction(rng), direction(rng));
    struct plumb_vec3 about = plumb_vec3_scale(direction(rng), plumb_rng_uniform(rng, 1, 2));
    cheap.q_wb_poses[1] = plumb_quat_mul(cheap.q_wb_poses[0], plumb_quat_from_rotvec(about));
    cheap.q_bs = plumb_quat_between(direction(rng), direction(rng));
    cheap.lever_b_m = plumb_vec3_scale(direction(rng), 0.12); /* hip to iliac crest */
    cheap.breath_hz = plumb_rng_uniform(rng, 0.2, 0.35);      /* EVIDENCE: the size of things */
    cheap.breath_rad = plumb_rng_uniform(rng, 0.3, 1) * PLUMB_RAD_PER_DEG;
    cheap.breath_m = 0.003;
    cheap.creep_rad = plumb_rng_uniform(rng, 0.2, 1) * PLUMB_RAD_PER_DEG;
    cheap.creep_s = plumb_rng_uniform(rng, 20, 90);
    plan_holds(&cheap);
    return cheap;
}

/* 0..1 with no jerk at its ends. */
static double ease(double share)
{
    double s = fmin(fmax(share, 0), 1);
    return s * s * s * (10 - 15 * s + 6 * s * s);
}

static struct plumb_quat q_wb_at(const struct cheap *cheap, double t_s)
{
    double change = ease((t_s - CHEAP_TURN_S) / CHEAP_TURNING_S), tilt_rad = 0;
    struct plumb_quat between = plumb_quat_mul(plumb_quat_conj(cheap->q_wb_poses[0]), cheap->q_wb_poses[1]);
    double half_rad = acos(fmin(1, fabs(between.w))), sign = between.w < 0 ? -1 : 1;
    struct plumb_vec3 axis =
        plumb_vec3_scale(plumb_vec3_unit(plumb_vec3_of(between.x, between.y, between.z)), sign);
    for (int pose = 0; pose < 2; pose++)
        for (int i = 0; i < 4; i++) {
            double before = i > 0 ? cheap->ramps_rad[pose][i - 1] : pose > 0 ? cheap->ramps_rad[0][3] : 0;
            double more = cheap->ramps_rad[pose][i] - before;
            tilt_rad += more * ease((t_s - cheap->ramps_s[pose][i]) / 1.5);
        }
    tilt_rad += cheap->breath_rad * sin(2 * PLUMB_PI * cheap->breath_hz * t_s);
    double creep_rad = cheap->creep_rad * sin(2 * PLUMB_PI * t_s / cheap->creep_s);
    struct plumb_quat pose = plumb_quat_mul(
        cheap->q_wb_poses[0], plumb_quat_from_rotvec(plumb_vec3_scale(axis, 2 * half_rad * change)));
    return plumb_quat_mul(
        pose, plumb_quat_from_rotvec(plumb_vec3_of(creep_rad, 0.7 * creep_rad, tilt_rad + creep_rad)));
}

static struct plumb_vec3 place_w_m(const struct cheap *cheap, double t_s)
{
    struct plumb_vec3 place = plumb_quat_apply(q_wb_at(cheap, t_s), cheap->lever_b_m);
    place.z += cheap->breath_m * sin(2 * PLUMB_PI * cheap->breath_hz * t_s);
    place.x += 0.3 * ease((t_s - CHEAP_TURN_S) / CHEAP_TURNING_S);
    return place;
}

static struct plumb_vec3 true_force_w(const struct cheap *cheap, double t_s)
{
    struct plumb_vec3 before = place_w_m(cheap, t_s - STEP_S), after = place_w_m(cheap, t_s + STEP_S);
    struct plumb_vec3 now = plumb_vec3_scale(place_w_m(cheap, t_s), 2);
    struct plumb_vec3 force =
        plumb_vec3_scale(plumb_vec3_sub(plumb_vec3_add(before, after), now), 1 / (STEP_S * STEP_S));
    force.z += PLUMB_GRAVITY_MPS2;
    return force;
}

static struct plumb_vec3 read_triad(
    const struct cheap_triad *triad, struct plumb_vec3 truth, double rate_hz, double step,
    struct plumb_rng *rng)
{
    const double in[3] = {truth.x, truth.y, truth.z},
                 offset[3] = {triad->offset.x, triad->offset.y, triad->offset.z};
    double out[3], noise = triad->noise_rthz * sqrt(rate_hz / 2);
    for (int i = 0; i < 3; i++) {
        double value = offset[i] + noise * plumb_rng_normal(rng);
        for (int j = 0; j < 3; j++)
            value += triad->matrix[i][j] * in[j];
        out[i] = step * round(value / step);
    }
    return plumb_vec3_of(out[0], out[1], out[2]);
}

struct plumb_imu cheap_sample(struct cheap *cheap, size_t i, struct plumb_quat *q_ws_true)
{
    double t_s = (double)i / cheap->rate_hz;
    struct plumb_quat q_ws = plumb_quat_mul(q_wb_at(cheap, t_s), cheap->q_bs);
    struct plumb_quat before = plumb_quat_mul(q_wb_at(cheap, t_s - STEP_S), cheap->q_bs);
    struct plumb_quat after = plumb_quat_mul(q_wb_at(cheap, t_s + STEP_S), cheap->q_bs);
    struct plumb_quat turned = plumb_quat_mul(plumb_quat_conj(before), after);
    struct plumb_vec3 rate = plumb_vec3_scale(plumb_vec3_of(turned.x, turned.y, turned.z), 1 / STEP_S);
    struct plumb_vec3 force = plumb_quat_apply(plumb_quat_conj(q_ws), true_force_w(cheap, t_s));
    *q_ws_true = q_ws;
    return (struct plumb_imu){
        .accel_s_mps2 = read_triad(
            &cheap->accel, force, cheap->rate_hz, PLUMB_GRAVITY_MPS2 / 8192, &cheap->rng), /* +-4 g */
        .gyro_s_radps = read_triad(
            &cheap->gyro, rate, cheap->rate_hz, PLUMB_RAD_PER_DEG / 65.5, &cheap->rng), /* +-500 deg/s */
        .temp_c = NAN};
}

double cheap_tilt_rad(const struct cheap *cheap, struct plumb_quat q_ws)
{
    struct plumb_quat q_wb = plumb_quat_mul(q_ws, plumb_quat_conj(cheap->q_bs));
    struct plumb_vec3 up_b = plumb_quat_apply(plumb_quat_conj(q_wb), plumb_vec3_of(0, 0, 1));
    return -atan2(up_b.y, up_b.x);
}

int cheap_scored(double t_s)
{
    return t_s > 10 && (t_s < CHEAP_TURN_S - 1 || t_s > CHEAP_TURN_S + CHEAP_TURNING_S + 12);
}
