/* Recordings by formula, analysed: what is flagged, what counts, and what is said where nothing can be known.
 */
#include <math.h>
#include <stdio.h>

#include "host/core/units.h"
#include "host/session/analysis.h"
#include "lying.h"
#include "suite.h"

#define RATE_HZ 100

static double pulse_deg(double t_s, double at_s, double size_deg)
{
    double s = fabs(t_s - at_s);
    return s > 3 ? 0 : s < 2 ? size_deg : size_deg * 0.5 * (1 + cos((s - 2) * PLUMB_PI));
}

static double quiet(double t_s)
{
    return 0.4 * sin(1.5 * t_s);
}

static double one_lapse(double t_s)
{
    return quiet(t_s) + pulse_deg(t_s, 30, 8);
}

static double backward(double t_s)
{
    return quiet(t_s) - pulse_deg(t_s, 30, 11);
}

static int away(double t_s)
{
    return t_s > 20 && t_s < 23;
}

static struct plumb_analysis analyze_with(const struct lying *lying, int causal)
{
    static struct plumb_exercise exercise;
    struct plumb_analysis_params params;
    struct plumb_analysis analysis;
    lying_exercise(&exercise);
    plumb_analysis_params_default(&params);
    params.exercise = &exercise;
    params.causal = causal;
    CU_ASSERT_EQUAL(plumb_analyze(&analysis, &params, &lying->track, lying->marks, lying->marks_n), 0);
    return analysis;
}

static struct plumb_analysis analyze(const struct lying *lying)
{
    return analyze_with(lying, 0);
}

static const struct plumb_flag *find(const struct plumb_analysis *analysis, enum plumb_flag_kind kind)
{
    for (size_t i = 0; i < analysis->flags_n; i++)
        if (analysis->flags[i].kind == kind)
            return &analysis->flags[i];
    return NULL;
}

static void mark_neutral_and_hold(struct lying *lying)
{
    lying_mark(lying, PLUMB_NEUTRAL_BEGIN, 2);
    lying_mark(lying, PLUMB_NEUTRAL_END, 10);
    lying_mark(lying, PLUMB_HOLD_BEGIN, 12);
    lying_mark(lying, PLUMB_HOLD_END, 50);
}

static void test_a_lapse_is_flagged_with_its_times_and_its_peak(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, one_lapse, NULL);
    mark_neutral_and_hold(&lying);
    struct plumb_analysis analysis = analyze(&lying);
    const struct plumb_flag *flag = find(&analysis, PLUMB_ANTERIOR_ROTATION);
    CU_ASSERT_PTR_NOT_NULL_FATAL(flag);
    CU_ASSERT_EQUAL(analysis.flags_n, 2); /* and the arch that is inferred from it */
    CU_ASSERT_EQUAL(find(&analysis, PLUMB_LUMBAR_ARCH)->basis, PLUMB_INFERRED);
    CU_ASSERT_DOUBLE_EQUAL(flag->onset_s, 27.58, 0.15); /* 5 deg of a rise by half a cosine from 27 to 28 s */
    CU_ASSERT_DOUBLE_EQUAL(flag->start_s, flag->onset_s + 0.7, 0.25);
    CU_ASSERT_DOUBLE_EQUAL(flag->end_s, 32.6 + 0.5, 0.2);
    CU_ASSERT_DOUBLE_EQUAL(flag->peak_rad * PLUMB_DEG_PER_RAD, 8.4, 0.4);
    CU_ASSERT_EQUAL(analysis.holds_n, 1);
    const struct plumb_hold *hold = &analysis.holds[0].hold;
    CU_ASSERT_DOUBLE_EQUAL(plumb_hold_elapsed_s(hold), 38, 0.03);
    CU_ASSERT_DOUBLE_EQUAL(hold->in_zone_s, 38 - (flag->end_s - flag->start_s), 0.05);
    CU_ASSERT_EQUAL(hold->excursions, 1);
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

