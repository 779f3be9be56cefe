/* The live orientation estimator: attitudes, starts, gaps, garbage, honesty, independence of the rate. */
#include <string.h>

#include "host/core/orient.h"
#include "host/core/units.h"
#include "host/patient/rng.h"
#include "orient_rig.h"
#include "suite.h"

static struct plumb_quat any_attitude(struct plumb_rng *rng)
{
    double w = plumb_rng_normal(rng), x = plumb_rng_normal(rng), y = plumb_rng_normal(rng);
    return plumb_quat_unit((struct plumb_quat){w, x, y, plumb_rng_normal(rng)});
}

static void test_every_attitude_is_known_from_the_first_sample(void)
{
    struct plumb_rng rng = plumb_rng_of(1);
    const struct plumb_vec3 none = {0, 0, 0};
    for (int i = 0; i < 500; i++) {
        struct rig rig = rig_of();
        struct plumb_quat q_ws = any_attitude(&rng);
        push(&rig, 0.005, felt(q_ws, none, none), 0);
        CU_ASSERT(tilt_error_rad(&rig, q_ws) < 1e-6);
        for (int k = 0; k < 400; k++)
            push(&rig, 0.005, felt(q_ws, none, none), 0);
        CU_ASSERT(tilt_error_rad(&rig, q_ws) < 1e-6);
        CU_ASSERT(plumb_orient_at_rest(&rig.orient));
    }
}

static void test_upside_down_exactly(void)
{
    struct rig rig = rig_of();
    struct plumb_quat over = {0, 1, 0, 0};
    const struct plumb_vec3 none = {0, 0, 0};
    for (int k = 0; k < 100; k++)
        push(&rig, 0.01, felt(over, none, none), 0);
    CU_ASSERT(tilt_error_rad(&rig, over) < 1e-6);
}

static void test_any_rate_from_20_to_1000_hz(void)
{
    const double rates_hz[] = {20, 50, 100, 200, 333, 1000};
    const struct swing swing = {.size_rad = 0.3, .hz = 0.3, .push_mps2 = 1, .push_hz = 0.8};
    for (int i = 0; i < 6; i++) {
        struct rig rig = rig_of();
        double worst_rad = swing_run(&rig, &swing, 60, rates_hz[i], 5 * PLUMB_RAD_PER_DEG, 20);
        /* half a sample of the fastest turn is the sampling's own error */
        double own_rad = 0.3 * 2 * PLUMB_PI * 0.3 / rates_hz[i] / 2;
        CU_ASSERT(worst_rad < own_rad + 0.8 * PLUMB_RAD_PER_DEG);
    }
}

static void test_a_start_in_motion(void)
{
    const struct swing swing = {.size_rad = 0.5, .hz = 0.5, .push_mps2 = 3, .push_hz = 1.1};
    struct rig rig = rig_of();
    rig.t_s = 0.37; /* in full swing */
    CU_ASSERT(swing_run(&rig, &swing, 10, 200, 0.02, 1.5) < 6 * PLUMB_RAD_PER_DEG);
    CU_ASSERT(swing_run(&rig, &swing, 40, 200, 0.02, 25) < 1 * PLUMB_RAD_PER_DEG);
}

static void test_first_sample_in_free_fall(void)
{
    struct rig rig = rig_of();
    struct plumb_rng rng = plumb_rng_of(3);
    struct plumb_quat q_ws = any_attitude(&rng);
    const struct plumb_vec3 none = {0, 0, 0};
    push(&rig, 0.01, imu_of(none, none), 0);
    CU_ASSERT(plumb_orient_sd_rad(&rig.orient, x_w) > 0.5);
    for (int k = 0; k < 200; k++)
        push(&rig, 0.01, felt(q_ws, none, none), 0);
    CU_ASSERT(tilt_error_rad(&rig, q_ws) < 0.1 * PLUMB_RAD_PER_DEG);
}

static void test_settles_within_a_second_of_stopping(void)
{
    const struct swing swing = {.size_rad = 0.8, .hz = 0.7, .push_mps2 = 4, .push_hz = 0.4};
    struct rig rig = rig_of();
    struct plumb_vec3 rate;
    swing_run(&rig, &swing, 30, 200, 0.03, 30);
    struct plumb_quat q_ws = swing_at(&swing, rig.t_s, &rate);
    const struct plumb_vec3 offset = {0.03, -0.03, 0.03}, none = {0, 0, 0};
    for (int k = 0; k < 200; k++)
        push(&rig, 0.005, felt(q_ws, offset, none), 0);
    CU_ASSERT(tilt_error_rad(&rig, q_ws) < 0.3 * PLUMB_RAD_PER_DEG);
}

