/* Pages in other tongues: every word of theirs comes through the tongue that is handed in, and the German
 * ones have their room. */
#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "host/app/shared/calib_said.h"
#include "host/app/shared/catalogue.h"
#include "host/app/shared/failure_said.h"
#include "host/core/calib_words.h"
#include "host/core/said.h"
#include "host/core/sentence.h"
#include "host/io/message_fail.h"
#include "page_samples.h"
#include "suite.h"
#include "view/layout.h"

/* ---- a tongue that nobody speaks: each word in brackets */

#define LENT_N 600

/* What was said stays as long as the program, as gettext's does. */
static const char *lend(const char *text)
{
    static char *lent[LENT_N];
    char marked[700];
    int at = 0;
    snprintf(marked, sizeof marked, "<%s>", text);
    while (at < LENT_N && lent[at] && strcmp(lent[at], marked) != 0)
        at++;
    CU_ASSERT_FATAL(at < LENT_N);
    if (!lent[at])
        lent[at] = strdup(marked);
    return lent[at];
}

static int has_letter(const char *text)
{
    for (; *text; text++)
        if (isalpha((unsigned char)*text))
            return 1;
    return 0;
}

static const char *bracketed(const char *text)
{
    return has_letter(text) ? lend(text) : text;
}

static const char *bracketed_of(const char *one, const char *many, unsigned long n)
{
    return bracketed(n == 1 ? one : many);
}

static const struct plumb_tongue BRACKETS = {NULL, bracketed, bracketed_of};

/* Names and units have no language. */
static int is_name(const char *word, size_t n)
{
    static const char *const names[] = {"s", "P", "Anna", "plumb", "MPU", "f", "a"};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++)
        if (strlen(names[i]) == n && strncmp(names[i], word, n) == 0)
            return 1;
    return 0;
}

/* The brackets of one paragraph may open in one line and close in another. */
static void check_all_bracketed(const struct plumb_scene *scene)
{
    int depth = 0;
    for (size_t i = 0; i < scene->items_n; i++) {
        const char *text = plumb_scene_chars(scene, &scene->items[i]);
        for (const char *c = text; scene->items[i].kind == PLUMB_ITEM_TEXT && *c; c++) {
            size_t n = 0;
            depth += (*c == '<') - (*c == '>');
            while (isalpha((unsigned char)c[n]))
                n++;
            if (n && depth == 0 && !is_name(c, n)) {
                printf("  \"%s\" was not asked of the tongue\n", text);
                CU_FAIL("a word that has no translation");
            }
            c += n ? n - 1 : 0;
        }
    }
    CU_ASSERT_EQUAL(depth, 0);
}

/* ---- every page, on every paper */

static void draw_all(const struct plumb_tongue *tongue, void (*check)(const struct plumb_scene *scene))
{
    for (int which = 0; which < PAGE_SAMPLES_N; which++) {
        struct page_sampled *sampled = page_sample_make((enum page_sample)which, tongue);
        for (int paper = 0; paper < PLUMB_PAPERS_N; paper++) {
            struct plumb_scene scene;
            plumb_scene_init(
                &scene, plumb_paper_width_pt((enum plumb_paper)paper),
                plumb_paper_height_pt((enum plumb_paper)paper));
            CU_ASSERT_EQUAL(plumb_page_draw(&scene, &sampled->fill.page), 0);
            check(&scene);
            plumb_scene_free(&scene);
        }
        page_sample_free(sampled);
    }
}

static void draw_patients(const struct plumb_tongue *tongue, void (*check)(const struct plumb_scene *scene))
{
    static const size_t sessions_n[] = {0, 1, 60};
    for (int i = 0; i < 3; i++) {
        struct patient_sampled *sampled = patient_sample_make(sessions_n[i], tongue);
        for (int paper = 0; paper < PLUMB_PAPERS_N; paper++) {
            struct plumb_scene scene;
            plumb_scene_init(
                &scene, plumb_paper_width_pt((enum plumb_paper)paper),
                plumb_paper_height_pt((enum plumb_paper)paper));
            CU_ASSERT_EQUAL(plumb_patient_page_draw(&scene, &sampled->fill.page), 0);
            check(&scene);
            plumb_scene_free(&scene);
        }
        free(sampled);
    }
}

