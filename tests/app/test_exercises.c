/* Every shipped exercise, played by one who does it right, one who does not move, and one who lets go. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/units.h"
#include "host/io/load_exercise.h"
#include "host/session/analysis.h"
#include "process.h"
#include "rehearsal.h"
#include "suite.h"

#define MOST_S 1800.0

/* The rows of the exercises that were asked for. */
static const struct row {
    const char *id;
    int judged;
    double in_zone_s; /* the least dose of one side */
    int reps_n, breaths_n;
} rows[] = {
    {"supine-slide", 1, 30, 0, 0},
    {"supine-edge", 1, 60, 0, 0},
    {"supine-hang", 1, 180, 0, 0},
    {"prone-strap", 1, 90, 0, 0},
    {"half-kneeling", 1, 60, 0, 0},
    {"standing-lunge", 1, 30, 0, 0},
    {"psoas-split", 1, 48, 0, 0},
    {"lying-drop", 1, 30, 0, 0},
    {"sidelying-release", 0, 0, 3, 0},
    {"doorway-side", 0, 0, 0, 2},
    {"prone-leg-raise", 0, 150, 0, 0},
    {"supine-leg-raise", 0, 100, 0, 0},
    {"side-bend", 0, 150, 0, 0},
    {"hip-abduction", 0, 100, 0, 0},
    {"hip-adduction", 0, 100, 0, 0},
    {"crab-walk", 0, 0, 10, 0},
    {"frog", 0, 75, 0, 0},
    {"butterfly", 0, 10, 0, 0},
    {"childs-pose", 0, 10, 0, 0},
    {"knee-drop", 0, 10, 0, 0},
    {"figure-four", 0, 10, 0, 0},
    {"low-lunge", 0, 10, 0, 0},
};
#define ROWS_N (sizeof rows / sizeof *rows)

static int load(struct plumb_exercise *exercise, const char *id)
{
    char path[512];
    struct plumb_message message = {""};
    snprintf(path, sizeof path, "%s/host/exercises/%s.exercise", PLUMB_SOURCE_DIR, id);
    int fail = plumb_exercise_load(exercise, path, &message);
    if (fail)
        printf("%s\n", message.text);
    CU_ASSERT_EQUAL_FATAL(fail, 0);
    return fail;
}

static void test_every_row_has_its_file_and_its_figures(void)
{
    struct plumb_exercise exercise;
    for (size_t i = 0; i < ROWS_N; i++) {
        load(&exercise, rows[i].id);
        struct plumb_dose dose = plumb_exercise_dose(&exercise);
        CU_ASSERT_STRING_EQUAL(exercise.id, rows[i].id);
        CU_ASSERT_EQUAL(exercise.judged, rows[i].judged);
        CU_ASSERT_DOUBLE_EQUAL(dose.in_zone_s, rows[i].in_zone_s, 1e-9);
        CU_ASSERT_EQUAL(dose.reps_n, rows[i].reps_n);
        CU_ASSERT_EQUAL(dose.breaths_n, rows[i].breaths_n);
        CU_ASSERT(exercise.summary[0] != '\0');
    }
}

static void test_the_documented_example_is_good(void)
{
    struct plumb_exercise exercise;
    load(&exercise, "example");
    CU_ASSERT_EQUAL(exercise.steps_n, 11);
}

/* Says which exercise it was, once something is wrong. */
static void expect(int good, const struct row *row, const char *what, const struct rehearsal *played)
{
    CU_ASSERT(good);
    if (!good)
        printf(
            "%s: %s; done %d after %.0f s, %d flags (%d anterior, %d outside), %.2f s in the zone, %d reps, "
            "%d "
            "breaths, step %d\n",
            row->id, what, played->done, played->length_s, played->flags_n, played->anterior_n,
            played->flags_outside_n, played->session.in_zone_s, played->reps_n, played->breaths_n,
            played->session.step + 1);
}

