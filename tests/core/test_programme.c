/* What past holds allow; what is counted as a repetition and a breath. */
#include <math.h>
#include <string.h>

#include "host/core/breath_count.h"
#include "host/core/programme.h"
#include "host/core/repetition.h"
#include "host/core/units.h"
#include "suite.h"

#define DEG PLUMB_RAD_PER_DEG

static const struct plumb_past_hold clean_right = {"slide", PLUMB_RIGHT, 1, 30, 30, 30, 2 * DEG, 0};
static const struct plumb_past_hold clean_left = {"slide", PLUMB_LEFT, 2, 30, 30, 30, 2 * DEG, 0};
static const struct plumb_past_hold flagged_left = {"slide", PLUMB_LEFT, 3, 30, 30, 36, 9 * DEG, 2};

static struct plumb_exercise slide(void)
{
    struct plumb_exercise exercise = {.id = "slide", .next_id = "edge", .week_n = 7};
    strcpy(exercise.weight.where, "thigh");
    exercise.steps[0] = (struct plumb_step){.kind = PLUMB_STEP_HOLD, .in_zone_s = 30};
    exercise.steps[1] = (struct plumb_step){.kind = PLUMB_STEP_AGAIN, .back_to = 1, .count = 2};
    exercise.steps_n = 2;
    return exercise;
}

static void test_a_weight_is_earned_by_a_clean_hold_of_that_side(void)
{
    struct plumb_exercise exercise = slide();
    struct plumb_past_hold holds[] = {clean_right, flagged_left};
    CU_ASSERT(plumb_programme_weight_earned(&exercise, PLUMB_RIGHT, holds, 2));
    CU_ASSERT_FALSE(plumb_programme_weight_earned(&exercise, PLUMB_LEFT, holds, 2));
    CU_ASSERT_FALSE(plumb_programme_weight_earned(&exercise, PLUMB_RIGHT, holds, 0));
    holds[0].in_zone_s = 25;
    CU_ASSERT_FALSE(plumb_programme_weight_earned(&exercise, PLUMB_RIGHT, holds, 2));
    holds[0] = clean_right;
    exercise.weight.where[0] = '\0';
    CU_ASSERT_FALSE(plumb_programme_weight_earned(&exercise, PLUMB_RIGHT, holds, 2));
}

static void test_progression_wants_both_sides_and_then_asks(void)
{
    struct plumb_exercise exercise = slide();
    struct plumb_past_hold holds[] = {clean_right, flagged_left, clean_left};
    CU_ASSERT_EQUAL(plumb_programme_progression(&exercise, holds, 2), PLUMB_PROGRESSION_NOT_YET);
    CU_ASSERT_EQUAL(plumb_programme_progression(&exercise, holds, 3), PLUMB_PROGRESSION_ASK_PERSON);
    exercise.next_id[0] = '\0';
    CU_ASSERT_EQUAL(plumb_programme_progression(&exercise, holds, 3), PLUMB_PROGRESSION_NONE);
}

/* Six sessions, both sides each. */
static size_t six_days(
    struct plumb_past_hold holds[12], const struct plumb_past_hold *left, const struct plumb_past_hold *right)
{
    for (int day = 0; day < 6; day++) {
        holds[2 * day] = *left;
        holds[2 * day + 1] = *right;
        holds[2 * day].day = holds[2 * day + 1].day = day;
    }
    return 12;
}

static void test_the_stiffer_side_is_the_one_that_loses_the_zone(void)
{
    struct plumb_past_hold holds[12] = {clean_right, flagged_left, clean_left};
    CU_ASSERT_EQUAL(plumb_programme_stiffer("slide", holds, 1), -1);
    CU_ASSERT_EQUAL(plumb_programme_stiffer("slide", holds, 3), -1); /* one session says little */
    size_t n = six_days(holds, &flagged_left, &clean_right);
    CU_ASSERT_EQUAL(plumb_programme_stiffer("slide", holds, n), PLUMB_LEFT);
    n = six_days(holds, &clean_left, &clean_right);
    CU_ASSERT_EQUAL(plumb_programme_stiffer("slide", holds, n), -1);
    struct plumb_past_hold tipping = clean_right;
    tipping.worst_rad = clean_left.worst_rad + 8 * DEG;
    n = six_days(holds, &clean_left, &tipping);
    CU_ASSERT_EQUAL(plumb_programme_stiffer("slide", holds, n), PLUMB_RIGHT);
}

