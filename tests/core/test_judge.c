/* Judge and hold timer together: what is flagged in which pose, what counts. */
#include <math.h>

#include "host/core/hold.h"
#include "host/core/judge.h"
#include "host/core/units.h"
#include "suite.h"

#define RATE_HZ 100
#define ALL     0xFFFFFFFFu

static struct plumb_judge_params params_for(enum plumb_pose pose, int lumbar_sensor)
{
    struct plumb_judge_params params = {.pose = pose, .judged = ALL, .lumbar_sensor = lumbar_sensor};
    plumb_thresholds_default(&params.thresholds);
    return params;
}

/* Ten seconds of these angles (deg); returns the bits of the flags raised and what they were. */
static unsigned
run(const struct plumb_judge_params *params, double tilt, double rotation, double obliquity, double lumbar,
    struct plumb_flag *last)
{
    struct plumb_judge judge = {0};
    unsigned raised = 0;
    struct plumb_angles angles = PLUMB_ANGLES_NONE;
    angles.tilt_rad = tilt * PLUMB_RAD_PER_DEG;
    angles.rotation_rad = rotation * PLUMB_RAD_PER_DEG;
    angles.obliquity_rad = obliquity * PLUMB_RAD_PER_DEG;
    angles.lumbar_rad = lumbar * PLUMB_RAD_PER_DEG;
    for (int i = 0; i < 10 * RATE_HZ; i++) {
        struct plumb_judge_change change;
        plumb_judge_push(&judge, params, 1 + (double)i / RATE_HZ, &angles, &change);
        for (int k = 0; k < change.n; k++)
            raised |= 1u << change.flags[k].kind, *last = change.flags[k];
    }
    return raised;
}

static void test_supine_tipping_forward_means_arching_too_inferred(void)
{
    struct plumb_judge_params params = params_for(PLUMB_SUPINE, 0);
    struct plumb_flag last;
    CU_ASSERT_EQUAL(
        run(&params, 6, 0, NAN, NAN, &last), 1u << PLUMB_ANTERIOR_ROTATION | 1u << PLUMB_LUMBAR_ARCH);
    CU_ASSERT_EQUAL(last.kind, PLUMB_LUMBAR_ARCH);
    CU_ASSERT_EQUAL(last.basis, PLUMB_INFERRED);
}

static void test_upright_with_one_sensor_arching_is_never_claimed(void)
{
    struct plumb_judge_params params = params_for(PLUMB_UPRIGHT, 0);
    struct plumb_flag last;
    CU_ASSERT_EQUAL(run(&params, 6, NAN, 0, NAN, &last), 1u << PLUMB_ANTERIOR_ROTATION);
}

static void test_upright_with_two_sensors_arching_is_measured(void)
{
    struct plumb_judge_params params = params_for(PLUMB_UPRIGHT, 1);
    struct plumb_flag last;
    CU_ASSERT_EQUAL(run(&params, 0, NAN, 0, 6, &last), 1u << PLUMB_LUMBAR_ARCH);
    CU_ASSERT_EQUAL(last.basis, PLUMB_MEASURED);
}

static void test_turning_either_way_is_flagged(void)
{
    struct plumb_judge_params params = params_for(PLUMB_SUPINE, 0);
    struct plumb_flag last;
    CU_ASSERT_EQUAL(run(&params, 0, 9, NAN, NAN, &last), 1u << PLUMB_PELVIC_ROTATION);
    CU_ASSERT_EQUAL(run(&params, 0, -9, NAN, NAN, &last), 1u << PLUMB_PELVIC_ROTATION);
    CU_ASSERT_EQUAL(run(&params, 0, 7, NAN, NAN, &last), 0);
}

static void test_tipping_back_is_advice_and_does_not_pause(void)
{
    struct plumb_judge_params params = params_for(PLUMB_SUPINE, 0);
    struct plumb_flag last;
    CU_ASSERT_EQUAL(run(&params, -9, 0, NAN, NAN, &last), 1u << PLUMB_POSTERIOR_TILT);
    CU_ASSERT_FALSE(plumb_flag_pauses(PLUMB_POSTERIOR_TILT));
}

static void test_what_the_exercise_does_not_judge_is_not_flagged(void)
{
    struct plumb_judge_params params = params_for(PLUMB_SUPINE, 0);
    struct plumb_flag last;
    params.judged = 1u << PLUMB_PELVIC_ROTATION;
    CU_ASSERT_EQUAL(run(&params, 20, 0, NAN, NAN, &last), 0);
}

