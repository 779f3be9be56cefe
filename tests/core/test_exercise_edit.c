/* Steps put in, taken out and moved: what leads back keeps leading to the same step. */
#include <stdio.h>
#include <string.h>

#include "host/core/exercise_edit.h"
#include "host/core/units.h"
#include "host/patient/rng.h"
#include "suite.h"

/* Steps "0", "1", ... the last leads back to the one of that index. */
static struct plumb_exercise steps(int n, int back_to_index)
{
    struct plumb_exercise exercise = {.steps_n = n};
    for (int at = 0; at < n; at++) {
        plumb_step_usual(&exercise.steps[at], at == n - 1 ? PLUMB_STEP_AGAIN : PLUMB_STEP_MOVE);
        snprintf(exercise.steps[at].say, sizeof exercise.steps[at].say, "%d", at);
    }
    exercise.steps[n - 1].back_to = back_to_index + 1;
    return exercise;
}

static void order(const struct plumb_exercise *exercise, char *out)
{
    out[0] = '\0';
    for (int at = 0; at < exercise->steps_n; at++)
        strcat(out, exercise->steps[at].say);
}

/* The words of the step to which the step with those words leads. */
static const char *led_to(const struct plumb_exercise *exercise, const char *words)
{
    for (int at = 0; at < exercise->steps_n; at++)
        if (!strcmp(exercise->steps[at].say, words))
            return exercise->steps[exercise->steps[at].back_to - 1].say;
    return "";
}

static void a_step_put_in_moves_the_others(void)
{
    struct plumb_exercise exercise = steps(5, 2);
    struct plumb_step fresh;
    char found[64];
    plumb_step_usual(&fresh, PLUMB_STEP_HOLD);
    strcpy(fresh.say, "x");
    CU_ASSERT_EQUAL(plumb_exercise_step_insert(&exercise, 1, &fresh), 0);
    order(&exercise, found);
    CU_ASSERT_STRING_EQUAL(found, "0x1234");
    CU_ASSERT_STRING_EQUAL(led_to(&exercise, "4"), "2");
    CU_ASSERT_EQUAL(plumb_exercise_step_insert(&exercise, 6, &exercise.steps[5]), 0); /* a copy of its own */
    order(&exercise, found);
    CU_ASSERT_STRING_EQUAL(found, "0x12344");
    CU_ASSERT_EQUAL(exercise.steps[6].back_to, 4);
    while (exercise.steps_n < PLUMB_EXERCISE_STEPS_N)
        CU_ASSERT_EQUAL(plumb_exercise_step_insert(&exercise, 0, &fresh), 0);
    CU_ASSERT_EQUAL(plumb_exercise_step_insert(&exercise, 0, &fresh), -1);
    CU_ASSERT_EQUAL(exercise.steps_n, PLUMB_EXERCISE_STEPS_N);
    CU_ASSERT_STRING_EQUAL(led_to(&exercise, "4"), "2");
}

static void a_step_taken_out_hands_over(void)
{
    struct plumb_exercise exercise = steps(6, 2);
    char found[64];
    plumb_exercise_step_remove(&exercise, 0);
    CU_ASSERT_STRING_EQUAL(led_to(&exercise, "5"), "2");
    plumb_exercise_step_remove(&exercise, 1); /* the one that is led to */
    order(&exercise, found);
    CU_ASSERT_STRING_EQUAL(found, "1345");
    CU_ASSERT_STRING_EQUAL(led_to(&exercise, "5"), "3");
    plumb_exercise_step_remove(&exercise, 3);
    CU_ASSERT_EQUAL(exercise.steps_n, 3);
}

static void moves_change_the_order_and_no_target(void)
{
    struct plumb_rng rng = plumb_rng_of(3);
    for (int i = 0; i < 500; i++) {
        int n = 2 + (int)(plumb_rng_next(&rng) % 8), target = (int)(plumb_rng_next(&rng) % (unsigned)(n - 1));
        struct plumb_exercise exercise = steps(n, target);
        int at = (int)(plumb_rng_next(&rng) % (unsigned)n), to = (int)(plumb_rng_next(&rng) % (unsigned)n);
        char moved[8], last[8], wanted[8];
        snprintf(moved, sizeof moved, "%d", at);
        snprintf(last, sizeof last, "%d", n - 1);
        snprintf(wanted, sizeof wanted, "%d", target);
        plumb_exercise_step_move(&exercise, at, to);
        CU_ASSERT_STRING_EQUAL(exercise.steps[to].say, moved);
        CU_ASSERT_STRING_EQUAL(led_to(&exercise, last), wanted);
        plumb_exercise_step_move(&exercise, to, at);
        struct plumb_exercise again = steps(n, target);
        CU_ASSERT_EQUAL(memcmp(&again, &exercise, sizeof again), 0);
    }
}