/* A creep of 0.2 deg/s about a horizontal axis, then the other way: on a body nothing is at rest. */
static void test_a_creep_is_not_learnt_as_offset(void)
{
    struct rig rig = rig_of();
    struct plumb_rng rng = plumb_rng_of(4);
    double angle_rad = 0, worst_rad = 0;
    const struct plumb_vec3 none = {0, 0, 0};
    for (int k = 0; k < 200 * 120; k++) {
        double rate = (k / 4000 % 2 ? -0.2 : 0.2) * PLUMB_RAD_PER_DEG;
        angle_rad += rate * 0.005;
        struct plumb_quat q_ws = plumb_quat_from_rotvec(plumb_vec3_of(angle_rad, 0, 0));
        struct plumb_imu imu = felt(q_ws, plumb_vec3_of(rate, 0, 0), none);
        imu.gyro_s_radps.x += 1e-3 * plumb_rng_normal(&rng);
        imu.accel_s_mps2.y += 0.03 * plumb_rng_normal(&rng);
        push(&rig, 0.005, imu, 0);
        worst_rad = k > 2000 ? fmax(worst_rad, tilt_error_rad(&rig, q_ws)) : 0;
    }
    CU_ASSERT(worst_rad < 0.1 * PLUMB_RAD_PER_DEG);
    CU_ASSERT(fabs(rig.orient.offset_s_radps.x) < 0.02 * PLUMB_RAD_PER_DEG);
    CU_ASSERT_FALSE(rig.orient.rest.table);
}

static void test_a_table_is_told_and_teaches_the_offset(void)
{
    struct rig rig = rig_of();
    struct plumb_rng rng = plumb_rng_of(5);
    const struct plumb_vec3 none = {0, 0, 0};
    double offset = 3 * PLUMB_RAD_PER_DEG;
    for (int k = 0; k < 200 * 20; k++) {
        struct plumb_imu imu = felt(PLUMB_QUAT_IDENTITY, plumb_vec3_of(offset, offset, offset), none);
        imu.gyro_s_radps.z += 1e-3 * plumb_rng_normal(&rng);
        imu.gyro_s_radps.x += 1e-3 * plumb_rng_normal(&rng);
        imu.accel_s_mps2.y += 0.03 * plumb_rng_normal(&rng);
        push(&rig, 0.005, imu, 0);
    }
    CU_ASSERT(rig.orient.rest.table);
    CU_ASSERT_DOUBLE_EQUAL(rig.orient.offset_s_radps.z, offset, 0.1 * PLUMB_RAD_PER_DEG);
    CU_ASSERT(plumb_orient_sd_rad(&rig.orient, x_w) < 0.3 * PLUMB_RAD_PER_DEG);
}

static void test_a_gap_shows_in_the_uncertainty_and_passes(void)
{
    const struct swing swing = {.size_rad = 0.4, .hz = 0.4, .push_mps2 = 1, .push_hz = 0.9};
    const double gaps_s[] = {0.05, 0.25, 0.7, 1.5, 20};
    for (int i = 0; i < 5; i++) {
        struct rig rig = rig_of();
        swing_run(&rig, &swing, 20, 200, 0, 20);
        double before = plumb_orient_sd_rad(&rig.orient, x_w);
        rig.t_s += gaps_s[i];
        swing_run(&rig, &swing, rig.t_s + 0.08, 200, 0, 1e9);
        CU_ASSERT(plumb_orient_sd_rad(&rig.orient, x_w) > before);
        struct plumb_vec3 rate;
        struct plumb_quat q_ws = swing_at(&swing, rig.t_s, &rate);
        CU_ASSERT(tilt_error_rad(&rig, q_ws) < 3 * plumb_orient_sd_rad(&rig.orient, x_w));
        CU_ASSERT(swing_run(&rig, &swing, rig.t_s + 40, 200, 0, rig.t_s + 20) < 0.6 * PLUMB_RAD_PER_DEG);
    }
}

