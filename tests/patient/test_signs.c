/* One test per statement about a sign in DESIGN, "Conventions", told by what gravity shows. */
#include <CUnit/CUnit.h>

#include "host/patient/patient.h"
#include "suite.h"

#define DEG PLUMB_RAD_PER_DEG

static struct plumb_scenario scenario;
static struct plumb_patient patient;

/* In `pose` from the start; `kind` goes to 6 degrees at 5 s, and all is at rest at 10 s. */
static struct plumb_truth after(enum plumb_pose pose, enum plumb_act_kind kind, struct plumb_vec3 *up_b)
{
    struct plumb_act act = plumb_act_default(kind);
    plumb_scenario_default(&scenario);
    scenario.pose = pose;
    act.at_s = 5;
    act.size_rad = 6 * DEG;
    act.hold_s = kind < PLUMB_ACT_LAPSE ? 0 : 20;
    plumb_scenario_add(&scenario, act);
    plumb_patient_init(&patient, &scenario);
    struct plumb_truth truth = plumb_patient_truth(&patient, 10);
    *up_b = plumb_quat_apply(plumb_quat_conj(truth.q_wb), plumb_vec3_of(0, 0, 1));
    return truth;
}

/* Anterior: the front of the pelvis goes down when upright, its upper end comes up when supine. */
static void tilt_is_anterior_positive(void)
{
    struct plumb_vec3 up;
    const enum plumb_pose poses[] = {PLUMB_SUPINE, PLUMB_PRONE, PLUMB_UPRIGHT};
    for (int i = 0; i < 3; i++)
        CU_ASSERT_DOUBLE_EQUAL(after(poses[i], PLUMB_ACT_TILT, &up).tilt_rad, 6 * DEG, 1e-9);
    after(PLUMB_UPRIGHT, PLUMB_ACT_TILT, &up);
    CU_ASSERT(up.x < -0.05); /* the anterior axis points below the horizon */
    after(PLUMB_SUPINE, PLUMB_ACT_TILT, &up);
    CU_ASSERT(up.y > 0.05); /* the cranial end has come up: the low back hollows */
}

static void tilt_is_minus_the_right_hand_turn_about_z(void)
{
    struct plumb_vec3 up;
    after(PLUMB_SUPINE, PLUMB_ACT_TILT, &up);
    struct plumb_quat before = plumb_patient_truth(&patient, 4).q_wb;
    struct plumb_quat turn = plumb_quat_mul(plumb_quat_conj(before), plumb_patient_truth(&patient, 10).q_wb);
    CU_ASSERT_DOUBLE_EQUAL(turn.z, -sin(3 * DEG), 1e-9);
}

/* Turning left lifts the right side of somebody on their back, and turns right-handed about the cranial axis.
 */
