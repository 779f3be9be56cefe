/* A session moment by moment: what a replay says of any moment is what the analysis found there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/app/shared/replay.h"
#include "host/core/units.h"
#include "host/io/load_exercise.h"
#include "host/session/analysis.h"
#include "rehearsal.h"
#include "suite.h"

/* A stretch that was really played, with lapses, as a dossier and as a replay. */
struct played {
    struct plumb_exercise exercise;
    struct rehearsal rehearsal;
    struct plumb_analysis analysis;
    struct plumb_dossier dossier;
    struct plumb_replay replay;
};

static struct played *play(void)
{
    struct played *played = calloc(1, sizeof *played);
    struct plumb_message message = {""};
    struct plumb_analysis_params params;
    CU_ASSERT_PTR_NOT_NULL_FATAL(played);
    CU_ASSERT_EQUAL_FATAL(
        plumb_exercise_load(
            &played->exercise, PLUMB_SOURCE_DIR "/host/exercises/supine-edge.exercise", &message),
        0);
    rehearse(&played->rehearsal, &played->exercise, MANNER_SLOPPY, 0, 600, NULL);
    plumb_analysis_params_default(&params);
    params.exercise = &played->exercise;
    params.side = PLUMB_RIGHT;
    struct rehearsal *rehearsal = &played->rehearsal;
    CU_ASSERT_EQUAL_FATAL(
        plumb_analyze(&played->analysis, &params, &rehearsal->track, rehearsal->marks, rehearsal->marks_n),
        0);
    CU_ASSERT_EQUAL_FATAL(
        plumb_dossier_of_analysis(
            &played->dossier, &played->analysis, &params, &rehearsal->track, rehearsal->marks,
            rehearsal->marks_n),
        0);
    strcpy(played->dossier.patient.alias, "Anna");
    CU_ASSERT_EQUAL_FATAL(plumb_replay_fill(&played->replay, &played->dossier, &message), 0);
    return played;
}

static void unplay(struct played *played)
{
    plumb_replay_free(&played->replay);
    plumb_dossier_free(&played->dossier);
    plumb_analysis_free(&played->analysis);
    rehearsal_free(&played->rehearsal);
    free(played);
}

static void every_row_is_found_at_its_moment(void)
{
    struct played *played = play();
    struct plumb_dossier_row row;
    struct plumb_message message = {""};
    size_t judged_n = 0;
    CU_ASSERT_EQUAL(plumb_dossier_rewind(&played->dossier, &message), 0);
    while (plumb_dossier_next(&played->dossier, &row, &message) > 0) {
        struct plumb_replay_at at =
            plumb_replay_look(&played->replay, row.sample.t_s - played->dossier.first_s);
        CU_ASSERT(at.known);
        CU_ASSERT(
            at.tilt_deg == row.angles.tilt_rad * PLUMB_DEG_PER_RAD ||
            (isnan(at.tilt_deg) && isnan(row.angles.tilt_rad)));
        CU_ASSERT_EQUAL(at.zone, row.zone);
        judged_n += row.zone != PLUMB_OFF;
    }
    CU_ASSERT(judged_n > 1000);
    unplay(played);
}

static void a_hold_is_named_and_its_flags_are_told(void)
{
    struct played *played = play();
    const struct plumb_replay *replay = &played->replay;
    char words[PLUMB_REPLAY_WORDS_N], flags[PLUMB_REPLAY_WORDS_N], wanted[64];
    CU_ASSERT_FATAL(replay->holds_n == 2 && replay->flags_n > 0);
    struct plumb_replay_at at = plumb_replay_look(replay, replay->spans[1].begin_s + 0.01);
    plumb_replay_words(words, replay, &at);
    int second = (int)(replay->spans[1].begin_s + 0.01);
    snprintf(wanted, sizeof wanted, "%d:%02d, hold 2, right, ", second / 60, second % 60);
    CU_ASSERT_EQUAL(strncmp(words, wanted, strlen(wanted)), 0);
    snprintf(wanted, sizeof wanted, ", %.1f degrees ", fabs(at.tilt_deg));
    CU_ASSERT_PTR_NOT_NULL(strstr(words, wanted));
    double raised_s = replay->flags[0].start_s;
    plumb_replay_flag_words(flags, replay, raised_s + 0.01);
    CU_ASSERT_PTR_NOT_NULL(strstr(flags, plumb_flag_words(replay->flags[0].kind)));
    CU_ASSERT_PTR_NOT_NULL(strstr(flags, "degrees at most"));
    at = plumb_replay_look(replay, raised_s + 0.01);
    CU_ASSERT_STRING_EQUAL(plumb_replay_zone_words(&at), "out of the set zone");
    unplay(played);
}

