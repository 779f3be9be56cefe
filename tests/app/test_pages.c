/* What is handed to the pages: moments in words, weeks that begin on Monday where the session was, sums that
 * are those of the sessions. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "host/app/shared/page_fill.h"
#include "host/app/shared/patient_fill.h"
#include "host/app/shared/when_words.h"
#include "host/core/units.h"
#include "played.h"
#include "suite.h"

#define S_US   INT64_C(1000000)
#define DAY_US (86400 * S_US)
#define SUNDAY PLAYED_UTC_US

static void moments_read_as_the_users_clock_showed_them(void)
{
    char out[PLUMB_WHEN_ROOM];
    CU_ASSERT_STRING_EQUAL(
        plumb_when_words(out, NULL, SUNDAY, 3600), "Sunday 29 November 2026, 06:26 (UTC+01:00)");
    CU_ASSERT_STRING_EQUAL(
        plumb_when_words(out, NULL, SUNDAY, -12600), "Sunday 29 November 2026, 01:56 (UTC\u221203:30)");
    CU_ASSERT_STRING_EQUAL(
        plumb_when_words(out, NULL, SUNDAY, -6 * 3600), "Saturday 28 November 2026, 23:26 (UTC\u221206:00)");
    CU_ASSERT_STRING_EQUAL(plumb_when_iso(out, SUNDAY, 3600), "2026-11-29T06:26:02+01:00");
    CU_ASSERT_STRING_EQUAL(
        plumb_when_words(out, NULL, -1, 0), "Wednesday 31 December 1969, 23:59 (UTC+00:00)");
    CU_ASSERT_STRING_EQUAL(plumb_when_day_words(out, NULL, 19782), "29 Feb 2024");
    CU_ASSERT_STRING_EQUAL(plumb_when_day_short(out, NULL, 0), "1 Jan");
}

static void weeks_begin_on_monday(void)
{
    int64_t sunday = plumb_when_day(SUNDAY, 3600);
    CU_ASSERT_EQUAL(plumb_when_monday(sunday), sunday - 6);
    CU_ASSERT_EQUAL(plumb_when_monday(sunday - 6), sunday - 6);
    CU_ASSERT_EQUAL(plumb_when_monday(sunday + 1), sunday + 1);
    CU_ASSERT_EQUAL(plumb_when_monday(-1), -3); /* 1969-12-31, a Wednesday */
}

/* ---- a patient's page */

static struct plumb_store_session
session(int64_t begun_utc_us, const char *exercise, double left_s, double right_s, double worst_deg)
{
    struct plumb_store_session session = {
        .begun_utc_us = begun_utc_us,
        .utc_offset_s = 3600,
        .derived = 1,
        .in_zone_s = {left_s, right_s},
        .worst_rad = {worst_deg * PLUMB_RAD_PER_DEG, worst_deg * PLUMB_RAD_PER_DEG},
        .holds_n = {isnan(left_s) ? 0 : 2, isnan(right_s) ? 0 : 3},
        .excursions = {1, 2}};
    strcpy(session.exercise, exercise);
    strcpy(session.exercise_name, exercise);
    session.exercise_name[0] = (char)(session.exercise_name[0] - 'a' + 'A');
    return session;
}

static void about(void *context, const char *exercise, struct plumb_patient_ask_exercise *about)
{
    (void)context;
    if (strcmp(exercise, "lunge") == 0)
        about->week_s = 180;
}

static void a_patients_sums_are_those_of_the_sessions(void)
{
    const struct plumb_store_session sessions[] = {
        session(SUNDAY, "lunge", 30, 20, 6),
        session(SUNDAY - 3 * S_US * 3600, "lunge", NAN, 25, 9), /* the same day */
        session(SUNDAY - 6 * DAY_US, "lunge", 40, NAN, 4),      /* Monday of the same week */
        session(SUNDAY - 7 * DAY_US, "frog", NAN, NAN, NAN),
        session(SUNDAY - 55 * DAY_US, "lunge", 50, 51, 3),    /* the first Monday */
        session(SUNDAY - 56 * DAY_US, "lunge", 500, 500, 30), /* the Sunday before */
    };
    const struct plumb_dossier_patient patient = {.alias = "Anna", .code = "P-17", .birth_year = 1984};
    const struct plumb_patient_ask ask = {&patient, sessions, 6, about, NULL, "plumb 0.1.0", NULL};
    struct plumb_patient_fill *fill = malloc(sizeof *fill);
    plumb_patient_fill(fill, &ask);
    const struct plumb_patient_page *page = &fill->page;
    CU_ASSERT_STRING_EQUAL(page->period, "Eight weeks, 5 Oct to 29 Nov 2026");
    CU_ASSERT_STRING_EQUAL(page->who_more, "code P-17, born 1984");
    CU_ASSERT_STRING_EQUAL(page->figures[0].value, "5");
    CU_ASSERT_STRING_EQUAL(page->figures[1].value, "4");
    CU_ASSERT_STRING_EQUAL(page->figures[2].value, "216 s");
    CU_ASSERT_EQUAL(page->sessions[55], 2);
    CU_ASSERT_EQUAL(page->sessions[0], 1);
    CU_ASSERT_EQUAL_FATAL(page->exercises_n, 2);
    const struct plumb_patient_exercise *lunge = &page->exercises[0];
    CU_ASSERT_STRING_EQUAL(lunge->name, "Lunge");
    CU_ASSERT_EQUAL(lunge->sessions_n, 4);
    CU_ASSERT_EQUAL(lunge->weeks.asked_s, 180);
    CU_ASSERT_EQUAL(lunge->weeks.bars[7].in_zone_s[0], 70);
    CU_ASSERT_EQUAL(lunge->weeks.bars[7].in_zone_s[1], 45);
    CU_ASSERT_EQUAL(lunge->weeks.bars[0].in_zone_s[1], 51);
    CU_ASSERT_EQUAL(lunge->sides[0].holds_n, 6);
    CU_ASSERT_DOUBLE_EQUAL(lunge->sides[1].worst_deg, 9, 1e-9);
    CU_ASSERT_EQUAL(page->exercises[1].weeks.bars_n, 0);
    free(fill);
}

