/* One person by formula, live and afterwards: what neutral is, and what of the holds is told, must be the
 * same however often neutral was begun anew, left or taken back. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host/core/units.h"
#include "host/session/analysis.h"
#include "host/session/session.h"
#include "lying.h"
#include "suite.h"

#define RATE_HZ   100
#define LENGTH_S  80
#define NEUTRAL_S 8
#define MARKS_N   32
#define HOLDS_N   8
#define APART_S   0.3 /* what the live filter's lag costs, once for each excursion */

struct twins {
    struct lying lying;
    struct plumb_exercise exercise;
    struct plumb_session *session;
    struct plumb_mark marks[MARKS_N];
    size_t marks_n;
    struct plumb_hold holds[HOLDS_N];
    size_t holds_n;
    struct plumb_analysis analysis;
    int wishes_n; /* of the user, fulfilled so far */
};

/* What the user wants at a moment; may do nothing. */
typedef void wish_fn(struct twins *twins, double t_s);

/* ---- live */

static void make_exercise(struct plumb_exercise *exercise)
{
    static const struct plumb_step steps[] = {
        {.kind = PLUMB_STEP_STILL, .for_s = 2},
        {.kind = PLUMB_STEP_NEUTRAL, .for_s = NEUTRAL_S},
        {.kind = PLUMB_STEP_MOVE, .for_s = 2},
        {.kind = PLUMB_STEP_HOLD, .in_zone_s = 1000},
    };
    lying_exercise(exercise);
    memcpy(exercise->steps, steps, sizeof steps);
    exercise->steps_n = sizeof steps / sizeof *steps;
}

/* The marks name rows of the track, which the session takes one by one. */
static void note_row(struct twins *twins, const struct plumb_row *row, size_t at)
{
    static char texts[MARKS_N][32];
    struct plumb_mark *mark = &twins->marks[twins->marks_n];
    if (!row->marker || twins->marks_n == MARKS_N)
        return;
    *mark = (struct plumb_mark){.row = at, .t_s = row->sample.t_s};
    CU_ASSERT_FATAL(plumb_marker_find(row->marker, strlen(row->marker), &mark->kind));
    if (mark->kind == PLUMB_NOTE)
        mark->note =
            strncpy(texts[twins->marks_n], row->marker + strlen(PLUMB_MARKER_NOTE), sizeof texts[0] - 1);
    twins->marks_n++;
}

static void drain(struct twins *twins, size_t at)
{
    struct plumb_event event;
    while (plumb_session_next(twins->session, &event)) {
        if (event.kind == PLUMB_EVENT_SAMPLE)
            note_row(twins, &event.row, at);
        if (event.kind == PLUMB_EVENT_HOLD_END && twins->holds_n < HOLDS_N)
            twins->holds[twins->holds_n++] = event.hold;
    }
}

static void live(struct twins *twins, wish_fn *wish)
{
    const struct plumb_track *track = &twins->lying.track;
    struct plumb_session_params params;
    plumb_session_params_default(&params);
    params.exercise = &twins->exercise;
    twins->session = malloc(sizeof *twins->session);
    CU_ASSERT_PTR_NOT_NULL_FATAL(twins->session);
    plumb_session_init(twins->session, &params);
    for (size_t row = 0; row < track->n; row++) {
        struct plumb_sample sample = plumb_track_at(track, row);
        if (wish)
            wish(twins, sample.t_s);
        plumb_session_sample(twins->session, (int64_t)(sample.t_s * 1e6), &sample);
        drain(twins, row);
    }
    plumb_session_finish(twins->session);
    drain(twins, track->n - 1);
}

/* ---- both */

static void compare_holds(const struct twins *twins)
{
    CU_ASSERT_EQUAL_FATAL(twins->analysis.holds_n, twins->holds_n);
    for (size_t i = 0; i < twins->holds_n; i++) {
        const struct plumb_hold *now = &twins->holds[i], *then = &twins->analysis.holds[i].hold;
        CU_ASSERT_DOUBLE_EQUAL(now->in_zone_s, then->in_zone_s, APART_S);
        CU_ASSERT_EQUAL(now->excursions, then->excursions);
    }
}