static void getting_ready_is_named_and_never_judged(void)
{
    struct played *played = play();
    const struct plumb_replay *replay = &played->replay;
    char words[PLUMB_REPLAY_WORDS_N];
    int seen_n = 0;
    for (size_t i = 0; i < replay->phases_n; i++) {
        struct plumb_replay_at at = plumb_replay_look(replay, replay->phases[i].span.begin_s);
        plumb_replay_words(words, replay, &at);
        CU_ASSERT_PTR_NOT_NULL(strstr(words, replay->phases[i].words));
        CU_ASSERT_PTR_NOT_NULL(strstr(words, "not judged"));
        CU_ASSERT(replay->phases[i].span.end_s < replay->end_s); /* each was ended by its marker */
        seen_n++;
    }
    CU_ASSERT(seen_n >= 3);
    unplay(played);
}

static void beyond_the_rows_nothing_is_known(void)
{
    struct played *played = play();
    char words[PLUMB_REPLAY_WORDS_N];
    struct plumb_replay_at at = plumb_replay_look(&played->replay, played->replay.end_s + 60);
    plumb_replay_words(words, &played->replay, &at);
    CU_ASSERT_FALSE(at.known);
    CU_ASSERT(isnan(at.tilt_deg));
    CU_ASSERT_PTR_NOT_NULL(strstr(words, "no data here"));
    CU_ASSERT_PTR_NULL(strstr(words, "degrees"));
    unplay(played);
}

/* Whatever the window, its lowest and highest tilt are those of its rows. */
static void a_window_loses_no_extreme(void)
{
    struct played *played = play();
    const struct plumb_replay *replay = &played->replay;
    const struct plumb_trace_chart *chart = &replay->rows.chart;
    static struct plumb_trail trail;
    const double spans_s[] = {5, 30, replay->end_s / 2};
    for (int k = 0; k < 3; k++) {
        double from_s = replay->end_s / 3, to_s = from_s + spans_s[k], low = INFINITY, high = -INFINITY;
        struct plumb_stretch all;
        plumb_replay_window(replay, from_s, to_s, &trail);
        for (size_t i = 0; i < chart->n; i++)
            if (chart->t_s[i] >= from_s && chart->t_s[i] <= to_s) {
                low = fmin(low, chart->tilt_deg[i]);
                high = fmax(high, chart->tilt_deg[i]);
            }
        CU_ASSERT_FATAL(plumb_trail_merged(&trail, trail.oldest, PLUMB_TRAIL_N, &all));
        CU_ASSERT(fmin(all.first, all.last) <= low && fmax(all.first, all.last) >= high);
        CU_ASSERT(all.begin_s > from_s - 0.1 && all.end_s < to_s + 0.1);
    }
    unplay(played);
}

static void moments_rise_and_are_of_what_happened(void)
{
    struct played *played = play();
    const struct plumb_replay *replay = &played->replay;
    CU_ASSERT_EQUAL(replay->moments_n, replay->holds_n + replay->flags_n + replay->marks_n);
    for (size_t i = 1; i < replay->moments_n; i++)
        CU_ASSERT(replay->moments_s[i] >= replay->moments_s[i - 1]);
    unplay(played);
}

static CU_TestInfo tests[] = {
    {"every_row_is_found_at_its_moment", every_row_is_found_at_its_moment},
    {"a_hold_is_named_and_its_flags_are_told", a_hold_is_named_and_its_flags_are_told},
    {"getting_ready_is_named_and_never_judged", getting_ready_is_named_and_never_judged},
    {"beyond_the_rows_nothing_is_known", beyond_the_rows_nothing_is_known},
    {"a_window_loses_no_extreme", a_window_loses_no_extreme},
    {"moments_rise_and_are_of_what_happened", moments_rise_and_are_of_what_happened},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("replay", tests, argc, argv);
}
