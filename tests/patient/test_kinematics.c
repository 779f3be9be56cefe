/* The patient's motion is one motion: rates integrate to attitudes, accelerations are where the clip is,
 * differentiated twice. */
#include <CUnit/CUnit.h>

#include "host/patient/patient.h"
#include "suite.h"

#define DEG PLUMB_RAD_PER_DEG

static void busy_patient(struct plumb_patient *patient, enum plumb_role second)
{
    static struct plumb_scenario scenario;
    plumb_scenario_random(&scenario, 7, 1);
    scenario.second = second;
    scenario.wear.wobble_rad = 0.05 * DEG;
    struct plumb_act walk = plumb_act_default(PLUMB_ACT_WALK);
    walk.at_s = 20;
    plumb_scenario_add(&scenario, walk);
    plumb_patient_init(patient, &scenario);
}

/* Central differences of fourth order over 2 ms: error about h^4/30 times the fifth derivative. */
static double diff4(double m2, double m1, double p1, double p2, double h)
{
    return (m2 - 8 * m1 + 8 * p1 - p2) / (12 * h);
}

static struct plumb_vec3 diff_speed(const struct plumb_patient *patient, enum plumb_role role, double t_s)
{
    double h = 0.002;
    struct plumb_vec3 v[4];
    const double offset[4] = {-2, -1, 1, 2};
    for (int i = 0; i < 4; i++)
        v[i] = plumb_patient_clip(patient, role, t_s + offset[i] * h).speed_w_mps;
    return plumb_vec3_of(
        diff4(v[0].x, v[1].x, v[2].x, v[3].x, h), diff4(v[0].y, v[1].y, v[2].y, v[3].y, h),
        diff4(v[0].z, v[1].z, v[2].z, v[3].z, h));
}

static struct plumb_vec3 diff_place(const struct plumb_patient *patient, enum plumb_role role, double t_s)
{
    double h = 0.002;
    struct plumb_vec3 p[4];
    const double offset[4] = {-2, -1, 1, 2};
    for (int i = 0; i < 4; i++)
        p[i] = plumb_patient_clip(patient, role, t_s + offset[i] * h).at_w_m;
    return plumb_vec3_of(
        diff4(p[0].x, p[1].x, p[2].x, p[3].x, h), diff4(p[0].y, p[1].y, p[2].y, p[3].y, h),
        diff4(p[0].z, p[1].z, p[2].z, p[3].z, h));
}

static void accelerations_follow_from_places(void)
{
    static struct plumb_patient patient;
    const enum plumb_role roles[] = {PLUMB_PELVIS, PLUMB_LUMBAR, PLUMB_THIGH};
    double worst_mps = 0, worst_mps2 = 0;
    busy_patient(&patient, PLUMB_LUMBAR);
    for (int r = 0; r < 3; r++) {
        patient.scenario.second = roles[r] == PLUMB_PELVIS ? PLUMB_LUMBAR : roles[r];
        for (double t_s = 1; t_s < patient.scenario.length_s; t_s += 0.173) {
            struct plumb_clip_motion now = plumb_patient_clip(&patient, roles[r], t_s);
            struct plumb_vec3 speed = diff_place(&patient, roles[r], t_s);
            struct plumb_vec3 accel = diff_speed(&patient, roles[r], t_s);
            worst_mps = fmax(worst_mps, plumb_vec3_norm(plumb_vec3_sub(speed, now.speed_w_mps)));
            worst_mps2 = fmax(worst_mps2, plumb_vec3_norm(plumb_vec3_sub(accel, now.accel_w_mps2)));
        }
    }
    CU_ASSERT(worst_mps < 1e-4);
    CU_ASSERT(worst_mps2 < 5e-3);
}

static void felt_force_is_acceleration_against_gravity(void)
{
    static struct plumb_patient patient;
    busy_patient(&patient, PLUMB_LUMBAR);
    for (double t_s = 0; t_s < 60; t_s += 0.31) {
        struct plumb_clip_motion now = plumb_patient_clip(&patient, PLUMB_PELVIS, t_s);
        struct plumb_vec3 force_w = plumb_quat_apply(now.q_ws, now.felt.accel_s_mps2);
        force_w.z -= PLUMB_GRAVITY_MPS2;
        CU_ASSERT(plumb_vec3_norm(plumb_vec3_sub(force_w, now.accel_w_mps2)) < 1e-9);
    }
}

/* One step of a strapdown: the mean of the rates at both ends and the middle (Simpson), with the coning term
 * of the two ends. */
static struct plumb_quat stride(
    struct plumb_quat q, struct plumb_vec3 begin, struct plumb_vec3 middle, struct plumb_vec3 end, double h)
{
    struct plumb_vec3 sum = plumb_vec3_add(plumb_vec3_add(begin, end), plumb_vec3_scale(middle, 4));
    struct plumb_vec3 turn = plumb_vec3_scale(sum, h / 6);
    turn = plumb_vec3_add(turn, plumb_vec3_scale(plumb_vec3_cross(begin, end), h * h / 12));
    return plumb_quat_unit(plumb_quat_mul(q, plumb_quat_from_rotvec(turn)));
}

static double angle_between_rad(struct plumb_quat a, struct plumb_quat b)
{
    struct plumb_quat d = plumb_quat_mul(plumb_quat_conj(a), b);
    return 2 * asin(fmin(1, sqrt(d.x * d.x + d.y * d.y + d.z * d.z)));
}