static void test_clipping_and_vibration_widen_the_uncertainty(void)
{
    const unsigned flags[] = {PLUMB_SAMPLE_CLIPPED, PLUMB_SAMPLE_VIBRATED};
    const struct plumb_vec3 none = {0, 0, 0}, shaken = {6, -4, 3};
    for (int i = 0; i < 2; i++) {
        struct rig rig = rig_of();
        for (int k = 0; k < 1000; k++)
            push(&rig, 0.005, felt(PLUMB_QUAT_IDENTITY, plumb_vec3_of(k % 2 ? 0.1 : -0.1, 0, 0), none), 0);
        double before = plumb_orient_sd_rad(&rig.orient, y_w);
        for (int k = 0; k < 60; k++)
            push(&rig, 0.005, felt(PLUMB_QUAT_IDENTITY, none, shaken), flags[i]);
        CU_ASSERT(plumb_orient_sd_rad(&rig.orient, y_w) > before);
        if (flags[i] == PLUMB_SAMPLE_VIBRATED)
            CU_ASSERT(tilt_error_rad(&rig, PLUMB_QUAT_IDENTITY) < 0.5 * PLUMB_RAD_PER_DEG);
    }
}

/* A gyroscope of 250 deg/s shaken at 400, and nobody says so: wrong, and known to be; right again afterwards.
 */
static void test_clipping_that_nobody_flagged(void)
{
    const struct swing swing = {.size_rad = 0.6, .hz = 1.8};
    struct rig rig = rig_of();
    const double range_radps = 250 * PLUMB_RAD_PER_DEG;
    int beyond_n = 0, n = 0;
    struct plumb_quat q_ws = PLUMB_QUAT_IDENTITY;
    while (rig.t_s < 20) {
        struct plumb_vec3 rate, none = {0, 0, 0};
        q_ws = swing_at(&swing, rig.t_s + 0.005, &rate);
        rate.x = fmax(-range_radps, fmin(range_radps, rate.x));
        push(&rig, 0.005, felt(q_ws, rate, none), 0);
        n++;
        beyond_n += tilt_error_rad(&rig, q_ws) > 2 * plumb_orient_sd_rad(&rig.orient, x_w);
    }
    CU_ASSERT(beyond_n < n / 10);
    const struct plumb_vec3 none = {0, 0, 0};
    for (int k = 0; k < 400; k++)
        push(&rig, 0.005, felt(q_ws, none, none), 0);
    CU_ASSERT(tilt_error_rad(&rig, q_ws) < 0.3 * PLUMB_RAD_PER_DEG);
}

static void test_bad_samples_are_counted_and_bridged(void)
{
    struct rig rig = rig_of();
    const struct plumb_vec3 none = {0, 0, 0};
    struct plumb_imu good = felt(PLUMB_QUAT_IDENTITY, none, none), bad = good;
    for (int k = 0; k < 500; k++)
        push(&rig, 0.01, good, 0);
    struct plumb_orient before = rig.orient;
    bad.gyro_s_radps.y = NAN;
    plumb_orient_push(&rig.orient, &rig.coeff, rig.t_s + 0.01, &bad, 0);
    plumb_orient_push(&rig.orient, &rig.coeff, rig.t_s, &good, 0);
    plumb_orient_push(&rig.orient, &rig.coeff, rig.t_s - 5, &good, 0);
    CU_ASSERT_EQUAL(rig.orient.values_refused_n, before.values_refused_n + 1);
    CU_ASSERT_EQUAL(rig.orient.times_refused_n, before.times_refused_n + 2);
    CU_ASSERT_EQUAL(memcmp(&rig.orient.q_ws, &before.q_ws, sizeof before.q_ws), 0);
    for (int k = 0; k < 40; k++) /* the clock was set back: it goes on there */
        plumb_orient_push(&rig.orient, &rig.coeff, 0.01 * k, &good, 0);
    CU_ASSERT_EQUAL(rig.orient.restarts_n, before.restarts_n + 1);
    CU_ASSERT(tilt_error_rad(&rig, PLUMB_QUAT_IDENTITY) < 1e-6);
}

static void test_a_copy_goes_on_bit_for_bit(void)
{
    const struct swing swing = {.size_rad = 0.4, .hz = 0.4, .push_mps2 = 2, .push_hz = 1.3};
    struct rig a = rig_of();
    swing_run(&a, &swing, 15, 100, 0.01, 0);
    struct rig b = a;
    swing_run(&a, &swing, 30, 100, 0.01, 0);
    swing_run(&b, &swing, 30, 100, 0.01, 0);
    CU_ASSERT_EQUAL(memcmp(&a.orient.q_ws, &b.orient.q_ws, sizeof a.orient.q_ws), 0);
    CU_ASSERT_EQUAL(memcmp(a.orient.covariance, b.orient.covariance, sizeof a.orient.covariance), 0);
}