static void rotation_is_left_positive(void)
{
    struct plumb_vec3 up;
    CU_ASSERT_DOUBLE_EQUAL(after(PLUMB_SUPINE, PLUMB_ACT_ROTATION, &up).rotation_rad, 6 * DEG, 1e-9);
    CU_ASSERT(up.z > 0.05);
    struct plumb_quat before = plumb_patient_truth(&patient, 4).q_wb;
    struct plumb_quat turn = plumb_quat_mul(plumb_quat_conj(before), plumb_patient_truth(&patient, 10).q_wb);
    CU_ASSERT_DOUBLE_EQUAL(turn.y, sin(3 * DEG), 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(after(PLUMB_PRONE, PLUMB_ACT_ROTATION, &up).rotation_rad, 6 * DEG, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(after(PLUMB_LYING_LEFT, PLUMB_ACT_ROTATION, &up).rotation_rad, 6 * DEG, 1e-9);
}

static void obliquity_is_right_side_up_positive(void)
{
    struct plumb_vec3 up;
    CU_ASSERT_DOUBLE_EQUAL(after(PLUMB_UPRIGHT, PLUMB_ACT_OBLIQUITY, &up).obliquity_rad, 6 * DEG, 1e-9);
    CU_ASSERT(up.z > 0.05); /* the right axis points above the horizon */
}

/* Extension: the pelvis tilts forward under a trunk that stays. */
static void lumbar_is_arching_positive(void)
{
    struct plumb_vec3 up;
    struct plumb_truth lying = after(PLUMB_SUPINE, PLUMB_ACT_ARCH, &up);
    CU_ASSERT_DOUBLE_EQUAL(lying.lumbar_rad, 6 * DEG, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(lying.tilt_rad, 6 * DEG, 1e-9); /* 1:1 lying */
    struct plumb_truth upright = after(PLUMB_UPRIGHT, PLUMB_ACT_ARCH, &up);
    CU_ASSERT_DOUBLE_EQUAL(upright.lumbar_rad, 6 * DEG, 1e-9);
    CU_ASSERT(upright.tilt_rad < 5 * DEG);
    CU_ASSERT_DOUBLE_EQUAL(after(PLUMB_UPRIGHT, PLUMB_ACT_LAPSE, &up).lumbar_rad, 6 * DEG, 1e-9);
}

/* A thigh below the horizontal is extension, and a pelvis that tilts with it takes that away. */
static void hip_is_extension_positive(void)
{
    struct plumb_vec3 up;
    CU_ASSERT_DOUBLE_EQUAL(after(PLUMB_SUPINE, PLUMB_ACT_THIGH, &up).hip_rad, 6 * DEG, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(after(PLUMB_SUPINE, PLUMB_ACT_TILT, &up).hip_rad, -6 * DEG, 1e-9);
}

static void what_gravity_cannot_show_is_empty(void)
{
    struct plumb_vec3 up;
    CU_ASSERT(isnan(after(PLUMB_SUPINE, PLUMB_ACT_TILT, &up).obliquity_rad));
    CU_ASSERT(isnan(after(PLUMB_PRONE, PLUMB_ACT_TILT, &up).obliquity_rad));
    CU_ASSERT(isnan(after(PLUMB_UPRIGHT, PLUMB_ACT_TILT, &up).rotation_rad));
    struct plumb_truth side = after(PLUMB_LYING_RIGHT, PLUMB_ACT_TILT, &up);
    CU_ASSERT(isnan(side.tilt_rad) && isnan(side.lumbar_rad));
}

static void poses_have_up_where_they_should(void)
{
    const struct plumb_vec3 up_of[PLUMB_POSES_N] = {
        [PLUMB_SUPINE] = {1, 0, 0},
        [PLUMB_PRONE] = {-1, 0, 0},
        [PLUMB_UPRIGHT] = {0, 1, 0},
        [PLUMB_LYING_LEFT] = {0, 0, 1},
        [PLUMB_LYING_RIGHT] = {0, 0, -1}};
    for (enum plumb_pose from = 0; from < PLUMB_POSES_N; from++)
        for (enum plumb_pose to = 0; to < PLUMB_POSES_N; to++) {
            struct plumb_act pose = plumb_act_default(PLUMB_ACT_POSE);
            plumb_scenario_default(&scenario);
            scenario.pose = from;
            pose.at_s = 5;
            pose.pose = to;
            plumb_scenario_add(&scenario, pose);
            plumb_patient_init(&patient, &scenario);
            struct plumb_quat q_wb = plumb_patient_truth(&patient, 20).q_wb;
            struct plumb_vec3 up = plumb_quat_apply(plumb_quat_conj(q_wb), plumb_vec3_of(0, 0, 1));
            CU_ASSERT(plumb_vec3_norm(plumb_vec3_sub(up, up_of[to])) < 1e-9);
        }
}

/* Whatever way the clip is worn, its own frame taken to the pelvis' gives up the same. */
static void the_clip_tells_what_the_bone_does(void)
{
    struct plumb_vec3 up;
    after(PLUMB_SUPINE, PLUMB_ACT_TILT, &up);
    struct plumb_scenario turned = scenario;
    turned.wear.turn_rad = plumb_vec3_of(1, -0.5, 2);
    plumb_patient_init(&patient, &turned);
    struct plumb_vec3 felt = plumb_patient_clip(&patient, PLUMB_PELVIS, 10).felt.accel_s_mps2;
    struct plumb_quat q_bs = plumb_wear_q_bs(turned.wear.site, turned.wear.turn_rad);
    struct plumb_vec3 up_felt = plumb_vec3_unit(plumb_quat_apply(q_bs, felt));
    CU_ASSERT(plumb_vec3_norm(plumb_vec3_sub(up, up_felt)) < 1e-9);
}

/* A clip that slips turns against the bone, and the bone does not move. */
static void a_slip_is_the_clips_alone(void)
{
    struct plumb_vec3 up;
    struct plumb_truth truth = after(PLUMB_SUPINE, PLUMB_ACT_SLIP, &up);
    struct plumb_quat turn = plumb_quat_mul(
        plumb_quat_conj(plumb_patient_truth(&patient, 4).q_ws), plumb_patient_truth(&patient, 10).q_ws);
    CU_ASSERT_DOUBLE_EQUAL(truth.tilt_rad, 0, 1e-12);
    CU_ASSERT_DOUBLE_EQUAL(2 * acos(fabs(turn.w)), 6 * DEG, 1e-6);
}

static void nobody_tilts_about_one_axis(void)
{
    struct plumb_vec3 up;
    after(PLUMB_SUPINE, PLUMB_ACT_LAPSE, &up);
    scenario.rotation_per_tilt = -0.5;
    plumb_patient_init(&patient, &scenario);
    CU_ASSERT_DOUBLE_EQUAL(plumb_patient_truth(&patient, 10).rotation_rad, -3 * DEG, 0.05 * DEG);
}

static double inclination_rad(enum plumb_role role, struct plumb_quat q_bs, double t_s)
{
    struct plumb_vec3 felt = plumb_patient_clip(&patient, role, t_s).felt.accel_s_mps2;
    struct plumb_vec3 up = plumb_quat_apply(q_bs, felt);
    return atan2(up.y, up.x);
}

/* What DESIGN calls lumbar_deg and hip_deg, from what the clips feel. */
static void two_clips_tell_the_curve_and_the_hip(void)
{
    struct plumb_vec3 up, shown = {0, 0, 0};
    const struct plumb_quat pelvis = plumb_wear_q_bs(PLUMB_SITE_FRONT, shown);
    const struct plumb_quat back = plumb_wear_q_bs(PLUMB_SITE_SACRUM, shown);
    struct plumb_truth truth = after(PLUMB_UPRIGHT, PLUMB_ACT_ARCH, &up);
    double change[2];
    for (int i = 0; i < 2; i++)
        change[i] = inclination_rad(PLUMB_PELVIS, pelvis, i ? 10 : 1) -
                    inclination_rad(PLUMB_LUMBAR, back, i ? 10 : 1);
    CU_ASSERT_DOUBLE_EQUAL(change[1] - change[0], truth.lumbar_rad, 1e-6);
    truth = after(PLUMB_SUPINE, PLUMB_ACT_THIGH, &up);
    for (int i = 0; i < 2; i++)
        change[i] = inclination_rad(PLUMB_THIGH, pelvis, i ? 10 : 1) -
                    inclination_rad(PLUMB_PELVIS, pelvis, i ? 10 : 1);
    CU_ASSERT_DOUBLE_EQUAL(change[1] - change[0], truth.hip_rad, 1e-6);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"tilt_is_anterior_positive", tilt_is_anterior_positive},
        {"tilt_is_minus_the_right_hand_turn_about_z", tilt_is_minus_the_right_hand_turn_about_z},
        {"rotation_is_left_positive", rotation_is_left_positive},
        {"obliquity_is_right_side_up_positive", obliquity_is_right_side_up_positive},
        {"lumbar_is_arching_positive", lumbar_is_arching_positive},
        {"hip_is_extension_positive", hip_is_extension_positive},
        {"what_gravity_cannot_show_is_empty", what_gravity_cannot_show_is_empty},
        {"poses_have_up_where_they_should", poses_have_up_where_they_should},
        {"the_clip_tells_what_the_bone_does", the_clip_tells_what_the_bone_does},
        {"a_slip_is_the_clips_alone", a_slip_is_the_clips_alone},
        {"nobody_tilts_about_one_axis", nobody_tilts_about_one_axis},
        {"two_clips_tell_the_curve_and_the_hip", two_clips_tell_the_curve_and_the_hip},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("signs", tests, argc, argv);
}