/* Ten minutes of everything: coughs, walking, lapses, pose changes, trembling. */
static void rates_integrate_to_the_attitude(void)
{
    static struct plumb_patient patient;
    static struct plumb_scenario scenario;
    double h = 0.005, worst_rad = 0;
    plumb_scenario_random(&scenario, 11, 1);
    for (int i = 0; i < 30; i++) {
        struct plumb_act act = plumb_act_default((enum plumb_act_kind)(PLUMB_ACT_LAPSE + i % 9));
        act.at_s = 150 + 15 * i;
        plumb_scenario_add(&scenario, act);
    }
    plumb_patient_init(&patient, &scenario);
    struct plumb_clip_motion now = plumb_patient_clip(&patient, PLUMB_PELVIS, 0);
    struct plumb_quat q_ws = now.q_ws;
    for (long i = 0; i < 120000; i++) {
        double t_s = (double)i * h;
        struct plumb_clip_motion half = plumb_patient_clip(&patient, PLUMB_PELVIS, t_s + h / 2);
        struct plumb_clip_motion next = plumb_patient_clip(&patient, PLUMB_PELVIS, t_s + h);
        q_ws = stride(q_ws, now.felt.gyro_s_radps, half.felt.gyro_s_radps, next.felt.gyro_s_radps, h);
        now = next;
        worst_rad = fmax(worst_rad, angle_between_rad(q_ws, now.q_ws));
    }
    CU_ASSERT(worst_rad < 0.02 * DEG);
}

static void a_still_patient_feels_gravity_only(void)
{
    static struct plumb_patient patient;
    static struct plumb_scenario scenario;
    plumb_scenario_default(&scenario);
    plumb_patient_init(&patient, &scenario);
    struct plumb_clip_motion now = plumb_patient_clip(&patient, PLUMB_PELVIS, 12);
    CU_ASSERT_DOUBLE_EQUAL(plumb_vec3_norm(now.felt.accel_s_mps2), PLUMB_GRAVITY_MPS2, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(plumb_vec3_norm(now.felt.gyro_s_radps), 0, 1e-12);
    /* Worn in front on the back: the clip's z, out of the body, is up. */
    CU_ASSERT_DOUBLE_EQUAL(now.felt.accel_s_mps2.z, PLUMB_GRAVITY_MPS2, 1e-9);
}

/* A clip 0.1 m from the pivot swung by +-a at f feels the centripetal pull a^2 w^2 r at the middle. */
static void a_swing_pulls_outward(void)
{
    static struct plumb_patient patient;
    static struct plumb_scenario scenario;
    plumb_scenario_default(&scenario);
    scenario.pose = PLUMB_UPRIGHT;
    scenario.pivot = PLUMB_PIVOT_L5S1;
    scenario.wear.site = PLUMB_SITE_SIDE; /* (0.03, 0.07) m from the axis */
    struct plumb_act tilts = plumb_act_default(PLUMB_ACT_TILTS);
    tilts.at_s = 1;
    tilts.count = 10;
    tilts.hold_s = 5;
    tilts.size_rad = 20 * DEG;
    plumb_scenario_add(&scenario, tilts);
    plumb_patient_init(&patient, &scenario);
    struct plumb_clip_motion now = plumb_patient_clip(&patient, PLUMB_PELVIS, 3); /* passes the middle */
    double rate = 10 * DEG * 2 * PLUMB_PI * 2;
    CU_ASSERT_DOUBLE_EQUAL(plumb_vec3_norm(now.felt.gyro_s_radps), rate, 1e-6);
    CU_ASSERT_DOUBLE_EQUAL(plumb_vec3_norm(now.accel_w_mps2), rate * rate * hypot(0.03, 0.07), 1e-4);
    CU_ASSERT(now.accel_w_mps2.z < 0); /* toward the pivot, which is below the clip */
}

/* No act of any kind makes a jump in what is felt: bodies have mass. Looked at every 0.1 ms. */
static void nothing_jumps(void)
{
    static struct plumb_patient patient;
    static struct plumb_scenario scenario;
    for (enum plumb_act_kind kind = 0; kind < PLUMB_ACTS_N; kind++) {
        struct plumb_act act = plumb_act_default(kind);
        double turn_radps = 0, pull_mps2 = 0;
        act.at_s = 0.5;
        act.size_rad = act.size_rad > 0 ? act.size_rad : 6 * DEG;
        plumb_scenario_default(&scenario);
        scenario.pose = PLUMB_UPRIGHT;
        plumb_scenario_add(&scenario, act);
        plumb_patient_init(&patient, &scenario);
        struct plumb_imu last = plumb_patient_clip(&patient, PLUMB_PELVIS, 0).felt;
        for (double t_s = 0; t_s < plumb_act_end_s(&act) + 0.5; t_s += 1e-4) {
            struct plumb_imu now = plumb_patient_clip(&patient, PLUMB_PELVIS, t_s).felt;
            struct plumb_vec3 turn = plumb_vec3_sub(now.gyro_s_radps, last.gyro_s_radps);
            struct plumb_vec3 pull = plumb_vec3_sub(now.accel_s_mps2, last.accel_s_mps2);
            turn_radps = fmax(turn_radps, plumb_vec3_norm(turn));
            pull_mps2 = fmax(pull_mps2, plumb_vec3_norm(pull));
            last = now;
        }
        CU_ASSERT(turn_radps < 0.005);
        CU_ASSERT(pull_mps2 < 0.25);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"accelerations_follow_from_places", accelerations_follow_from_places},
        {"felt_force_is_acceleration_against_gravity", felt_force_is_acceleration_against_gravity},
        {"rates_integrate_to_the_attitude", rates_integrate_to_the_attitude},
        {"a_still_patient_feels_gravity_only", a_still_patient_feels_gravity_only},
        {"a_swing_pulls_outward", a_swing_pulls_outward},
        {"nothing_jumps", nothing_jumps},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("kinematics", tests, argc, argv);
}
