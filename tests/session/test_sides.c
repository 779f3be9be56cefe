/* Both sides in one recording: each is judged by its own limits in its own pose, and its holds have their
 * dose. */
#include <math.h>
#include <string.h>

#include "host/core/units.h"
#include "host/session/dossier.h"
#include "lying.h"
#include "suite.h"

#define RATE_HZ 100
#define TURN_S  51.0

static double pulse_deg(double t_s, double at_s, double size_deg)
{
    double s = fabs(t_s - at_s);
    return s > 3 ? 0 : s < 2 ? size_deg : size_deg * 0.5 * (1 + cos((s - 2) * PLUMB_PI));
}

/* The same small lapse in each hold. */
static double two_lapses(double t_s)
{
    return 0.2 * sin(1.5 * t_s) + pulse_deg(t_s, 25, 4) + pulse_deg(t_s, 75, 4);
}

struct both {
    struct lying lying;
    struct plumb_exercise exercise;
    struct plumb_thresholds limits[2];
    struct plumb_turn turn;
    struct plumb_analysis_params params;
    struct plumb_analysis analysis;
};

static void mark_window(struct lying *lying, enum plumb_marker begin, double from_s, double to_s)
{
    lying_mark(lying, begin, from_s);
    lying_mark(lying, (enum plumb_marker)(begin + 1), to_s);
}

/* Left first, with the usual limits; then right, where 3 deg is too much. */
static void analyze_both(struct both *both)
{
    lying_make(&both->lying, 100, RATE_HZ, two_lapses, NULL);
    mark_window(&both->lying, PLUMB_NEUTRAL_BEGIN, 2, 10);
    mark_window(&both->lying, PLUMB_HOLD_BEGIN, 12, 35);
    mark_window(&both->lying, PLUMB_HOLD_BEGIN, 38, 50);
    mark_window(&both->lying, PLUMB_NEUTRAL_BEGIN, 52, 60);
    mark_window(&both->lying, PLUMB_HOLD_BEGIN, 62, 95);
    lying_exercise(&both->exercise);
    both->exercise.steps[0] = (struct plumb_step){.kind = PLUMB_STEP_HOLD, .in_zone_s = 20};
    both->exercise.steps[1] = (struct plumb_step){.kind = PLUMB_STEP_HOLD, .in_zone_s = 10};
    both->exercise.steps_n = 2;
    both->limits[PLUMB_LEFT] = both->limits[PLUMB_RIGHT] = both->exercise.thresholds;
    plumb_thresholds_scale(&both->limits[PLUMB_RIGHT], 0.6);
    both->turn = (struct plumb_turn){TURN_S, PLUMB_RIGHT};
    plumb_analysis_params_default(&both->params);
    both->params.exercise = &both->exercise;
    both->params.side = PLUMB_LEFT;
    both->params.limits = both->limits;
    both->params.turns = &both->turn;
    both->params.turns_n = 1;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(
            &both->analysis, &both->params, &both->lying.track, both->lying.marks, both->lying.marks_n),
        0);
}

static void free_both(struct both *both)
{
    plumb_analysis_free(&both->analysis);
    lying_free(&both->lying);
}

static void test_each_side_is_judged_by_its_own_limits(void)
{
    struct both both = {.turn = {0, PLUMB_LEFT}};
    analyze_both(&both);
    CU_ASSERT_EQUAL_FATAL(both.analysis.holds_n, 3);
    CU_ASSERT_EQUAL(both.analysis.holds[0].side, PLUMB_LEFT);
    CU_ASSERT_EQUAL(both.analysis.holds[1].side, PLUMB_LEFT);
    CU_ASSERT_EQUAL(both.analysis.holds[2].side, PLUMB_RIGHT);
    CU_ASSERT_EQUAL(both.analysis.holds[0].hold.excursions, 0);
    CU_ASSERT_EQUAL(both.analysis.holds[2].hold.excursions, 1);
    CU_ASSERT(both.analysis.flags_n > 0);
    for (size_t i = 0; i < both.analysis.flags_n; i++)
        CU_ASSERT(both.analysis.flags[i].start_s > TURN_S);
    CU_ASSERT(both.analysis.thresholds[PLUMB_RIGHT].red_rad < both.analysis.thresholds[PLUMB_LEFT].red_rad);
    free_both(&both);
}

static struct plumb_quat mount_with(struct both *both, enum plumb_pose pose, int mirrored)
{
    plumb_analysis_free(&both->analysis);
    both->exercise.pose = pose;
    both->exercise.mirrored = mirrored;
    both->params.side = PLUMB_RIGHT;
    both->params.turns_n = 0;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(
            &both->analysis, &both->params, &both->lying.track, both->lying.marks, both->lying.marks_n),
        0);
    return both->analysis.mount[PLUMB_PELVIS].q_sb;
}

static void test_a_mirrored_exercise_turns_its_pose_with_the_side(void)
{
    struct both both = {.turn = {0, PLUMB_LEFT}};
    analyze_both(&both);
    struct plumb_quat mirrored = mount_with(&both, PLUMB_LYING_LEFT, 1);
    struct plumb_quat right = mount_with(&both, PLUMB_LYING_RIGHT, 0);
    struct plumb_quat left = mount_with(&both, PLUMB_LYING_LEFT, 0);
    CU_ASSERT_EQUAL(memcmp(&mirrored, &right, sizeof right), 0);
    CU_ASSERT_NOT_EQUAL(memcmp(&mirrored, &left, sizeof left), 0);
    free_both(&both);
}

static void test_each_sides_holds_begin_with_the_first_dose(void)
{
    struct both both = {.turn = {0, PLUMB_LEFT}};
    struct plumb_dossier dossier;
    analyze_both(&both);
    CU_ASSERT_EQUAL_FATAL(
        plumb_dossier_of_analysis(
            &dossier, &both.analysis, &both.params, &both.lying.track, both.lying.marks, both.lying.marks_n),
        0);
    CU_ASSERT_EQUAL_FATAL(dossier.holds_n, 3);
    CU_ASSERT_EQUAL(dossier.holds[0].target_s, 20);
    CU_ASSERT_EQUAL(dossier.holds[1].target_s, 10);
    CU_ASSERT_EQUAL(dossier.holds[2].target_s, 20);
    CU_ASSERT_EQUAL(dossier.holds[2].side, PLUMB_RIGHT);
    CU_ASSERT_EQUAL(dossier.both_sides, 1);
    CU_ASSERT_EQUAL(dossier.thresholds[PLUMB_LEFT].red_rad, both.exercise.thresholds.red_rad);
    plumb_dossier_free(&dossier);
    free_both(&both);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"limits", test_each_side_is_judged_by_its_own_limits},
        {"mirrored", test_a_mirrored_exercise_turns_its_pose_with_the_side},
        {"doses", test_each_sides_holds_begin_with_the_first_dose},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("sides", tests, argc, argv);
}
