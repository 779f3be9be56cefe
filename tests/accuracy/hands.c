#include "hands.h"

#define DEG     PLUMB_RAD_PER_DEG
#define HALF_S  0.0005 /* the rate is what the orientation does over a millisecond */
#define START_S 1.0

struct hands_params hands_usual(void)
{
    return (struct hands_params){
        .hold_least_s = 2,
        .hold_most_s = 3,
        .move_least_s = 1,
        .move_most_s = 2,
        .aim_rad = 8 * DEG,
        .tremor_rad = 0.03 * DEG,
        .creep_rad = 0.3 * DEG,
        .tremor_m = 4e-5,
        .sway_m = 1e-3,
    };
}

/* Half of the sines are a tremor, half slow; each half has the rms asked for. */
static void draw_sines(
    struct hands_sine sines[HANDS_SINES_N], double quick, double slow, double slow_low_hz,
    double slow_high_hz, struct plumb_rng *rng)
{
    for (int i = 0; i < HANDS_SINES_N; i++) {
        int is_slow = i % 2;
        double hz =
            is_slow ? plumb_rng_uniform(rng, slow_low_hz, slow_high_hz) : plumb_rng_uniform(rng, 6, 12);
        double rms = is_slow ? slow : quick;
        sines[i] = (struct hands_sine){
            rms * sqrt(2.0 / (HANDS_SINES_N / 2.0)), 2 * PLUMB_PI * hz,
            plumb_rng_uniform(rng, 0, 2 * PLUMB_PI)};
    }
}

static struct plumb_vec3 any_direction(struct plumb_rng *rng)
{
    double x = plumb_rng_normal(rng), y = plumb_rng_normal(rng), z = plumb_rng_normal(rng);
    return plumb_vec3_unit(plumb_vec3_of(x, y, z));
}

static struct plumb_quat
pose_of(struct plumb_vec3 up_s, double aim_rad, double heading_rad, struct plumb_rng *rng)
{
    double miss_rad = aim_rad * plumb_rng_normal(rng);
    struct plumb_quat miss = plumb_quat_from_rotvec(plumb_vec3_scale(any_direction(rng), miss_rad));
    struct plumb_quat upright =
        plumb_quat_between(plumb_vec3_unit(plumb_quat_apply(miss, up_s)), plumb_vec3_of(0, 0, 1));
    return plumb_quat_mul(plumb_quat_from_rotvec(plumb_vec3_of(0, 0, heading_rad)), upright);
}

void hands_plan(
    struct hands *hands, const struct hands_params *params, const struct plumb_vec3 *ups, size_t n,
    struct plumb_rng *rng)
{
    double at_s = START_S, heading_rad = 0;
    *hands = (struct hands){.params = *params, .n = n};
    for (size_t i = 0; i < n; i++) {
        heading_rad += plumb_rng_uniform(rng, -0.5, 0.5) * PLUMB_PI;
        hands->q_ws[i] = pose_of(ups[i], params->aim_rad, heading_rad, rng);
        hands->begin_s[i] = i ? at_s : 0;
        at_s += plumb_rng_uniform(rng, params->hold_least_s, params->hold_most_s);
        hands->end_s[i] = at_s;
        at_s += plumb_rng_uniform(rng, params->move_least_s, params->move_most_s);
    }
    for (int axis = 0; axis < 3; axis++) {
        draw_sines(hands->turn[axis], params->tremor_rad, params->creep_rad, 0.1, 0.5, rng);
        draw_sines(hands->place[axis], params->tremor_m, params->sway_m, 0.2, 0.6, rng);
    }
}

double hands_length_s(const struct hands *hands)
{
    return hands->end_s[hands->n - 1];
}

static struct plumb_vec3 rotvec_of(struct plumb_quat q)
{
    double sine = sqrt(q.x * q.x + q.y * q.y + q.z * q.z), side = q.w < 0 ? -1 : 1;
    double k = sine > 1e-12 ? 2 * atan2(sine, side * q.w) / sine : 2;
    return plumb_vec3_of(side * k * q.x, side * k * q.y, side * k * q.z);
}

/* Smooth to the second derivative, 0 to 1. */
static double ease(double x)
{
    return x <= 0 ? 0 : x >= 1 ? 1 : x * x * x * (10 + x * (6 * x - 15));
}

static double sum_of(const struct hands_sine sines[HANDS_SINES_N], double t_s)
{
    double sum = 0;
    for (int i = 0; i < HANDS_SINES_N; i++)
        sum += sines[i].size * sin(sines[i].radps * t_s + sines[i].phase_rad);
    return sum;
}

static struct plumb_quat orientation(const struct hands *hands, double t_s)
{
    size_t i = 0;
    while (i + 1 < hands->n && t_s > hands->end_s[i])
        i++;
    struct plumb_quat q = hands->q_ws[i];
    if (i && t_s < hands->begin_s[i]) {
        double share = ease((t_s - hands->end_s[i - 1]) / (hands->begin_s[i] - hands->end_s[i - 1]));
        struct plumb_quat way = plumb_quat_mul(plumb_quat_conj(hands->q_ws[i - 1]), q);
        struct plumb_quat part = plumb_quat_from_rotvec(plumb_vec3_scale(rotvec_of(way), share));
        q = plumb_quat_mul(hands->q_ws[i - 1], part);
    }
    struct plumb_vec3 shake = {
        sum_of(hands->turn[0], t_s), sum_of(hands->turn[1], t_s), sum_of(hands->turn[2], t_s)};
    return plumb_quat_mul(q, plumb_quat_from_rotvec(shake));
}

static double acceleration(const struct hands_sine sines[HANDS_SINES_N], double t_s)
{
    double sum = 0;
    for (int i = 0; i < HANDS_SINES_N; i++)
        sum -=
            sines[i].size * sines[i].radps * sines[i].radps * sin(sines[i].radps * t_s + sines[i].phase_rad);
    return sum;
}

struct plumb_imu hands_feel(const struct hands *hands, double t_s)
{
    struct plumb_quat before = orientation(hands, t_s - HALF_S), after = orientation(hands, t_s + HALF_S);
    struct plumb_vec3 turned = rotvec_of(plumb_quat_mul(plumb_quat_conj(before), after));
    struct plumb_vec3 force_w = {
        acceleration(hands->place[0], t_s), acceleration(hands->place[1], t_s),
        acceleration(hands->place[2], t_s) + PLUMB_GRAVITY_MPS2};
    return (struct plumb_imu){
        .accel_s_mps2 = plumb_quat_apply(plumb_quat_conj(orientation(hands, t_s)), force_w),
        .gyro_s_radps = plumb_vec3_scale(turned, 1 / (2 * HALF_S)),
        .temp_c = NAN};
}