static void play(struct twins *twins, double (*tilt_deg)(double t_s), wish_fn *wish)
{
    struct plumb_analysis_params params;
    memset(twins, 0, sizeof *twins);
    lying_make(&twins->lying, LENGTH_S, RATE_HZ, tilt_deg, NULL);
    make_exercise(&twins->exercise);
    live(twins, wish);
    plumb_analysis_params_default(&params);
    params.exercise = &twins->exercise;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(&twins->analysis, &params, &twins->lying.track, twins->marks, twins->marks_n), 0);
    compare_holds(twins);
}

static void end(struct twins *twins)
{
    plumb_analysis_free(&twins->analysis);
    free(twins->session);
    lying_free(&twins->lying);
}

/* ---- who moves, when */

/* size_deg from from_s to to_s, a second to get there and a second back. */
static double plateau_deg(double t_s, double from_s, double to_s, double size_deg)
{
    double in = fmin(t_s - from_s, to_s - t_s);
    return in <= 0 ? 0 : in >= 1 ? size_deg : size_deg * 0.5 * (1 - cos(in * PLUMB_PI));
}

static double breathing_deg(double t_s)
{
    return 0.4 * sin(1.5 * t_s);
}

static double moves_in_neutral(double t_s)
{
    return breathing_deg(t_s) + plateau_deg(t_s, 5, 11, 9) + plateau_deg(t_s, 40, 52, 6.5);
}

static void test_neutral_begun_anew_is_the_same_neutral_afterwards(void)
{
    struct twins twins;
    play(&twins, moves_in_neutral, NULL);
    const struct plumb_neutral *now = &twins.session->prepare.neutral, *then = &twins.analysis.neutral;
    CU_ASSERT(now->start_s > 9);
    CU_ASSERT_DOUBLE_EQUAL(now->start_s, then->start_s, 0.1);
    CU_ASSERT_DOUBLE_EQUAL(now->end_s, then->end_s, 0.1);
    CU_ASSERT_DOUBLE_EQUAL(now->breath_pp_rad, then->breath_pp_rad, 0.2 * PLUMB_RAD_PER_DEG);
    CU_ASSERT_EQUAL_FATAL(twins.holds_n, 1);
    CU_ASSERT_EQUAL(twins.holds[0].excursions, 1); /* 6.5 deg from where neutral really was */
    end(&twins);
}

/* 3 deg forward from 25 to 45 s, while a new neutral is asked for; then back, and 6.5 deg forward. */
static double leans_for_a_while(double t_s)
{
    return breathing_deg(t_s) + plateau_deg(t_s, 25, 45, 3) + plateau_deg(t_s, 60, 70, 6.5);
}

static void take_back(struct twins *twins, double t_s)
{
    if (twins->wishes_n == 0 && t_s > 27)
        twins->wishes_n += plumb_session_neutral_again(twins->session);
    if (twins->wishes_n == 1 && t_s > 42)
        twins->wishes_n += plumb_session_neutral_undo(twins->session);
}

static void test_a_neutral_taken_back_governs_nothing(void)
{
    struct twins twins;
    play(&twins, leans_for_a_while, take_back);
    CU_ASSERT_EQUAL(twins.wishes_n, 2);
    CU_ASSERT_EQUAL_FATAL(twins.holds_n, 3);
    CU_ASSERT_EQUAL(twins.holds[2].excursions, 1);
    end(&twins);
}

static void leave_early(struct twins *twins, double t_s)
{
    if (twins->wishes_n == 0 && t_s > 27)
        twins->wishes_n += plumb_session_neutral_again(twins->session);
    if (twins->wishes_n == 1 && t_s > 30) {
        plumb_session_skip(twins->session);
        twins->wishes_n = 2;
    }
}

static void test_a_neutral_left_early_governs_nothing(void)
{
    struct twins twins;
    play(&twins, leans_for_a_while, leave_early);
    CU_ASSERT_EQUAL(twins.wishes_n, 2);
    CU_ASSERT_EQUAL_FATAL(twins.holds_n, 2);
    CU_ASSERT_EQUAL(twins.holds[1].excursions, 1);
    end(&twins);
}

static void ask_again(struct twins *twins, double t_s)
{
    if (twins->wishes_n == 0 && t_s > 27)
        twins->wishes_n += plumb_session_neutral_again(twins->session);
}

static void test_a_new_neutral_governs_what_follows_it(void)
{
    struct twins twins;
    play(&twins, leans_for_a_while, ask_again);
    CU_ASSERT_EQUAL_FATAL(twins.holds_n, 2);
    CU_ASSERT_EQUAL(twins.holds[1].excursions, 0); /* 6.5 deg are 3.5 from there */
    end(&twins);
}

