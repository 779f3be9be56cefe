/* The device's clock against a host whose link stalls. */
#include <math.h>
#include <stdlib.h>

#include "host/core/clockmap.h"
#include "host/core/lowpass.h"
#include "suite.h"

#define STEP_US 5000

/* Deterministic lateness: mostly 1 ms, now and then a stall of up to 200 ms. */
static int64_t late_us(unsigned *seed)
{
    *seed = *seed * 1103515245u + 12345u;
    unsigned draw = *seed >> 16;
    return draw % 50 == 0 ? 1000 + draw % 200000 : 1000 + draw % 4000;
}

static void test_the_map_follows_the_lower_envelope_through_stalls_and_drift(void)
{
    struct plumb_clockmap map = {0};
    unsigned seed = 1;
    double drift = 0.003, worst_us = 0;
    for (int64_t i = 1; i < 60 * 200; i++) {
        int64_t dev_us = i * STEP_US, true_us = 7000000 + (int64_t)((double)dev_us * (1 + drift));
        plumb_clockmap_push(&map, 0, dev_us, true_us + late_us(&seed));
        if (i > 20 * 200) {
            double error_us = (double)(plumb_clockmap_host_us(&map, (double)dev_us / 1e6) - true_us);
            worst_us = fabs(error_us) > worst_us ? fabs(error_us) : worst_us;
        }
    }
    CU_ASSERT(worst_us < 2000); /* the least lateness is 1 ms: what no envelope can see */
}

static void test_a_reset_goes_on_by_what_the_host_saw_pass(void)
{
    struct plumb_clockmap map = {0};
    plumb_clockmap_push(&map, 0, 1000000, 5000000);
    CU_ASSERT_EQUAL(plumb_clockmap_push(&map, 0, 1005000, 5005000), PLUMB_CLOCK_NEXT);
    CU_ASSERT_EQUAL(plumb_clockmap_push(&map, 1, 200, 8005000), PLUMB_CLOCK_RESET);
    CU_ASSERT_DOUBLE_EQUAL(plumb_clockmap_t_s(&map), 4.005, 1e-9);
    CU_ASSERT_EQUAL(plumb_clockmap_push(&map, 1, 5200, 8010000), PLUMB_CLOCK_NEXT);
    CU_ASSERT_DOUBLE_EQUAL(plumb_clockmap_t_s(&map), 4.010, 1e-9);
    CU_ASSERT_EQUAL(map.segments_n, 2);
}

static void test_time_that_does_not_rise_is_refused(void)
{
    struct plumb_clockmap map = {0};
    plumb_clockmap_push(&map, 0, 1000000, 5000000);
    CU_ASSERT_EQUAL(plumb_clockmap_push(&map, 0, 1000000, 5001000), PLUMB_CLOCK_BACKWARD);
    CU_ASSERT_EQUAL(plumb_clockmap_push(&map, 0, 900000, 5002000), PLUMB_CLOCK_BACKWARD);
    CU_ASSERT_DOUBLE_EQUAL(plumb_clockmap_t_s(&map), 1, 1e-12);
}

/* ---- the decision filter lives by the same irregular clock */

static double gain_at(double hz, double cut_hz)
{
    struct plumb_lowpass filter = {0};
    double most = 0;
    for (int i = 0; i < 4000; i++) {
        double t_s = (double)i / 200,
               y = plumb_lowpass_push(&filter, cut_hz, t_s, sin(2 * 3.141592653589793 * hz * t_s));
        most = t_s > 10 && fabs(y) > most ? fabs(y) : most;
    }
    return most;
}

static void test_the_filter_passes_breathing_and_stops_tremor(void)
{
    CU_ASSERT(gain_at(0.3, 2) > 0.98);
    CU_ASSERT_DOUBLE_EQUAL(gain_at(2, 2), sqrt(0.5), 0.03);
    CU_ASSERT(gain_at(8, 2) < 0.08);
}

static void test_the_filter_is_the_same_for_irregular_steps(void)
{
    struct plumb_lowpass even = {0}, uneven = {0};
    unsigned seed = 7;
    double a = 0, b = 0;
    plumb_lowpass_push(&even, 2, 0, 0);
    plumb_lowpass_push(&uneven, 2, 0, 0);
    for (int i = 1; i <= 1000; i++)
        a = plumb_lowpass_push(&even, 2, i * 0.0005, 1);
    for (double t_s = 0.0005; t_s < 0.5; t_s += 0.001 + 0.02 * (double)(late_us(&seed) % 100) / 100)
        b = plumb_lowpass_push(&uneven, 2, t_s, 1);
    b = plumb_lowpass_push(&uneven, 2, 0.5, 1);
    CU_ASSERT_DOUBLE_EQUAL(a, b, 1e-9);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"lower envelope", test_the_map_follows_the_lower_envelope_through_stalls_and_drift},
        {"reset", test_a_reset_goes_on_by_what_the_host_saw_pass},
        {"time must rise", test_time_that_does_not_rise_is_refused},
        {"filter's gains", test_the_filter_passes_breathing_and_stops_tremor},
        {"filter's steps", test_the_filter_is_the_same_for_irregular_steps},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("clockmap", tests, argc, argv);
}