static void test_zones(void)
{
    struct plumb_judge_params params = params_for(PLUMB_SUPINE, 0);
    struct plumb_judge judge = {0};
    struct plumb_angles angles = PLUMB_ANGLES_NONE;
    angles.tilt_rad = 2.9 * PLUMB_RAD_PER_DEG;
    CU_ASSERT_EQUAL(plumb_judge_zone(&judge, &params, &angles), PLUMB_GREEN);
    angles.tilt_rad = 3.1 * PLUMB_RAD_PER_DEG;
    CU_ASSERT_EQUAL(plumb_judge_zone(&judge, &params, &angles), PLUMB_AMBER);
    angles.tilt_rad = 0;
    angles.rotation_rad = -5.1 * PLUMB_RAD_PER_DEG;
    CU_ASSERT_EQUAL(plumb_judge_zone(&judge, &params, &angles), PLUMB_AMBER);
    judge.limit[PLUMB_ANTERIOR_ROTATION].phase = PLUMB_LIMIT_RAISED;
    CU_ASSERT_EQUAL(plumb_judge_zone(&judge, &params, &angles), PLUMB_RED);
}

static void test_breathing_widens_green_up_to_red(void)
{
    struct plumb_thresholds thresholds;
    plumb_thresholds_default(&thresholds);
    plumb_thresholds_widen(&thresholds, 1 * PLUMB_RAD_PER_DEG);
    CU_ASSERT_DOUBLE_EQUAL(thresholds.amber_rad, 3 * PLUMB_RAD_PER_DEG, 1e-12);
    plumb_thresholds_widen(&thresholds, 3 * PLUMB_RAD_PER_DEG);
    CU_ASSERT_DOUBLE_EQUAL(thresholds.amber_rad, 4 * PLUMB_RAD_PER_DEG, 1e-12);
    plumb_thresholds_widen(&thresholds, 9 * PLUMB_RAD_PER_DEG);
    CU_ASSERT_DOUBLE_EQUAL(thresholds.amber_rad, thresholds.red_rad, 1e-12);
}

static void test_timer_pauses_and_never_resets(void)
{
    struct plumb_hold hold;
    plumb_hold_begin(&hold, 10);
    for (int i = 1; i <= 30 * RATE_HZ; i++) {
        double t_s = 10 + (double)i / RATE_HZ;
        int flagged = t_s >= 20 && t_s < 25;
        plumb_hold_push(&hold, t_s, flagged ? 0.1 : 0.01, flagged);
    }
    CU_ASSERT_DOUBLE_EQUAL(hold.in_zone_s, 25, 0.011);
    CU_ASSERT_DOUBLE_EQUAL(plumb_hold_elapsed_s(&hold), 30, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(hold.longest_s, 15, 0.011);
    CU_ASSERT_EQUAL(hold.excursions, 1);
    CU_ASSERT_DOUBLE_EQUAL(hold.worst_rad, 0.1, 1e-12);
}

static void test_a_gap_and_unknown_angles_do_not_count(void)
{
    struct plumb_hold hold;
    plumb_hold_begin(&hold, 0);
    for (int i = 1; i <= 10 * RATE_HZ; i++) {
        double t_s = (double)i / RATE_HZ;
        if (t_s > 3 && t_s < 5)
            continue;
        plumb_hold_push(&hold, t_s, t_s > 7 && t_s <= 8 ? NAN : 0, 0);
    }
    CU_ASSERT_DOUBLE_EQUAL(hold.in_zone_s, 7, 0.03);
    CU_ASSERT_EQUAL(hold.excursions, 0);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"supine: arching inferred", test_supine_tipping_forward_means_arching_too_inferred},
        {"upright, one sensor", test_upright_with_one_sensor_arching_is_never_claimed},
        {"upright, two sensors", test_upright_with_two_sensors_arching_is_measured},
        {"turning", test_turning_either_way_is_flagged},
        {"posterior is advice", test_tipping_back_is_advice_and_does_not_pause},
        {"not judged", test_what_the_exercise_does_not_judge_is_not_flagged},
        {"zones", test_zones},
        {"breathing widens", test_breathing_widens_green_up_to_red},
        {"timer pauses", test_timer_pauses_and_never_resets},
        {"gaps", test_a_gap_and_unknown_angles_do_not_count},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("judge", tests, argc, argv);
}
