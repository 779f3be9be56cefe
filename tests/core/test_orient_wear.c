/* The live estimator and the sensor's own ways: its rate, its warming up, knocks. */
#include "host/patient/rng.h"
#include "orient_rig.h"
#include "suite.h"

/* The readings of a turn about x at 1 rad/s; how far ahead of the last one the orientation is. */
static double lead_of(struct rig *rig, double period_s)
{
    const struct plumb_vec3 none = {0, 0, 0}, turn = {1, 0, 0};
    for (int i = 0; i < 100; i++) {
        struct plumb_quat q_ws = plumb_quat_from_rotvec(plumb_vec3_of(rig->t_s + period_s, 0, 0));
        push(rig, period_s, felt(q_ws, turn, none), 0);
    }
    return 2 * asin(plumb_quat_mul(plumb_quat_conj(rig->orient.q_ws), plumb_orient_q_ws(&rig->orient)).x);
}

/* A reading is the mean of the period that it ends, as far as nobody knows better; and a rate may change. */
static void test_half_a_sample_ahead(void)
{
    struct rig rig = rig_of();
    const struct plumb_vec3 none = {0, 0, 0}, turn = {1, 0, 0};
    CU_ASSERT_DOUBLE_EQUAL(lead_of(&rig, 0.002), 0.001, 2e-6);
    push(&rig, 0.5, felt(PLUMB_QUAT_IDENTITY, turn, none), 0);
    CU_ASSERT(rig.orient.lead_s < 0.00106); /* a gap is no period */
    CU_ASSERT_DOUBLE_EQUAL(lead_of(&rig, 0.0035), 0.00175, 1e-5);
    CU_ASSERT_DOUBLE_EQUAL(lead_of(&rig, 0.01), 0.005, 1e-4);
    CU_ASSERT_DOUBLE_EQUAL(lead_of(&rig, 0.05), 0.005, 1e-4); /* no more than that */
}

/* An hour on a table while the sensor warms up by 0.05 deg/s a minute, then slow tilts: what was learnt in
 * the hour must neither be wrong nor stand in the way. */
static void test_a_sensor_that_warms_up(void)
{
    struct rig rig = rig_of();
    const struct plumb_vec3 none = {0, 0, 0};
    const struct swing swing = {.size_rad = 0.2, .hz = 0.1};
    double offset = PLUMB_RAD_PER_DEG, warming = 0.05 / 60 * PLUMB_RAD_PER_DEG;
    for (int i = 0; i < 3600 * 50; i++) {
        offset += warming * 0.02;
        push(&rig, 0.02, felt(PLUMB_QUAT_IDENTITY, plumb_vec3_of(offset, -offset, offset), none), 0);
    }
    CU_ASSERT_DOUBLE_EQUAL(rig.orient.offset_s_radps.x, offset, 0.25 * PLUMB_RAD_PER_DEG);
    CU_ASSERT(swing_run(&rig, &swing, rig.t_s + 60, 50, offset, 0) < 0.5 * PLUMB_RAD_PER_DEG);
}

/* The worst offset that the data sheet of an MPU-6050 allows, uncalibrated: on a table and on a body. */
static void test_the_largest_offset_of_a_data_sheet(void)
{
    const double offset = 20 * PLUMB_RAD_PER_DEG;
    for (int body = 0; body < 2; body++) {
        struct rig rig = rig_of();
        struct swing breath = {.size_rad = body ? 0.5 * PLUMB_RAD_PER_DEG : 0, .hz = 0.3};
        struct swing tilts = {.size_rad = 0.2, .hz = 0.15};
        CU_ASSERT(swing_run(&rig, &breath, 10, 100, offset, 2) < 0.5 * PLUMB_RAD_PER_DEG);
        CU_ASSERT(swing_run(&rig, &tilts, 60, 100, offset, 11) < 1.2 * PLUMB_RAD_PER_DEG);
    }
}

/* Silent below 2 deg/s, or dead: the accelerometer is believed the more, and the uncertainty says so. */
static void test_a_gyroscope_that_says_nothing(void)
{
    const double rate_hz = 100, size_rad = 3 * PLUMB_RAD_PER_DEG;
    struct rig rig = rig_of();
    double within = 0, worst_rad = 0;
    for (int i = 0; i < 6000; i++) {
        double tilt_rad = size_rad * sin(2 * PLUMB_PI * 0.1 * rig.t_s); /* 1.9 deg/s at most */
        struct plumb_quat q_ws = plumb_quat_from_rotvec(plumb_vec3_of(tilt_rad, 0, 0));
        push(&rig, 1 / rate_hz, felt(q_ws, plumb_vec3_of(0, 0, 0), plumb_vec3_of(0, 0, 0)), 0);
        within += tilt_error_rad(&rig, q_ws) < 2 * plumb_orient_sd_rad(&rig.orient, x_w);
        worst_rad = i < 500 ? 0 : fmax(worst_rad, tilt_error_rad(&rig, q_ws));
    }
    CU_ASSERT(within > 0.9 * 6000);
    CU_ASSERT(worst_rad < 1 * PLUMB_RAD_PER_DEG);
}

/* Knocks between and on the readings: the uncertainty knows of them. */
static void test_taps_show_in_the_uncertainty(void)
{
    struct rig rig = rig_of(), calm = rig_of();
    struct plumb_rng rng = plumb_rng_of(3);
    const struct plumb_vec3 none = {0, 0, 0};
    double within = 0, samples_n = 0;
    for (int i = 0; i < 6000; i++) {
        struct plumb_vec3 tap =
            plumb_vec3_of(0, i % 37 ? plumb_rng_normal(&rng) : plumb_rng_uniform(&rng, -30, 30), 0);
        push(&rig, 0.01, felt(PLUMB_QUAT_IDENTITY, none, tap), 0);
        push(&calm, 0.01, felt(PLUMB_QUAT_IDENTITY, none, none), 0);
        if (i < 500)
            continue;
        within += tilt_error_rad(&rig, PLUMB_QUAT_IDENTITY) < 2 * plumb_orient_sd_rad(&rig.orient, x_w);
        samples_n++;
    }
    CU_ASSERT(within > 0.9 * samples_n);
    CU_ASSERT(plumb_orient_sd_rad(&rig.orient, x_w) > 1.5 * plumb_orient_sd_rad(&calm.orient, x_w));
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"half a sample ahead", test_half_a_sample_ahead},
        {"a sensor that warms up", test_a_sensor_that_warms_up},
        {"the largest offset", test_the_largest_offset_of_a_data_sheet},
        {"a silent gyroscope", test_a_gyroscope_that_says_nothing},
        {"taps show in the uncertainty", test_taps_show_in_the_uncertainty},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("orient_wear", tests, argc, argv);
}