static void test_done_right_the_full_dose_is_reached_and_nothing_flagged(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    for (size_t i = 0; i < ROWS_N; i++) {
        load(&exercise, rows[i].id);
        int both = exercise.order != PLUMB_ORDER_BOTH_AT_ONCE, sides_n = 1 + both;
        rehearsal_free(played);
        rehearse(played, &exercise, MANNER_PERFECT, both, MOST_S, NULL);
        double in_zone_s = played->session.in_zone_s, dose_s = sides_n * rows[i].in_zone_s;
        expect(played->done, &rows[i], "not done", played);
        expect(played->flags_n == 0, &rows[i], "flagged", played);
        expect(in_zone_s >= 0.995 * dose_s && in_zone_s <= 1.005 * dose_s + 0.1, &rows[i], "dose", played);
        expect(played->reps_n == sides_n * rows[i].reps_n, &rows[i], "repetitions", played);
        expect(
            !rows[i].breaths_n || played->breaths_n >= sides_n * rows[i].breaths_n, &rows[i], "breaths",
            played);
        expect(played->sides_n == sides_n - 1 && !played->pose_gone_n, &rows[i], "sides, pose", played);
        expect(
            plumb_patient_truth(&played->patient, played->length_s).pose ==
                plumb_exercise_pose(&exercise, played->session.side),
            &rows[i], "pose of the last side", played);
        if (rows[i].judged)
            expect(
                played->session.prepare.mount[PLUMB_PELVIS].quality == PLUMB_MOUNT_GOOD, &rows[i], "mount",
                played);
    }
    rehearsal_free(played);
    free(played);
}

static void test_who_does_not_move_is_never_flagged_and_never_waited_for_forever(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    for (size_t i = 0; i < ROWS_N; i++) {
        load(&exercise, rows[i].id);
        rehearsal_free(played);
        rehearse(played, &exercise, MANNER_MOTIONLESS, 0, MOST_S, NULL);
        expect(played->done, &rows[i], "not done", played);
        expect(played->flags_n == 0 && played->reps_n == 0, &rows[i], "flagged or counted", played);
        expect(
            played->session.prepare.mount[PLUMB_PELVIS].quality != PLUMB_MOUNT_GOOD, &rows[i],
            "mount called good", played);
    }
    rehearsal_free(played);
    free(played);
}

static void test_who_lets_go_is_flagged_in_every_hold_and_nowhere_else(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    for (size_t i = 0; i < ROWS_N; i++) {
        load(&exercise, rows[i].id);
        rehearsal_free(played);
        rehearse(played, &exercise, MANNER_SLOPPY, 0, MOST_S, NULL);
        int wanted_n = rows[i].judged ? played->holds_n : 0;
        expect(played->done, &rows[i], "not done", played);
        expect(played->anterior_n == wanted_n, &rows[i], "anterior flags", played);
        expect(played->flags_outside_n == 0, &rows[i], "flagged outside a hold", played);
        expect(played->session.in_zone_s >= 0.995 * rows[i].in_zone_s, &rows[i], "dose", played);
        expect(
            !rows[i].judged || played->elapsed_s > rows[i].in_zone_s + 3.5 * played->holds_n, &rows[i],
            "not paused", played);
        int lying = exercise.pose == PLUMB_SUPINE || exercise.pose == PLUMB_PRONE;
        expect(played->inferred_n == (lying ? wanted_n : 0), &rows[i], "arching inferred", played);
        expect(!played->arch_measured_n, &rows[i], "arching measured with one sensor", played);
        expect(
            rows[i].reps_n == 0 || strcmp(rows[i].id, "sidelying-release") != 0 ||
                played->advice_n == rows[i].reps_n,
            &rows[i], "tempo", played);
    }
    rehearsal_free(played);
    free(played);
}

/* ---- keys */

static void sharp_pain_at_60(struct rehearsal *rehearsal, double t_s)
{
    if (t_s > 60 && t_s < 60.015)
        plumb_session_pain(&rehearsal->session, PLUMB_PAIN_SHARP);
}