/* 8 deg within a fifth of a second: the live estimator doubts itself, the judge must not look away. */
static double jerk(double t_s)
{
    double s = (t_s - 30) / 0.2;
    return quiet(t_s) + (s < 0 || t_s > 33 ? 0 : s > 1 ? 8 : 4 * (1 - cos(PLUMB_PI * s)));
}

static void test_a_quick_lapse_is_judged_whatever_the_doubt(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, jerk, NULL);
    mark_neutral_and_hold(&lying);
    for (int causal = 0; causal < 2; causal++) {
        struct plumb_analysis analysis = analyze_with(&lying, causal);
        CU_ASSERT_PTR_NOT_NULL(find(&analysis, PLUMB_ANTERIOR_ROTATION));
        plumb_analysis_free(&analysis);
    }
    lying_free(&lying);
}

static void test_nothing_is_flagged_outside_a_marked_hold(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, one_lapse, NULL);
    lying_mark(&lying, PLUMB_NEUTRAL_BEGIN, 2);
    lying_mark(&lying, PLUMB_NEUTRAL_END, 10);
    lying_mark(&lying, PLUMB_HOLD_BEGIN, 40);
    lying_mark(&lying, PLUMB_HOLD_END, 50);
    struct plumb_analysis analysis = analyze(&lying);
    CU_ASSERT_EQUAL(analysis.flags_n, 0);
    CU_ASSERT_EQUAL(analysis.zone[1000], PLUMB_OFF);
    CU_ASSERT_EQUAL(analysis.zone[4500], PLUMB_GREEN);
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

static void test_without_markers_the_first_stillness_is_neutral_and_the_rest_a_hold(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, one_lapse, NULL);
    struct plumb_analysis analysis = analyze(&lying);
    CU_ASSERT_EQUAL(analysis.mount_from, PLUMB_FROM_NOTHING);
    CU_ASSERT_EQUAL(analysis.neutral_from, PLUMB_FROM_SEARCH);
    CU_ASSERT_EQUAL(analysis.mount[PLUMB_PELVIS].method, PLUMB_MOUNT_ASSUMED);
    CU_ASSERT_EQUAL(analysis.mount[PLUMB_PELVIS].quality, PLUMB_MOUNT_APPROXIMATE);
    CU_ASSERT_FALSE(analysis.holds_marked);
    CU_ASSERT_PTR_NOT_NULL(find(&analysis, PLUMB_ANTERIOR_ROTATION));
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

static void test_contraction_is_neither_judged_nor_counted(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, one_lapse, NULL);
    mark_neutral_and_hold(&lying);
    lying.marks[3] = (struct plumb_mark){PLUMB_CONTRACT_BEGIN, 2500, 25, NULL};
    lying.marks[4] = (struct plumb_mark){PLUMB_CONTRACT_END, 3500, 35, NULL};
    lying.marks[5] = (struct plumb_mark){PLUMB_HOLD_END, 5000, 50, NULL};
    lying.marks_n = 6;
    struct plumb_analysis analysis = analyze(&lying);
    CU_ASSERT_PTR_NULL(find(&analysis, PLUMB_ANTERIOR_ROTATION));
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

static void test_tipping_far_back_is_advice(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, backward, NULL);
    mark_neutral_and_hold(&lying);
    struct plumb_analysis analysis = analyze(&lying);
    CU_ASSERT_EQUAL(analysis.flags_n, 1);
    CU_ASSERT_PTR_NOT_NULL(find(&analysis, PLUMB_POSTERIOR_TILT));
    CU_ASSERT_DOUBLE_EQUAL(analysis.holds[0].hold.in_zone_s, 38, 0.05);
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