static void test_a_week_is_counted_against_its_target(void)
{
    struct plumb_exercise exercise = slide();
    struct plumb_past_hold holds[] = {clean_right, flagged_left, clean_left};
    CU_ASSERT_DOUBLE_EQUAL(plumb_programme_in_zone_s("slide", PLUMB_LEFT, 1, 8, holds, 3), 60, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(plumb_programme_in_zone_s("slide", PLUMB_LEFT, 2, 9, holds, 3), 30, 1e-9);
    CU_ASSERT_DOUBLE_EQUAL(plumb_programme_week_s(&exercise), 420, 1e-9);
}

/* Three repetitions of 6.5 s: 1.5 s up, 1 s at the top, 2.5 s down; on a wandering rest. */
static double lean_deg(double t_s)
{
    double in_s = fmod(t_s, 6.5), rest_deg = 1 + 0.5 * sin(t_s);
    double up = in_s < 1.5 ? in_s / 1.5 : in_s < 2.5 ? 1 : in_s < 5 ? (5 - in_s) / 2.5 : 0;
    return rest_deg + 9 * up;
}

static void test_repetitions_are_counted_with_their_tempo(void)
{
    struct plumb_repetition_count count = {0};
    struct plumb_repetition done;
    int n = 0;
    for (int i = 0; i < 20 * 100; i++)
        if (plumb_repetition_push(&count, 4 * DEG, i / 100.0, lean_deg(i / 100.0) * DEG, &done)) {
            n++;
            CU_ASSERT_EQUAL(done.n, n);
            CU_ASSERT_DOUBLE_EQUAL(done.peak_rad * PLUMB_DEG_PER_RAD, 10, 0.6);
            CU_ASSERT_DOUBLE_EQUAL(done.top_s, 1.4, 0.4);
            CU_ASSERT(done.lowering_s > 1.2 && done.lowering_s < 2.5);
            CU_ASSERT(done.raising_s > 0.6 && done.raising_s < 1.6);
        }
    CU_ASSERT_EQUAL(n, 3);
}

static void test_small_movements_are_no_repetition(void)
{
    struct plumb_repetition_count count = {0};
    struct plumb_repetition done;
    for (int i = 0; i < 2000; i++)
        CU_ASSERT_FALSE(
            plumb_repetition_push(&count, 4 * DEG, i / 100.0, fabs(3.9 * sin(i / 50.0)) * DEG, &done));
}

static void test_breaths_are_counted_over_a_drift_and_trembling(void)
{
    struct plumb_breath_count count = {0};
    for (int i = 0; i < 60 * 100; i++) {
        double t_s = i / 100.0;
        double deg = 0.5 * sin(2 * PLUMB_PI * 0.25 * t_s) + 0.02 * t_s + 0.2 * sin(2 * PLUMB_PI * 8 * t_s);
        plumb_breath_count_push(&count, t_s, deg * DEG);
    }
    CU_ASSERT(count.n >= 14 && count.n <= 16);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"weight", test_a_weight_is_earned_by_a_clean_hold_of_that_side},
        {"progression", test_progression_wants_both_sides_and_then_asks},
        {"stiffer side", test_the_stiffer_side_is_the_one_that_loses_the_zone},
        {"week", test_a_week_is_counted_against_its_target},
        {"repetitions", test_repetitions_are_counted_with_their_tempo},
        {"small movements", test_small_movements_are_no_repetition},
        {"breaths", test_breaths_are_counted_over_a_drift_and_trembling},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("programme", tests, argc, argv);
}
