/* One limit: the cases of its drawing, one by one, at 200 Hz. */
#include <math.h>

#include "host/core/flag.h"
#include "host/core/limit.h"
#include "host/core/units.h"
#include "suite.h"

#define RATE_HZ 200

static const struct plumb_limit_params params = {5 * PLUMB_RAD_PER_DEG, 0.7, 3.5 * PLUMB_RAD_PER_DEG, 0.5,
                                                 8 * PLUMB_RAD_PER_DEG, 0};

struct outcome {
    int begun_n, ended_n;
    double onset_s, start_s, end_s, peak_deg;
};

/* Runs value(t) from 1 s to 11 s. */
static struct outcome run(double (*value_deg)(double t_s))
{
    struct plumb_limit limit = {0};
    struct outcome outcome = {0};
    for (int i = 0; i <= 10 * RATE_HZ; i++) {
        double t_s = 1 + (double)i / RATE_HZ;
        enum plumb_limit_change change =
            plumb_limit_push(&limit, &params, t_s, value_deg(t_s) * PLUMB_RAD_PER_DEG);
        outcome.begun_n += change == PLUMB_LIMIT_BEGAN;
        outcome.ended_n += change == PLUMB_LIMIT_ENDED;
        if (change == PLUMB_LIMIT_BEGAN)
            outcome.onset_s = limit.onset_s, outcome.start_s = limit.start_s;
        if (change == PLUMB_LIMIT_ENDED)
            outcome.end_s = t_s, outcome.peak_deg = limit.peak_rad * PLUMB_DEG_PER_RAD;
    }
    return outcome;
}

static double step_of(double t_s, double from_s, double to_s, double deg)
{
    return t_s >= from_s && t_s < to_s ? deg : 0;
}

static double short_one(double t_s)
{
    return step_of(t_s, 3, 3.65, 6);
}

static double long_one(double t_s)
{
    return step_of(t_s, 3, 5, 6);
}

static double far_one(double t_s)
{
    return step_of(t_s, 3, 3.1, 9);
}

static double hovering(double t_s)
{
    return t_s < 3 ? 0 : t_s < 5 ? 6 : t_s < 8 ? 4.2 : 0;
}

static double dipping(double t_s)
{
    return t_s < 3 ? 0 : t_s < 5 ? 6 : t_s < 5.4 ? 2 : t_s < 7 ? 6 : 0;
}

static double rising(double t_s)
{
    return 2 * (t_s - 1) < 7.5 ? 2 * (t_s - 1) : 7.5;
}

static double with_holes(double t_s)
{
    return (int)(t_s * RATE_HZ) % 3 == 0 ? NAN : long_one(t_s);
}

static void test_short_excursion_raises_nothing(void)
{
    CU_ASSERT_EQUAL(run(short_one).begun_n, 0);
}

static void test_long_excursion_is_raised_after_the_delay_and_ended_after_the_dwell(void)
{
    struct outcome outcome = run(long_one);
    CU_ASSERT_EQUAL(outcome.begun_n, 1);
    CU_ASSERT_EQUAL(outcome.ended_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(outcome.onset_s, 3, 0.006);
    CU_ASSERT_DOUBLE_EQUAL(outcome.start_s, 3.7, 0.011);
    CU_ASSERT_DOUBLE_EQUAL(outcome.end_s, 5.5, 0.011);
    CU_ASSERT_DOUBLE_EQUAL(outcome.peak_deg, 6, 1e-9);
}

static void test_far_excursion_is_raised_at_once(void)
{
    struct outcome outcome = run(far_one);
    CU_ASSERT_EQUAL(outcome.begun_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(outcome.start_s, 3, 0.006);
}

static void test_between_release_and_enter_the_flag_stands(void)
{
    struct outcome outcome = run(hovering);
    CU_ASSERT_EQUAL(outcome.begun_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(outcome.end_s, 8.5, 0.011);
}

static void test_a_short_dip_does_not_end_it(void)
{
    struct outcome outcome = run(dipping);
    CU_ASSERT_EQUAL(outcome.begun_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(outcome.end_s, 7.5, 0.011);
}

static void test_onset_lies_between_samples(void)
{
    CU_ASSERT_DOUBLE_EQUAL(run(rising).onset_s, 3.5, 1e-9);
}

static void test_unknown_values_change_nothing(void)
{
    struct outcome outcome = run(with_holes);
    CU_ASSERT_EQUAL(outcome.begun_n, 1);
    CU_ASSERT_EQUAL(outcome.ended_n, 1);
}

static int is_in_order(const struct plumb_thresholds *t)
{
    return t->amber_rad <= t->red_rad && t->release_rad <= t->red_rad && t->red_rad <= t->immediate_rad &&
           t->turn_amber_rad <= t->turn_red_rad;
}

/* Whatever one is set to, it stays so and the others give way. */
static void test_limits_give_way_to_the_one_that_was_set(void)
{
    for (int which = 0; which < 6; which++)
        for (double deg = 2; deg <= 60; deg += 0.5) {
            struct plumb_thresholds t;
            plumb_thresholds_default(&t);
            double *const all[] = {&t.amber_rad,     &t.red_rad,        &t.release_rad,
                                   &t.immediate_rad, &t.turn_amber_rad, &t.turn_red_rad};
            double before_rad = *all[which];
            *all[which] = deg * PLUMB_RAD_PER_DEG;
            plumb_thresholds_make_room(&t, *all[which] > before_rad);
            CU_ASSERT(is_in_order(&t));
            CU_ASSERT_DOUBLE_EQUAL(*all[which], deg * PLUMB_RAD_PER_DEG, 1e-12);
        }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"short excursion raises nothing", test_short_excursion_raises_nothing},
        {"long excursion", test_long_excursion_is_raised_after_the_delay_and_ended_after_the_dwell},
        {"far excursion", test_far_excursion_is_raised_at_once},
        {"between release and enter", test_between_release_and_enter_the_flag_stands},
        {"short dip", test_a_short_dip_does_not_end_it},
        {"onset between samples", test_onset_lies_between_samples},
        {"limits give way", test_limits_give_way_to_the_one_that_was_set},
        {"unknown values", test_unknown_values_change_nothing},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("limit", tests, argc, argv);
}
