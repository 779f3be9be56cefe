/* Sessions left to chance: every number below is a range of what people do (EVIDENCE, The size of things) or
 * of what a clip on a belt may suffer. */
#include "scenario.h"

#define DEG PLUMB_RAD_PER_DEG

struct maker {
    struct plumb_scenario *scenario;
    struct plumb_rng rng;
    double difficulty;
    double t_s; /* everything so far is over */
};

static double between(struct maker *maker, double low, double high)
{
    return plumb_rng_uniform(&maker->rng, low, high);
}

static int by_chance(struct maker *maker, double share)
{
    return between(maker, 0, 1) < share;
}

/* Shoemake 1992: a unit quaternion from three even numbers. */
struct plumb_vec3 plumb_rotvec_any(struct plumb_rng *rng)
{
    double u = plumb_rng_uniform(rng, 0, 1);
    double a = plumb_rng_uniform(rng, 0, 2 * PLUMB_PI), b = plumb_rng_uniform(rng, 0, 2 * PLUMB_PI);
    double w = sqrt(1 - u) * sin(a), x = sqrt(1 - u) * cos(a), y = sqrt(u) * sin(b), z = sqrt(u) * cos(b);
    double sine = sqrt(x * x + y * y + z * z);
    double k = sine > 0 ? 2 * atan2(sine, w) / sine : 0;
    return plumb_vec3_of(k * x, k * y, k * z);
}

static void person(struct maker *maker)
{
    struct plumb_scenario *scenario = maker->scenario;
    double d = maker->difficulty;
    scenario->posture_rad = between(maker, -8, 8) * DEG;
    scenario->heading_rad = between(maker, -PLUMB_PI, PLUMB_PI);
    scenario->breath_pp_rad = between(maker, 0.3, 0.5 + 1.7 * d) * DEG;
    scenario->breath_hz = between(maker, 0.2, 0.35);
    scenario->breath_wander = between(maker, 0, 0.2 * d);
    scenario->breath_shift_m = between(maker, 0, 0.005);
    scenario->tremor_rad = between(maker, 0, 0.15 * d) * DEG;
    scenario->pulse_rad = between(maker, 0, 0.03) * DEG;
    scenario->pulse_hz = between(maker, 0.9, 1.4);
    scenario->sway_rad = between(maker, 0, 0.2 * d) * DEG;
    scenario->lumbar_per_tilt = between(maker, 0.9, 1.05);
    scenario->rotation_per_tilt = between(maker, -0.1, 0.1) * d;
    scenario->obliquity_per_tilt = between(maker, -0.1, 0.1) * d;
}

static void clip(struct maker *maker)
{
    struct plumb_scenario *scenario = maker->scenario;
    scenario->wear.site = (enum plumb_site)(plumb_rng_next(&maker->rng) % PLUMB_SITES_N);
    scenario->wear.turn_rad = plumb_rotvec_any(&maker->rng);
    scenario->wear.wobble_rad = between(maker, 0, 0.05 * maker->difficulty) * DEG;
    scenario->wear.skin_share = between(maker, 0, 0.04 * maker->difficulty);
    for (int i = 0; i < 2; i++)
        plumb_imu_error_draw(&scenario->error[i], PLUMB_IMU_TYPICAL, &maker->rng);
    scenario->clock_fast = between(maker, -0.005, 0.005); /* a resonator's 0.5 % */
}

static void put(struct maker *maker, struct plumb_act act, double pause_s)
{
    act.at_s = maker->t_s;
    plumb_scenario_add(maker->scenario, act);
    maker->t_s = plumb_act_end_s(&act) + pause_s;
}

static void lie_down(struct maker *maker)
{
    struct plumb_act pose = plumb_act_default(PLUMB_ACT_POSE);
    maker->scenario->pose = PLUMB_UPRIGHT;
    maker->t_s = between(maker, 3, 5);
    pose.rise_s = between(maker, 2, 5);
    put(maker, pose, between(maker, 4, 7));
}