static void test_sharp_pain_stops(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    load(&exercise, "supine-edge");
    rehearse(played, &exercise, MANNER_PERFECT, 1, MOST_S, sharp_pain_at_60);
    CU_ASSERT(played->done && played->length_s < 60.1);
    CU_ASSERT_EQUAL(played->stopped_n, 1);
    CU_ASSERT(played->session.stopped);
    CU_ASSERT_EQUAL(played->holds_n, 1);
    rehearsal_free(played);
    free(played);
}

/* Back pain 5 s into the first hold; on again 10 s later. */
static void back_pain(struct rehearsal *rehearsal, double t_s)
{
    static double hold_s;
    const struct plumb_session *session = &rehearsal->session;
    if (t_s < 0.5)
        hold_s = 0;
    if (!hold_s && session->holding)
        hold_s = t_s;
    if (hold_s && t_s > hold_s + 5 && t_s < hold_s + 5.015)
        plumb_session_pain(&rehearsal->session, PLUMB_PAIN_BACK);
    if (hold_s && t_s > hold_s + 15 && t_s < hold_s + 15.015)
        plumb_session_skip(&rehearsal->session);
}

static void test_back_pain_lets_the_hold_wait_and_loses_nothing(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    load(&exercise, "lying-drop");
    rehearse(played, &exercise, MANNER_PERFECT, 0, MOST_S, back_pain);
    CU_ASSERT(played->done);
    CU_ASSERT_EQUAL(played->holds_n, 1);
    CU_ASSERT_DOUBLE_EQUAL(played->session.in_zone_s, 30, 0.1);
    CU_ASSERT_DOUBLE_EQUAL(played->elapsed_s, 40, 0.2);
    rehearsal_free(played);
    free(played);
}

/* Sits up in the middle of the hold and lies down again. */
static void sit_up(struct rehearsal *rehearsal, double t_s)
{
    static double hold_s;
    if (t_s < 0.5)
        hold_s = 0;
    if (hold_s || !rehearsal->session.holding || t_s < rehearsal->session.step_begun_s + 1)
        return;
    hold_s = t_s;
    struct plumb_act up = plumb_act_default(PLUMB_ACT_TILT);
    up.size_rad = 80 * PLUMB_RAD_PER_DEG;
    up.rise_s = 2;
    up.at_s = t_s + 4;
    plumb_scenario_add(&rehearsal->patient.scenario, up);
    up.size_rad = 0;
    up.at_s = t_s + 14;
    plumb_scenario_add(&rehearsal->patient.scenario, up);
}

static void test_leaving_the_pose_pauses_and_coming_back_goes_on(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    load(&exercise, "lying-drop");
    rehearse(played, &exercise, MANNER_PERFECT, 0, MOST_S, sit_up);
    CU_ASSERT(played->done);
    CU_ASSERT_EQUAL(played->pose_gone_n, 1);
    CU_ASSERT_EQUAL(played->holds_n, 1);
    CU_ASSERT(played->elapsed_s > 40 && played->elapsed_s < 44);
    CU_ASSERT_DOUBLE_EQUAL(played->session.in_zone_s, 30, 0.1);
    rehearsal_free(played);
    free(played);
}

/* ---- the same afterwards */

/* What the analysis makes of the recording: anterior flags, seconds in the zone. */
static void analyze(
    const struct rehearsal *played, const struct plumb_exercise *exercise, int *anterior_n, double *in_zone_s)
{
    struct plumb_analysis analysis;
    struct plumb_analysis_params params;
    plumb_analysis_params_default(&params);
    params.exercise = exercise;
    *anterior_n = 0;
    *in_zone_s = 0;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(&analysis, &params, &played->track, played->marks, played->marks_n), 0);
    for (size_t i = 0; i < analysis.flags_n; i++)
        *anterior_n += analysis.flags[i].kind == PLUMB_ANTERIOR_ROTATION;
    for (size_t i = 0; i < analysis.holds_n; i++)
        *in_zone_s += analysis.holds[i].hold.in_zone_s;
    plumb_analysis_free(&analysis);
}

/* Lapses beyond the immediate limit are flagged live when the filter has seen them, 0.11 s late; the analysis
 * sees the future. */