static void another_kind_has_its_figures_and_keeps_own_words(void)
{
    struct plumb_exercise exercise = {.steps_n = 2};
    plumb_step_usual(&exercise.steps[0], PLUMB_STEP_MOVE);
    plumb_step_usual(&exercise.steps[1], PLUMB_STEP_MOVE);
    strcpy(exercise.steps[1].say, "My own words.");
    plumb_exercise_step_change(&exercise, 0, PLUMB_STEP_HOLD);
    plumb_exercise_step_change(&exercise, 1, PLUMB_STEP_HOLD);
    CU_ASSERT_STRING_EQUAL(exercise.steps[0].say, "Hold.");
    CU_ASSERT_STRING_EQUAL(exercise.steps[1].say, "My own words.");
    CU_ASSERT_EQUAL(exercise.steps[1].in_zone_s, 30);
    CU_ASSERT_EQUAL(exercise.steps[1].for_s, 0);
    CU_ASSERT_DOUBLE_EQUAL(exercise.steps[1].rep_rad, 4 * PLUMB_RAD_PER_DEG, 1e-12);
}

static void another_pose_is_drawn_as_one_is_in_it(void)
{
    struct plumb_exercise exercise = {.pose = PLUMB_SUPINE};
    plumb_posture_default(&exercise.posture, PLUMB_SUPINE);
    exercise.posture.strap = 1;
    plumb_exercise_pose_change(&exercise, PLUMB_SUPINE, 0);
    CU_ASSERT_EQUAL(exercise.posture.strap, 1);
    plumb_exercise_pose_change(&exercise, PLUMB_LYING_LEFT, 1);
    CU_ASSERT_EQUAL(exercise.posture.strap, 0);
    CU_ASSERT_EQUAL(exercise.mirrored, 1);
    CU_ASSERT_DOUBLE_EQUAL(exercise.posture.head_rad, 176 * PLUMB_RAD_PER_DEG, 1e-12);
}

static void a_pose_shows_what_gravity_shows(void)
{
    CU_ASSERT_TRUE(plumb_pose_shows(PLUMB_SUPINE, PLUMB_PELVIC_ROTATION));
    CU_ASSERT_FALSE(plumb_pose_shows(PLUMB_SUPINE, PLUMB_OBLIQUITY));
    CU_ASSERT_TRUE(plumb_pose_shows(PLUMB_UPRIGHT, PLUMB_OBLIQUITY));
    CU_ASSERT_FALSE(plumb_pose_shows(PLUMB_UPRIGHT, PLUMB_PELVIC_ROTATION));
    CU_ASSERT_FALSE(plumb_pose_shows(PLUMB_LYING_RIGHT, PLUMB_ANTERIOR_ROTATION));
    CU_ASSERT_TRUE(plumb_pose_shows(PLUMB_LYING_RIGHT, PLUMB_PELVIC_ROTATION));
    CU_ASSERT_FALSE(plumb_pose_shows(PLUMB_SUPINE, PLUMB_SIGNAL_LOST));
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"a step put in moves the others", a_step_put_in_moves_the_others},
        {"a step taken out hands over", a_step_taken_out_hands_over},
        {"moves change the order and no target", moves_change_the_order_and_no_target},
        {"another kind has its figures and keeps own words",
         another_kind_has_its_figures_and_keeps_own_words},
        {"another pose is drawn as one is in it", another_pose_is_drawn_as_one_is_in_it},
        {"a pose shows what gravity shows", a_pose_shows_what_gravity_shows},
        CU_TEST_INFO_NULL,
    };
    return plumb_suite_run("exercise edit", tests, argc, argv);
}
