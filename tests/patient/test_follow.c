/* The patient who does what is asked: what is over leaves no trace in the motion, what was not begun is not
 * done. */
#include <CUnit/CUnit.h>

#include "host/core/exercise_edit.h"
#include "host/patient/follow.h"
#include "suite.h"

#define DEG PLUMB_RAD_PER_DEG

static struct plumb_patient patient;

static void standing_there(void)
{
    struct plumb_scenario scenario;
    plumb_scenario_default(&scenario);
    scenario.pose = PLUMB_UPRIGHT;
    plumb_patient_init(&patient, &scenario);
}

static struct plumb_step asked(enum plumb_step_kind kind, enum plumb_pose pose, double t_s)
{
    struct plumb_step step;
    plumb_step_usual(&step, kind);
    plumb_patient_asked(&patient, &step, pose, t_s);
    return step;
}

/* How far gravity leaves where it was at from_s, at most, until to_s. */
static double leans_rad(double from_s, double to_s)
{
    double most_rad = 0;
    struct plumb_vec3 was = plumb_patient_clip(&patient, PLUMB_PELVIS, from_s).felt.accel_s_mps2;
    for (double t_s = from_s; t_s < to_s; t_s += 0.05) {
        struct plumb_vec3 is = plumb_patient_clip(&patient, PLUMB_PELVIS, t_s).felt.accel_s_mps2;
        double cosine = plumb_vec3_dot(was, is) / (plumb_vec3_norm(was) * plumb_vec3_norm(is));
        most_rad = fmax(most_rad, acos(fmin(cosine, 1)));
    }
    return most_rad;
}

static void they_take_the_pose_of_each_side(void)
{
    standing_there();
    asked(PLUMB_STEP_STILL, PLUMB_LYING_LEFT, 2);
    CU_ASSERT_EQUAL(plumb_patient_truth(&patient, 2.5).pose, PLUMB_UPRIGHT);
    CU_ASSERT_EQUAL(plumb_patient_truth(&patient, 10).pose, PLUMB_LYING_LEFT);
    for (int i = 0; i < 40; i++) { /* more often than a scenario has room for */
        enum plumb_pose pose = i % 2 ? PLUMB_LYING_LEFT : PLUMB_LYING_RIGHT;
        asked(PLUMB_STEP_STILL, pose, 20 + 10 * i);
        CU_ASSERT_EQUAL_FATAL(plumb_patient_truth(&patient, 28 + 10 * i).pose, pose);
        CU_ASSERT_DOUBLE_EQUAL_FATAL(
            plumb_quat_apply(
                plumb_quat_conj(plumb_patient_truth(&patient, 28 + 10 * i).q_wb), plumb_vec3_of(0, 0, 1))
                .z,
            i % 2 ? 1 : -1, 1e-6); /* the right hip up, or down */
    }
}

static void what_was_not_begun_is_not_done(void)
{
    standing_there();
    asked(PLUMB_STEP_REPS, PLUMB_UPRIGHT, 2);
    CU_ASSERT(leans_rad(2, 9) > 9 * DEG);
    CU_ASSERT(leans_rad(9, 15) > 9 * DEG);
    asked(PLUMB_STEP_MOVE, PLUMB_UPRIGHT, 5); /* within the first: it is brought to its end */
    CU_ASSERT(leans_rad(2, 9) > 9 * DEG);
    CU_ASSERT(leans_rad(9, 60) < 0.1 * DEG);
}

/* What is done while nobody counts is lost: it is done again when it is asked for again. */
static void a_pause_is_one(void)
{
    standing_there();
    asked(PLUMB_STEP_REPS, PLUMB_UPRIGHT, 2);
    plumb_patient_asked(&patient, NULL, PLUMB_UPRIGHT, 5);
    CU_ASSERT(leans_rad(9, 60) < 0.1 * DEG);
    asked(PLUMB_STEP_REPS, PLUMB_UPRIGHT, 60);
    CU_ASSERT(leans_rad(60, 67) > 9 * DEG);
}

static void repetitions_are_as_large_and_as_slow_as_the_exercise_wants(void)
{
    static const enum plumb_pose poses[] = {PLUMB_SUPINE, PLUMB_PRONE, PLUMB_UPRIGHT, PLUMB_LYING_RIGHT};
    for (size_t i = 0; i < sizeof poses / sizeof *poses; i++) {
        standing_there();
        asked(PLUMB_STEP_STILL, poses[i], 0);
        struct plumb_step step = {.kind = PLUMB_STEP_REPS, .count = 2, .rep_rad = 16 * DEG, .lowering_s = 4};
        plumb_patient_asked(&patient, &step, poses[i], 10);
        CU_ASSERT(leans_rad(10, 23) > 16 * DEG);
        CU_ASSERT(leans_rad(14, 17) > 0); /* still lowering */
    }
}

static void forgetting_what_is_over_moves_nothing(void)
{
    standing_there();
    asked(PLUMB_STEP_STILL, PLUMB_PRONE, 1);
    struct plumb_act act = plumb_act_default(PLUMB_ACT_TILT);
    act.at_s = 6;
    act.size_rad = 5 * DEG;
    plumb_patient_act(&patient, act);
    act = plumb_act_default(PLUMB_ACT_LAPSE);
    act.at_s = 19;
    plumb_patient_act(&patient, act);
    struct plumb_patient before = patient;
    plumb_patient_forget(&patient, 20);
    CU_ASSERT_EQUAL(patient.scenario.acts_n, before.scenario.acts_n - 1); /* the pose; the ramp stays */
    for (double t_s = 20; t_s < 30; t_s += 0.1) {
        struct plumb_imu was = plumb_patient_clip(&before, PLUMB_PELVIS, t_s).felt;
        struct plumb_imu is = plumb_patient_clip(&patient, PLUMB_PELVIS, t_s).felt;
        CU_ASSERT(plumb_vec3_norm(plumb_vec3_sub(was.accel_s_mps2, is.accel_s_mps2)) < 1e-9);
        CU_ASSERT(plumb_vec3_norm(plumb_vec3_sub(was.gyro_s_radps, is.gyro_s_radps)) < 1e-12);
    }
}

static void the_truth_knows_zone_and_hold(void)
{
    standing_there();
    for (int i = 0; i < 20; i++) /* more neutrals than there is room for */
        asked(PLUMB_STEP_NEUTRAL, PLUMB_SUPINE, 20 * i);
    asked(PLUMB_STEP_HOLD, PLUMB_SUPINE, 400);
    CU_ASSERT(plumb_patient_truth(&patient, 405).in_zone);
    CU_ASSERT_DOUBLE_EQUAL(plumb_patient_truth(&patient, 405).tilt_rad, 0, 0.1 * DEG);
    asked(PLUMB_STEP_SAY, PLUMB_SUPINE, 430);
    CU_ASSERT(plumb_patient_truth(&patient, 429).in_hold);
    CU_ASSERT(!plumb_patient_truth(&patient, 431).in_hold);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"pose of each side", they_take_the_pose_of_each_side},
        {"not begun, not done", what_was_not_begun_is_not_done},
        {"pause", a_pause_is_one},
        {"repetitions", repetitions_are_as_large_and_as_slow_as_the_exercise_wants},
        {"forgetting", forgetting_what_is_over_moves_nothing},
        {"truth", the_truth_knows_zone_and_hold},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("follow", tests, argc, argv);
}