/* Heading has no reference: its uncertainty only grows. */
static void test_heading_is_never_known(void)
{
    struct rig rig = rig_of();
    const struct plumb_vec3 none = {0, 0, 0}, z_w = {0, 0, 1};
    double before = 0;
    for (int k = 0; k < 2000; k++) {
        push(&rig, 0.01, felt(PLUMB_QUAT_IDENTITY, none, none), 0);
        double now = plumb_orient_sd_rad(&rig.orient, z_w);
        CU_ASSERT(now >= before);
        before = now;
    }
    CU_ASSERT(before > plumb_orient_sd_rad(&rig.orient, x_w));
}

static double nasty(struct plumb_rng *rng)
{
    static const double values[] = {0, -0.0, NAN, INFINITY, -INFINITY, 1e308, -1e308, 1e-308, 9.81, 1e3, 99};
    uint32_t pick = plumb_rng_next(rng) % 40;
    return pick < 11 ? values[pick] : plumb_rng_uniform(rng, -30, 30);
}

static int sound(const struct plumb_orient *orient)
{
    struct plumb_quat q = plumb_orient_q_ws(orient);
    double sd_x = plumb_orient_sd_rad(orient, x_w), sd_y = plumb_orient_sd_rad(orient, y_w);
    return fabs(plumb_quat_norm(q) - 1) < 1e-6 && isfinite(sd_x) && isfinite(sd_y) && sd_x >= 0 && sd_y >= 0;
}

static void test_garbage_never_makes_it_unsound(void)
{
    int all_sound = 1;
    for (uint64_t seed = 0; seed < 60; seed++) {
        struct plumb_rng rng = plumb_rng_of(seed);
        struct rig rig = rig_of();
        for (int k = 0; k < 3000; k++) {
            int wild = seed % 3 == 0 || plumb_rng_next(&rng) % 50 == 0;
            double step_s = wild ? nasty(&rng) * (plumb_rng_next(&rng) % 3 ? 1e-3 : 1) : 0.01;
            struct plumb_vec3 a = {nasty(&rng), nasty(&rng), nasty(&rng)};
            struct plumb_vec3 g = {nasty(&rng), nasty(&rng), nasty(&rng)};
            struct plumb_imu imu = imu_of(a, g);
            double t_s = rig.t_s + step_s;
            plumb_orient_push(&rig.orient, &rig.coeff, t_s, &imu, plumb_rng_next(&rng) % 200 < 8 ? 7 : 0);
            rig.t_s = isfinite(t_s) && fabs(t_s) < 1e6 ? t_s : rig.t_s;
            all_sound &= sound(&rig.orient);
        }
        const struct plumb_vec3 none = {0, 0, 0};
        for (int k = 0; k < 3000; k++) /* and it comes back */
            push(&rig, 0.01, felt(PLUMB_QUAT_IDENTITY, none, none), 0);
        CU_ASSERT(tilt_error_rad(&rig, PLUMB_QUAT_IDENTITY) < 1 * PLUMB_RAD_PER_DEG);
    }
    CU_ASSERT(all_sound);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every attitude from the first sample", test_every_attitude_is_known_from_the_first_sample},
        {"upside down exactly", test_upside_down_exactly},
        {"any rate from 20 to 1000 Hz", test_any_rate_from_20_to_1000_hz},
        {"a start in motion", test_a_start_in_motion},
        {"first sample in free fall", test_first_sample_in_free_fall},
        {"settles within a second", test_settles_within_a_second_of_stopping},
        {"a creep is not learnt", test_a_creep_is_not_learnt_as_offset},
        {"a table teaches the offset", test_a_table_is_told_and_teaches_the_offset},
        {"a gap", test_a_gap_shows_in_the_uncertainty_and_passes},
        {"clipping and vibration", test_clipping_and_vibration_widen_the_uncertainty},
        {"clipping that nobody flagged", test_clipping_that_nobody_flagged},
        {"bad samples", test_bad_samples_are_counted_and_bridged},
        {"a copy goes on bit for bit", test_a_copy_goes_on_bit_for_bit},
        {"heading is never known", test_heading_is_never_known},
        {"garbage", test_garbage_never_makes_it_unsound},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("orient", tests, argc, argv);
}
