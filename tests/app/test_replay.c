/* A session moment by moment: what a replay says of any moment is what the analysis found there. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/app/shared/replay.h"
#include "host/core/units.h"
#include "played.h"
#include "suite.h"

/* A stretch with lapses, and its replay. */
struct replayed {
    struct played *played;
    struct plumb_replay replay;
};

static struct replayed replayed_new(void)
{
    struct replayed replayed = {.played = play(MANNER_SLOPPY)};
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_replay_fill(&replayed.replay, &replayed.played->dossier, &message), 0);
    return replayed;
}

static void replayed_free(struct replayed *replayed)
{
    plumb_replay_free(&replayed->replay);
    unplay(replayed->played);
}

static void every_row_is_found_at_its_moment(void)
{
    struct replayed replayed = replayed_new();
    struct plumb_dossier_row row;
    struct plumb_message message = {""};
    size_t judged_n = 0;
    CU_ASSERT_EQUAL(plumb_dossier_rewind(&replayed.played->dossier, &message), 0);
    while (plumb_dossier_next(&replayed.played->dossier, &row, &message) > 0) {
        struct plumb_replay_at at =
            plumb_replay_look(&replayed.replay, row.sample.t_s - replayed.played->dossier.first_s);
        CU_ASSERT(at.known);
        CU_ASSERT(
            at.tilt_deg == row.angles.tilt_rad * PLUMB_DEG_PER_RAD ||
            (isnan(at.tilt_deg) && isnan(row.angles.tilt_rad)));
        CU_ASSERT_EQUAL(at.zone, row.zone);
        judged_n += row.zone != PLUMB_OFF;
    }
    CU_ASSERT(judged_n > 1000);
    replayed_free(&replayed);
}

static void a_hold_is_named_and_its_flags_are_told(void)
{
    struct replayed replayed = replayed_new();
    const struct plumb_replay *replay = &replayed.replay;
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
    replayed_free(&replayed);
}

static void getting_ready_is_named_and_never_judged(void)
{
    struct replayed replayed = replayed_new();
    const struct plumb_replay *replay = &replayed.replay;
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
    replayed_free(&replayed);
}

static void beyond_the_rows_nothing_is_known(void)
{
    struct replayed replayed = replayed_new();
    char words[PLUMB_REPLAY_WORDS_N];
    struct plumb_replay_at at = plumb_replay_look(&replayed.replay, replayed.replay.end_s + 60);
    plumb_replay_words(words, &replayed.replay, &at);
    CU_ASSERT_FALSE(at.known);
    CU_ASSERT(isnan(at.tilt_deg));
    CU_ASSERT_PTR_NOT_NULL(strstr(words, "no data here"));
    CU_ASSERT_PTR_NULL(strstr(words, "degrees"));
    replayed_free(&replayed);
}

/* Whatever the window, its lowest and highest tilt are those of its rows. */
static void a_window_loses_no_extreme(void)
{
    struct replayed replayed = replayed_new();
    const struct plumb_replay *replay = &replayed.replay;
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
    replayed_free(&replayed);
}

static void moments_rise_and_are_of_what_happened(void)
{
    struct replayed replayed = replayed_new();
    const struct plumb_replay *replay = &replayed.replay;
    CU_ASSERT_EQUAL(replay->moments_n, replay->holds_n + replay->flags_n + replay->marks_n);
    for (size_t i = 1; i < replay->moments_n; i++)
        CU_ASSERT(replay->moments_s[i] >= replay->moments_s[i - 1]);
    replayed_free(&replayed);
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