/* The picture on a sheet of its own, with every flag or with nothing. */
static void draw_traces(const struct plumb_tongue *tongue, void (*check)(const struct plumb_scene *scene))
{
    static const enum page_sample which[] = {SAMPLE_ONE_SIDE, SAMPLE_BOTH, SAMPLE_COUNTED, SAMPLE_NO_HOLD};
    for (int i = 0; i < 4; i++) {
        struct page_sampled *sampled = page_sample_make(which[i], tongue);
        struct plumb_trace_chart chart = sampled->fill.trace.chart;
        struct plumb_scene scene;
        chart.tongue = tongue;
        plumb_scene_init(&scene, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
        CU_ASSERT_EQUAL(plumb_trace_chart_draw(&scene, &chart), 0);
        check(&scene);
        chart.n = i % 2 ? 0 : chart.n;
        chart.hip_deg = chart.lumbar_deg = chart.rotation_deg = chart.obliquity_deg = chart.tilt_sd_deg;
        CU_ASSERT_EQUAL(plumb_trace_chart_draw(&scene, &chart), 0);
        check(&scene);
        plumb_scene_free(&scene);
        page_sample_free(sampled);
    }
}

static void every_word_of_every_page_is_asked_of_the_tongue(void)
{
    draw_all(&BRACKETS, check_all_bracketed);
    draw_patients(&BRACKETS, check_all_bracketed);
    draw_traces(&BRACKETS, check_all_bracketed);
}

static void check_room(const struct plumb_scene *scene)
{
    layout_check(scene);
    layout_check_uncut(scene);
}

static void english_has_its_room(void)
{
    draw_all(NULL, check_room);
    draw_patients(NULL, check_room);
    draw_traces(NULL, check_room);
}

static void german_has_its_room(void)
{
    struct plumb_tongue german;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL_FATAL(plumb_catalogue_use("de", &german, &message), 0);
    CU_ASSERT_STRING_EQUAL_FATAL(plumb_said(&german, PLUMB_SAID("Left side")), "Linke Seite");
    draw_all(&german, check_room);
    draw_patients(&german, check_room);
    draw_traces(&german, check_room);
}

/* ---- what was kept in English */

static void every_sentence_about_a_calibration_is_found_again(void)
{
    struct plumb_tongue german;
    struct plumb_message message = {""};
    char kept[300], out[300];
    CU_ASSERT_EQUAL_FATAL(plumb_catalogue_use("de", &german, &message), 0);
    for (int words = 0; words < PLUMB_CALIB_WORDS_N; words++) {
        snprintf(
            kept, sizeof kept, plumb_calib_words((enum plumb_calib_words)words), "a, made on: b",
            "2026-03-14", "2026-03-15");
        CU_ASSERT_STRING_EQUAL(plumb_calib_said(out, sizeof out, kept, NULL), kept);
        CU_ASSERT_STRING_NOT_EQUAL(plumb_calib_said(out, sizeof out, kept, &german), kept);
    }
    CU_ASSERT_STRING_EQUAL(
        plumb_calib_said(
            out, sizeof out,
            "calibration from this computer: accelerometer measured on 2026-03-14, gyroscope not calibrated",
            &german),
        "Kalibrierung von diesem Computer: Beschleunigung gemessen am 2026-03-14, Drehrate nicht kalibriert");
    CU_ASSERT_STRING_EQUAL(
        plumb_calib_said(out, sizeof out, "100 %s of my own", &german), "100 %s of my own");
    CU_ASSERT_STRING_EQUAL(plumb_calib_said(out, sizeof out, "", &german), "");
}

/* ---- what failed in English */

static void check_said(const char *text, const char *wanted)
{
    struct plumb_tongue german;
    struct plumb_message message = {""};
    char out[400];
    CU_ASSERT_EQUAL_FATAL(plumb_catalogue_use("de", &german, &message), 0);
    CU_ASSERT_STRING_EQUAL(plumb_failure_said(out, sizeof out, text, &german), wanted);
    CU_ASSERT_STRING_EQUAL(plumb_failure_said(out, sizeof out, text, NULL), text);
}

static void a_failure_is_said_with_its_names_and_figures(void)
{
    struct plumb_message message = {""};
    plumb_message_fail(&message, PLUMB_FAILED, "%s: no such file", "/a: b/100 %s.csv");
    check_said(message.text, "/a: b/100 %s.csv: Diese Datei gibt es nicht");
    check_said(
        "there is no patient \"Left\" (plumb sessions lists them)",
        "Die Person \u201eLeft\u201c gibt es nicht (plumb sessions nennt alle)");
    check_said(
        "the clip did not come back within 60 s; what was recorded until then is kept",
        "Der Clip kam in 60 s nicht zur\u00fcck; das bis dahin Aufgezeichnete bleibt");
    check_said(
        "s.db: the disk is full; the session goes on, what was recorded until now is kept",
        "s.db: Der Datentr\u00e4ger ist voll; die Sitzung geht weiter, das bisher Aufgezeichnete bleibt");
    check_said(
        "p.pdf: the disk is full; nothing was written",
        "p.pdf: Der Datentr\u00e4ger ist voll; es wurde nichts geschrieben");
    check_said(
        "/dev/ttyUSB0: no permission; the group dialout has it: run `sudo usermod -aG dialout $USER`, then "
        "log out and in again",
        "/dev/ttyUSB0: keine Berechtigung; die Gruppe dialout hat sie: F\u00fchren Sie \u201esudo usermod "
        "-aG dialout $USER\u201c aus, melden Sie sich dann ab und wieder an");
    check_said("nobody wrote this: 100 %s", "nobody wrote this: 100 %s");
    check_said("", "");
}

static void a_sentence_too_long_is_cut(void)
{
    struct plumb_hole holes[PLUMB_HOLES_N] = {{"12345", 5}};
    char out[8];
    CU_ASSERT_STRING_EQUAL(plumb_sentence_fill(out, sizeof out, "a %.60s, %% b", holes), "a 12345");
    CU_ASSERT_STRING_EQUAL(plumb_sentence_fill(out, sizeof out, "123456\u00e4", holes), "123456");
    CU_ASSERT_EQUAL(plumb_sentence_find("%d %% of %lld", "5 % of x", holes), 6);
    CU_ASSERT_EQUAL(holes[1].n, 1);
    CU_ASSERT_EQUAL(plumb_sentence_find("%d %% of %lld", "5 of x", holes), -1);
    CU_ASSERT_EQUAL(plumb_sentence_find("whole", "whole thing", holes), -1);
    CU_ASSERT_EQUAL(plumb_sentence_find("whole thing", "whole", holes), -1);
}

/* ---- figures */

static void only_the_decimal_sign_of_a_figure_is_the_tongues(void)
{
    struct plumb_tongue german;
    struct plumb_message message = {""};
    char out[PLUMB_FIGURE_ROOM];
    CU_ASSERT_EQUAL_FATAL(plumb_catalogue_use("de", &german, &message), 0);
    CU_ASSERT_STRING_EQUAL(plumb_said_figure(out, &german, -12.34, 1, PLUMB_SIGN_ALWAYS), "\u221212,3");
    CU_ASSERT_STRING_EQUAL(plumb_said_figure(out, NULL, -12.34, 1, PLUMB_SIGN_ALWAYS), "\u221212.3");
    CU_ASSERT_STRING_EQUAL(plumb_said_figure(out, &german, 1234, 0, PLUMB_SIGN_MINUS), "1234");
    CU_ASSERT_STRING_EQUAL(plumb_said_clock(out, &german, 83.4, 1, 1), "1:23");
    CU_ASSERT_STRING_EQUAL(plumb_figure(out, 0.5, 1, PLUMB_SIGN_MINUS), "0.5");
}

static void a_language_that_is_not_there_is_refused(void)
{
    struct plumb_tongue tongue;
    struct plumb_message message = {""};
    CU_ASSERT_EQUAL(plumb_catalogue_use("../de", &tongue, &message), PLUMB_USAGE);
    CU_ASSERT_EQUAL(plumb_catalogue_use("", &tongue, &message), PLUMB_USAGE);
    CU_ASSERT_EQUAL(plumb_catalogue_use("tlh", &tongue, &message), PLUMB_USAGE);
    CU_ASSERT_PTR_NOT_NULL(strstr(message.text, "there are: en, de"));
    CU_ASSERT_EQUAL(plumb_catalogue_use("en", &tongue, &message), 0);
}

static CU_TestInfo tests[] = {
    {"every_word_of_every_page_is_asked_of_the_tongue", every_word_of_every_page_is_asked_of_the_tongue},
    {"a_language_that_is_not_there_is_refused", a_language_that_is_not_there_is_refused},
    {"english_has_its_room", english_has_its_room},
    {"german_has_its_room", german_has_its_room},
    {"every_sentence_about_a_calibration_is_found_again", every_sentence_about_a_calibration_is_found_again},
    {"a_failure_is_said_with_its_names_and_figures", a_failure_is_said_with_its_names_and_figures},
    {"a_sentence_too_long_is_cut", a_sentence_too_long_is_cut},
    {"only_the_decimal_sign_of_a_figure_is_the_tongues", only_the_decimal_sign_of_a_figure_is_the_tongues},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("pages_tongue", tests, argc, argv);
}