static void test_the_analysis_of_the_recording_says_what_live_said(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    for (size_t i = 0; i < ROWS_N; i++) {
        int anterior_n;
        double in_zone_s;
        if (!rows[i].judged)
            continue;
        load(&exercise, rows[i].id);
        rehearsal_free(played);
        rehearse(played, &exercise, MANNER_SLOPPY, 1, MOST_S, NULL);
        analyze(played, &exercise, &anterior_n, &in_zone_s);
        expect(anterior_n == played->anterior_n, &rows[i], "analysis: anterior flags", played);
        expect(
            fabs(in_zone_s - played->session.in_zone_s) < 0.13 * anterior_n, &rows[i],
            "analysis: seconds in the zone", played);
    }
    rehearsal_free(played);
    free(played);
}

static void test_getting_up_is_no_lapse_in_the_analysis(void)
{
    struct rehearsal *played = calloc(1, sizeof *played);
    struct plumb_exercise exercise;
    int anterior_n;
    double in_zone_s;
    load(&exercise, "lying-drop");
    rehearse(played, &exercise, MANNER_PERFECT, 0, MOST_S, sit_up);
    for (size_t i = 0; i < played->marks_n; i++)
        if (played->marks[i].kind == PLUMB_POSE_CHANGE_BEGIN ||
            played->marks[i].kind == PLUMB_POSE_CHANGE_END)
            played->marks[i].kind = PLUMB_NOTE;
    analyze(played, &exercise, &anterior_n, &in_zone_s);
    CU_ASSERT_EQUAL(anterior_n, 0);
    CU_ASSERT_DOUBLE_EQUAL(in_zone_s, 29, 2);
    rehearsal_free(played);
    free(played);
}

/* ---- rules */

static void test_the_stiffer_side_comes_first_and_last(void)
{
    struct plumb_exercise exercise;
    enum plumb_side sides[PLUMB_EXERCISE_SIDES_N];
    load(&exercise, "psoas-split");
    CU_ASSERT_EQUAL(plumb_exercise_sides(&exercise, PLUMB_RIGHT, PLUMB_LEFT, sides), 3);
    CU_ASSERT(sides[0] == PLUMB_LEFT && sides[1] == PLUMB_RIGHT && sides[2] == PLUMB_LEFT);
    CU_ASSERT_EQUAL(plumb_exercise_sides(&exercise, PLUMB_RIGHT, -1, sides), 2);
    CU_ASSERT(sides[0] == PLUMB_RIGHT && sides[1] == PLUMB_LEFT);
    load(&exercise, "frog");
    CU_ASSERT_EQUAL(plumb_exercise_sides(&exercise, PLUMB_RIGHT, PLUMB_LEFT, sides), 1);
}

static void test_the_longest_dose_is_the_upper_end(void)
{
    struct plumb_exercise exercise;
    load(&exercise, "supine-hang");
    plumb_exercise_longest(&exercise);
    CU_ASSERT_DOUBLE_EQUAL(plumb_exercise_dose(&exercise).in_zone_s, 300, 1e-9);
    load(&exercise, "sidelying-release");
    plumb_exercise_longest(&exercise);
    CU_ASSERT_EQUAL(plumb_exercise_dose(&exercise).reps_n, 10);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"every row", test_every_row_has_its_file_and_its_figures},
        {"example", test_the_documented_example_is_good},
        {"done right", test_done_right_the_full_dose_is_reached_and_nothing_flagged},
        {"motionless", test_who_does_not_move_is_never_flagged_and_never_waited_for_forever},
        {"sloppy", test_who_lets_go_is_flagged_in_every_hold_and_nowhere_else},
        {"sharp pain", test_sharp_pain_stops},
        {"back pain", test_back_pain_lets_the_hold_wait_and_loses_nothing},
        {"pose left", test_leaving_the_pose_pauses_and_coming_back_goes_on},
        {"analysis", test_the_analysis_of_the_recording_says_what_live_said},
        {"getting up", test_getting_up_is_no_lapse_in_the_analysis},
        {"stiffer side", test_the_stiffer_side_comes_first_and_last},
        {"longest", test_the_longest_dose_is_the_upper_end},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("exercises", tests, argc, argv);
}