static void without_sessions_a_patients_page_says_so(void)
{
    const struct plumb_dossier_patient patient = {.alias = "me"};
    const struct plumb_patient_ask ask = {.patient = &patient};
    struct plumb_patient_fill *fill = malloc(sizeof *fill);
    struct plumb_scene scene;
    plumb_patient_fill(fill, &ask);
    CU_ASSERT_STRING_EQUAL(fill->page.summary[0], "No session is on record.");
    plumb_scene_init(&scene, 595, 842);
    CU_ASSERT_EQUAL(plumb_patient_page_draw(&scene, &fill->page), 0);
    plumb_scene_free(&scene);
    free(fill);
}

/* ---- a session's page, of a stretch that was really played */

static void a_session_stands_in_its_week_and_is_summed_up(void)
{
    struct plumb_page_fill *fill = malloc(sizeof *fill);
    struct plumb_message message = {""};
    const struct plumb_page_past past[] = {
        {SUNDAY, 3600, {NAN, 58}},
        {SUNDAY - 6 * DAY_US, 3600, {NAN, 12}},
        {SUNDAY - 56 * DAY_US, 3600, {NAN, 99}}};
    struct played *played = play(MANNER_SLOPPY);
    struct plumb_page_ask ask = {.dossier = &played->dossier, .past = past, .past_n = 3, .program = "plumb"};
    CU_ASSERT_EQUAL_FATAL(plumb_page_fill(fill, &ask, &message), 0);
    const struct plumb_page *page = &fill->page;
    double in_zone_s = 0;
    for (size_t i = 0; i < played->dossier.holds_n; i++)
        in_zone_s += played->dossier.holds[i].hold.in_zone_s;
    CU_ASSERT_EQUAL(page->holds_n, 2);
    CU_ASSERT_EQUAL(page->sides[PLUMB_LEFT].holds_n, 0);
    CU_ASSERT_DOUBLE_EQUAL(page->sides[PLUMB_RIGHT].in_zone_s, in_zone_s, 1e-9);
    CU_ASSERT_EQUAL(page->sides[PLUMB_RIGHT].asked_s, 60); /* as the exercise asks */
    CU_ASSERT_EQUAL(page->weeks.bars[7].in_zone_s[1], 70);
    CU_ASSERT_EQUAL(page->weeks.bars[0].in_zone_s[1], 0); /* the week before the first is not this one */
    CU_ASSERT_PTR_NULL(page->weeks.side_word[PLUMB_LEFT]);
    CU_ASSERT_STRING_EQUAL(page->weeks.bars[0].label, "5 Oct");
    CU_ASSERT_STRING_EQUAL(page->when, "Sunday 29 November 2026, 06:26 (UTC+01:00)");
    CU_ASSERT_DOUBLE_EQUAL(fill->doubt.sum_s, played->dossier.doubt_s, 1e-3);
    CU_ASSERT_EQUAL(page->trace->t_s[0], 0);
    plumb_page_fill_free(fill);
    free(fill);
    unplay(played);
}

static CU_TestInfo tests[] = {
    {"moments_read_as_the_users_clock_showed_them", moments_read_as_the_users_clock_showed_them},
    {"weeks_begin_on_monday", weeks_begin_on_monday},
    {"a_patients_sums_are_those_of_the_sessions", a_patients_sums_are_those_of_the_sessions},
    {"without_sessions_a_patients_page_says_so", without_sessions_a_patients_page_says_so},
    {"a_session_stands_in_its_week_and_is_summed_up", a_session_stands_in_its_week_and_is_summed_up},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("pages", tests, argc, argv);
}