/* 6.5 deg forward in the rest, and once behind it. */
static double rests(double t_s)
{
    return breathing_deg(t_s) + plateau_deg(t_s, 30, 45, 6.5) + plateau_deg(t_s, 60, 70, 6.5);
}

static void rest_for_pain(struct twins *twins, double t_s)
{
    if (twins->wishes_n == 0 && t_s > 27)
        plumb_session_pain(twins->session, PLUMB_PAIN_BACK);
    if (twins->wishes_n == 1 && t_s > 35)
        plumb_session_pain(twins->session, PLUMB_PAIN_KNEE);
    if (twins->wishes_n == 2 && t_s > 50)
        plumb_session_skip(twins->session);
    static const double next_s[] = {27, 35, 50, INFINITY};
    twins->wishes_n += t_s > next_s[twins->wishes_n];
}

static void test_a_rest_for_pain_counts_for_nothing(void)
{
    struct twins twins;
    play(&twins, rests, rest_for_pain);
    CU_ASSERT_EQUAL(twins.wishes_n, 3);
    CU_ASSERT_EQUAL_FATAL(twins.holds_n, 1);
    CU_ASSERT_EQUAL(twins.holds[0].excursions, 1);
    CU_ASSERT_DOUBLE_EQUAL(twins.holds[0].in_zone_s, plumb_hold_elapsed_s(&twins.holds[0]) - 23 - 8.6, 0.3);
    end(&twins);
}

/* Gets into the hold while the user's pause lasts: the pause is no part of it. */
static void pause_into_hold(struct twins *twins, double t_s)
{
    const struct plumb_step *step = plumb_session_step(twins->session);
    if (twins->wishes_n == 0 && step && step->kind == PLUMB_STEP_MOVE) {
        plumb_session_pause(twins->session, 1);
        plumb_session_skip(twins->session);
        twins->wishes_n = 1;
    }
    if (twins->wishes_n == 1 && t_s > 50) {
        plumb_session_pause(twins->session, 0);
        twins->wishes_n = 2;
    }
}

static void test_a_pause_before_a_hold_counts_for_nothing(void)
{
    struct twins twins;
    play(&twins, rests, pause_into_hold);
    CU_ASSERT_EQUAL(twins.wishes_n, 2);
    CU_ASSERT_EQUAL_FATAL(twins.holds_n, 1);
    CU_ASSERT_EQUAL(twins.holds[0].excursions, 1);
    CU_ASSERT_DOUBLE_EQUAL(twins.holds[0].in_zone_s, 30 - 8.6, 0.3);
    end(&twins);
}

/* Sits up and lies down again. */
static double gets_up(double t_s)
{
    double in = fmin(t_s - 30, 50 - t_s) / 3, up = in <= 0 ? 0 : in >= 1 ? 1 : 0.5 * (1 - cos(in * PLUMB_PI));
    return breathing_deg(t_s) + 70 * up;
}

static void test_getting_up_is_no_part_of_the_hold(void)
{
    struct twins twins;
    play(&twins, gets_up, NULL);
    CU_ASSERT_EQUAL_FATAL(twins.holds_n, 1);
    CU_ASSERT_EQUAL(twins.holds[0].excursions, 0);
    CU_ASSERT(twins.holds[0].worst_rad < 12 * PLUMB_RAD_PER_DEG);
    CU_ASSERT_DOUBLE_EQUAL(twins.holds[0].worst_rad, twins.analysis.holds[0].hold.worst_rad, 0.07);
    end(&twins);
}

int main(int argc, char **argv)
{
    CU_TestInfo tests[] = {
        {"neutral begun anew is the same neutral afterwards",
         test_neutral_begun_anew_is_the_same_neutral_afterwards},
        {"a neutral taken back governs nothing", test_a_neutral_taken_back_governs_nothing},
        {"a neutral left early governs nothing", test_a_neutral_left_early_governs_nothing},
        {"a rest for pain counts for nothing", test_a_rest_for_pain_counts_for_nothing},
        {"a pause before a hold counts for nothing", test_a_pause_before_a_hold_counts_for_nothing},
        {"getting up is no part of the hold", test_getting_up_is_no_part_of_the_hold},
        {"a new neutral governs what follows it", test_a_new_neutral_governs_what_follows_it},
        CU_TEST_INFO_NULL};
    return plumb_suite_run("twins", tests, argc, argv);
}
