/* Breathing and tremor told apart from slow tilt and from each other. */
#include <math.h>

#include "host/core/rhythm.h"
#include "host/core/units.h"
#include "suite.h"

#define N 2000

/* A slow drift, breathing of 1.6 deg peak to peak at 15 a minute, a tremor of 0.2 deg rms at `tremor_hz`. */
static double tilt_rad(double t_s, double tremor_hz)
{
    double breath = 0.8 * sin(2 * PLUMB_PI * 0.25 * t_s), drift = 0.05 * t_s;
    double tremor = 0.2 * sqrt(2) * sin(2 * PLUMB_PI * tremor_hz * t_s);
    return (breath + drift + tremor) * PLUMB_RAD_PER_DEG;
}

static void test_each_is_found_in_its_band(void)
{
    static const double rates_hz[] = {50, 100, 200};
    for (int k = 0; k < 3; k++) {
        double window[4000];
        size_t n = (size_t)(20 * rates_hz[k]);
        struct plumb_rhythm_found found;
        for (size_t i = 0; i < n; i++)
            window[i] = tilt_rad((double)i / rates_hz[k], 8);
        CU_ASSERT_EQUAL(plumb_rhythm_find(&found, window, n, rates_hz[k]), 0);
        CU_ASSERT_DOUBLE_EQUAL(found.breath.per_min, 15, 1);
        CU_ASSERT_DOUBLE_EQUAL(found.breath.pp_rad, 1.6 * PLUMB_RAD_PER_DEG, 0.2 * PLUMB_RAD_PER_DEG);
        CU_ASSERT_DOUBLE_EQUAL(found.tremor_rms_rad, 0.2 * PLUMB_RAD_PER_DEG, 0.02 * PLUMB_RAD_PER_DEG);
        CU_ASSERT_DOUBLE_EQUAL(found.tremor_peak_hz, 8, rates_hz[k] / 128);
    }
}

/* The band is as sharp at 1000 Hz as at 50, down to its lower end. */
static void test_the_band_is_the_same_at_any_rate(void)
{
    static const double rates_hz[] = {50, 286, 500, 1000}, tremors_hz[] = {4.5, 6.3, 11.3};
    static double window[20000];
    for (int k = 0; k < 12; k++) {
        double rate_hz = rates_hz[k % 4], tremor_hz = tremors_hz[k / 4];
        size_t n = (size_t)(20 * rate_hz);
        struct plumb_rhythm_found found;
        for (size_t i = 0; i < n; i++)
            window[i] = tilt_rad((double)i / rate_hz, tremor_hz);
        CU_ASSERT_EQUAL(plumb_rhythm_find(&found, window, n, rate_hz), 0);
        CU_ASSERT_DOUBLE_EQUAL(found.tremor_rms_rad, 0.2 * PLUMB_RAD_PER_DEG, 0.005 * PLUMB_RAD_PER_DEG);
        CU_ASSERT_DOUBLE_EQUAL(found.tremor_peak_hz, tremor_hz, 0.11);
    }
}

static void test_what_is_outside_the_band_is_no_tremor(void)
{
    double window[N];
    struct plumb_rhythm_found found;
    for (int i = 0; i < N; i++)
        window[i] = tilt_rad((double)i / 100, 20);
    plumb_rhythm_find(&found, window, N, 100);
    CU_ASSERT(found.tremor_rms_rad < 0.02 * PLUMB_RAD_PER_DEG);
}

static void test_the_running_window_says_the_same_at_any_rate(void)
{
    static const double rates_hz[] = {100, 200, 285.714, 500};
    for (int k = 0; k < 4; k++) {
        struct plumb_rhythm rhythm = {.pushed_n = 0};
        struct plumb_rhythm_found found;
        for (int i = 0; i < 30 * rates_hz[k]; i++)
            plumb_rhythm_push(&rhythm, 100 + i / rates_hz[k], tilt_rad(i / rates_hz[k], 6));
        CU_ASSERT_EQUAL(plumb_rhythm_look(&rhythm, &found), 0);
        CU_ASSERT_DOUBLE_EQUAL(found.breath.per_min, 15, 1);
        CU_ASSERT_DOUBLE_EQUAL(found.tremor_rms_rad, 0.2 * PLUMB_RAD_PER_DEG, 0.03 * PLUMB_RAD_PER_DEG);
    }
}

static void test_a_gap_begins_the_window_anew(void)
{
    struct plumb_rhythm rhythm = {.pushed_n = 0};
    struct plumb_rhythm_found found;
    for (int i = 0; i < 2000; i++)
        plumb_rhythm_push(&rhythm, i * 0.01, tilt_rad(i * 0.01, 6));
    CU_ASSERT_EQUAL(plumb_rhythm_look(&rhythm, &found), 0);
    plumb_rhythm_push(&rhythm, 21, 0);
    CU_ASSERT_EQUAL(plumb_rhythm_look(&rhythm, &found), -1);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"bands", test_each_is_found_in_its_band},
        {"any rate", test_the_band_is_the_same_at_any_rate},
        {"outside", test_what_is_outside_the_band_is_no_tremor},
        {"running", test_the_running_window_says_the_same_at_any_rate},
        {"gap", test_a_gap_begins_the_window_anew},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("rhythm", tests, argc, argv);
}