/* Nobody tilts without turning a little. */
static void crooked(struct maker *maker, double from_s, double for_s)
{
    struct plumb_act turn = plumb_act_default(PLUMB_ACT_TURN);
    turn.at_s = from_s;
    turn.rise_s = turn.fall_s = for_s / 3;
    turn.hold_s = for_s / 3;
    turn.size_rad = between(maker, -2, 2) * maker->difficulty * DEG;
    plumb_scenario_add(maker->scenario, turn);
}

static void calibration(struct maker *maker)
{
    struct plumb_act tilts = plumb_act_default(PLUMB_ACT_TILTS), arch = plumb_act_default(PLUMB_ACT_ARCH);
    struct plumb_act neutral = plumb_act_default(PLUMB_ACT_NEUTRAL);
    tilts.count = 3 + (int)(plumb_rng_next(&maker->rng) % 3);
    tilts.size_rad = between(maker, 6, 9) * DEG;
    tilts.hold_s = tilts.count * between(maker, 2.5, 4);
    crooked(maker, maker->t_s, tilts.hold_s);
    put(maker, tilts, between(maker, 1.5, 3));
    arch.size_rad = between(maker, 6, 11) * DEG;
    arch.rise_s = arch.fall_s = between(maker, 1, 2.5);
    put(maker, arch, between(maker, 2, 4));
    neutral.hold_s = between(maker, 8, 14);
    put(maker, neutral, between(maker, 1, 4));
}

/* Small, large and in between: two fifths, two fifths, one fifth. */
static double lapse_rad(struct maker *maker)
{
    double which = between(maker, 0, 1);
    if (which < 0.4)
        return between(maker, 0.5, 2.5) * DEG;
    return (which < 0.8 ? between(maker, 8, 11) : between(maker, 3, 8)) * DEG;
}

static void one_lapse(struct maker *maker)
{
    struct plumb_act lapse = plumb_act_default(PLUMB_ACT_LAPSE);
    lapse.size_rad = lapse_rad(maker);
    lapse.rise_s = between(maker, 0.4, 2.5);
    lapse.hold_s = between(maker, 1, 5);
    lapse.fall_s = between(maker, 0.5, 2);
    put(maker, lapse, between(maker, 3, 7));
}

static void one_disturbance(struct maker *maker)
{
    static const enum plumb_act_kind kinds[] = {
        PLUMB_ACT_COUGH, PLUMB_ACT_SPEECH, PLUMB_ACT_BUMP, PLUMB_ACT_TURN};
    struct plumb_act act = plumb_act_default(kinds[plumb_rng_next(&maker->rng) % 4]);
    if (act.kind == PLUMB_ACT_TURN)
        act.size_rad = between(maker, -6, 6) * maker->difficulty * DEG;
    if (act.kind == PLUMB_ACT_COUGH)
        act.size_rad = between(maker, 0.5, 1.5) * maker->difficulty * DEG;
    put(maker, act, between(maker, 2, 5));
}

static void hold(struct maker *maker)
{
    struct plumb_act window = plumb_act_default(PLUMB_ACT_HOLD);
    double from_s = maker->t_s;
    int lapses = 2 + (int)(plumb_rng_next(&maker->rng) % 3);
    maker->t_s += between(maker, 5, 12);
    for (int i = 0; i < lapses; i++) {
        if (by_chance(maker, 0.4 * maker->difficulty))
            one_disturbance(maker);
        one_lapse(maker);
    }
    window.at_s = from_s;
    window.hold_s = maker->t_s - from_s;
    plumb_scenario_add(maker->scenario, window);
    maker->t_s += between(maker, 2, 6);
}

void plumb_scenario_random(struct plumb_scenario *scenario, uint64_t seed, double difficulty)
{
    struct maker maker = {scenario, plumb_rng_of(seed), difficulty, 0};
    plumb_scenario_default(scenario);
    scenario->seed = seed;
    scenario->right = (int)(plumb_rng_next(&maker.rng) & 1u);
    person(&maker);
    clip(&maker);
    maker.t_s = between(&maker, 4, 8);
    if (by_chance(&maker, 0.5))
        lie_down(&maker);
    calibration(&maker);
    hold(&maker);
    if (by_chance(&maker, 0.3))
        hold(&maker);
    scenario->length_s = maker.t_s;
}