static void test_a_gap_is_flagged_and_does_not_count(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, quiet, away);
    mark_neutral_and_hold(&lying);
    struct plumb_analysis analysis = analyze(&lying);
    const struct plumb_flag *lost = find(&analysis, PLUMB_SIGNAL_LOST);
    CU_ASSERT_PTR_NOT_NULL_FATAL(lost);
    CU_ASSERT_EQUAL(analysis.flags_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(lost->onset_s, 20, 0.02);
    CU_ASSERT_DOUBLE_EQUAL(lost->start_s, 21, 0.02);
    CU_ASSERT_DOUBLE_EQUAL(lost->end_s, 23, 0.02);
    CU_ASSERT_EQUAL(analysis.quality.gaps_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(analysis.quality.lost_s, 2.99, 0.03);
    CU_ASSERT_DOUBLE_EQUAL(analysis.holds[0].hold.in_zone_s, 35, 0.1);
    CU_ASSERT_DOUBLE_EQUAL(plumb_hold_elapsed_s(&analysis.holds[0].hold), 38, 0.03);
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

static void test_a_flat_top_is_flagged(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, quiet, NULL);
    mark_neutral_and_hold(&lying);
    for (size_t row = 2000; row < 2010; row++)
        lying.track.imu[PLUMB_PELVIS][row].gyro_s_radps[1] = 8.7266f;
    struct plumb_analysis analysis = analyze(&lying);
    const struct plumb_flag *flag = find(&analysis, PLUMB_SATURATED);
    CU_ASSERT_PTR_NOT_NULL_FATAL(flag);
    CU_ASSERT_DOUBLE_EQUAL(flag->start_s, 20.02, 0.03);
    CU_ASSERT_DOUBLE_EQUAL(flag->end_s, 20.09, 0.03);
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

static void test_breathing_is_found_and_widens_the_zone(void)
{
    struct lying lying;
    lying_make(&lying, 60, RATE_HZ, quiet, NULL);
    mark_neutral_and_hold(&lying);
    struct plumb_analysis analysis = analyze(&lying);
    CU_ASSERT_DOUBLE_EQUAL(analysis.neutral.breath_per_min, 14.3, 1);
    CU_ASSERT_DOUBLE_EQUAL(analysis.neutral.breath_pp_rad * PLUMB_DEG_PER_RAD, 0.8, 0.15);
    plumb_analysis_free(&analysis);
    lying_free(&lying);
}

static void test_next_to_nothing_is_analysed_without_harm(void)
{
    static const double lengths_s[] = {0.001, 0.02, 0.1, 1, 3};
    struct plumb_track empty = {0};
    struct lying none = {.track = empty};
    struct plumb_analysis analysis = analyze(&none);
    CU_ASSERT_EQUAL(analysis.n, 0);
    plumb_analysis_free(&analysis);
    for (int i = 0; i < 5; i++) {
        struct lying lying;
        lying_make(&lying, lengths_s[i], RATE_HZ, quiet, NULL);
        analysis = analyze(&lying);
        CU_ASSERT_EQUAL(analysis.n, lying.track.n);
        CU_ASSERT_EQUAL(analysis.flags_n, 0);
        plumb_analysis_free(&analysis);
        lying_free(&lying);
    }
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"lapse", test_a_lapse_is_flagged_with_its_times_and_its_peak},
        {"quick lapse", test_a_quick_lapse_is_judged_whatever_the_doubt},
        {"outside holds", test_nothing_is_flagged_outside_a_marked_hold},
        {"no markers", test_without_markers_the_first_stillness_is_neutral_and_the_rest_a_hold},
        {"contraction", test_contraction_is_neither_judged_nor_counted},
        {"posterior", test_tipping_far_back_is_advice},
        {"gap", test_a_gap_is_flagged_and_does_not_count},
        {"flat top", test_a_flat_top_is_flagged},
        {"breathing", test_breathing_is_found_and_widens_the_zone},
        {"next to nothing", test_next_to_nothing_is_analysed_without_harm},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("analysis", tests, argc, argv);
}
