/* The page as a list: what it says, that all of it stays on the sheet, apart and legible, and in an order
 * that can be heard. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "host/view/palette.h"
#include "host/view/target.h"
#include "layout.h"
#include "pages.h"
#include "suite.h"

static struct plumb_scene drawn(const struct plumb_page *page, enum plumb_paper paper)
{
    struct plumb_scene scene;
    plumb_scene_init(&scene, plumb_paper_width_pt(paper), plumb_paper_height_pt(paper));
    CU_ASSERT_EQUAL(plumb_page_draw(&scene, page), 0);
    return scene;
}

static void every_page_stays_on_its_sheet_apart_and_legible(void)
{
    for (int kind = 0; kind < PAGE_KINDS_N; kind++)
        for (int paper = 0; paper < PLUMB_PAPERS_N; paper++) {
            struct page_example example;
            page_example_make(&example, (enum page_kind)kind, 128, 50);
            struct plumb_scene scene = drawn(&example.page, (enum plumb_paper)paper);
            CU_ASSERT_EQUAL(scene.width_pt, plumb_paper_width_pt((enum plumb_paper)paper));
            layout_check(&scene);
            plumb_scene_free(&scene);
            page_example_free(&example);
        }
}

static void check_says(const struct plumb_scene *scene, const char *const *words, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (!says(scene, words[i])) {
            printf("  not said: \"%s\"\n", words[i]);
            CU_FAIL("the page lacks a text");
        }
}

static void a_page_says_who_when_what_and_how_sure(void)
{
    static const char *const words[] = {
        "Edge-of-table hip flexor stretch (Level Two)",
        "Left and right side, lying on your back",
        "Anna",
        "Sunday 29 November 2026, 06:26 (UTC+01:00)",
        "85.6 s",
        "Left: more seconds in the zone than four weeks ago. Right: no clear change.",
        "Holds, left",
        "Holds, right",
        "172.8 s",
        "170.4 s",
        "In the zone, week by week, seconds",
        "asked: 270 s a week and side",
        "23 Nov",
        "358",
        "Left against right",
        "farthest forward",
        "The body",
        "0.12\u00b0 rms within the holds",
        "good, from the wearer's tilts, 97 % about one axis",
        "Knee a little stiff today, no pain. Second pillow under the head.",
        "For exercise and learning, not a medical device. Limits chosen by you or your physiotherapist; no "
        "study "
        "says where control is lost.",
    };
    struct page_example example;
    page_example_make(&example, PAGE_SIDES, 128, 50);
    struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_A4);
    check_says(&scene, words, sizeof words / sizeof *words);
    CU_ASSERT_STRING_EQUAL(scene.date, "2026-11-29T06:26:02+01:00");
    CU_ASSERT_STRING_EQUAL(scene.title, "Edge-of-table hip flexor stretch (Level Two) \u00b7 Anna");
    plumb_scene_free(&scene);
    page_example_free(&example);
}

static void a_companion_has_neither_holds_nor_limits_to_show(void)
{
    struct page_example example;
    page_example_make(&example, PAGE_NONE, 128, 50);
    struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_LETTER);
    CU_ASSERT(says(&scene, "This exercise is counted and never judged: it has no holds."));
    CU_ASSERT(says(&scene, "recorded"));
    CU_ASSERT(!says(&scene, "Sum"));
    CU_ASSERT(!says(&scene, "Left against right"));
    plumb_scene_free(&scene);
    page_example_free(&example);
}

static void what_has_no_room_is_counted(void)
{
    struct page_example example;
    page_example_make(&example, PAGE_CROWD, 128, 50);
    struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_LETTER);
    int shown = 0, more = 0;
    for (size_t i = 0; i < scene.items_n; i++) {
        const char *text = plumb_scene_chars(&scene, &scene.items[i]);
        int n = 0;
        shown += scene.items[i].kind == PLUMB_ITEM_TEXT && strcmp(text, "45 s") == 0; /* asked, a row each */
        more += sscanf(text, "and %d more, in the sum", &n) == 1 ? n : 0;
    }
    CU_ASSERT(shown >= 6);
    CU_ASSERT_EQUAL(shown + more, PAGE_HOLDS_MOST);
    CU_ASSERT(says(&scene, "675 s")); /* fifteen a side */
    plumb_scene_free(&scene);
    page_example_free(&example);
}

#define DEPTH_MOST 8

/* Tags must lie in each other as PDF wants it, or Cairo refuses the file. */
static void parts_lie_in_each_other(void)
{
    for (int kind = 0; kind < PAGE_KINDS_N; kind++) {
        struct page_example example;
        const char *open[DEPTH_MOST];
        int depth = 0;
        page_example_make(&example, (enum page_kind)kind, 128, 50);
        struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_A4);
        for (size_t i = 0; i < scene.items_n; i++) {
            const struct plumb_item *item = &scene.items[i];
            const char *name = plumb_scene_chars(&scene, item);
            if (item->kind == PLUMB_ITEM_TAG) {
                CU_ASSERT_FATAL(depth < DEPTH_MOST);
                CU_ASSERT(strcmp(name, "TR") != 0 || strcmp(open[depth - 1], "Table") == 0);
                CU_ASSERT(
                    (strcmp(name, "TD") != 0 && strcmp(name, "TH") != 0) ||
                    strcmp(open[depth - 1], "TR") == 0);
                open[depth++] = name;
            }
            if (item->kind == PLUMB_ITEM_TEXT)
                CU_ASSERT(depth >= 2); /* in the document, in a part of it */
            if (item->kind == PLUMB_ITEM_UNTAG) {
                CU_ASSERT_FATAL(depth > 0);
                CU_ASSERT_STRING_EQUAL(open[--depth], name);
            }
        }
        CU_ASSERT_EQUAL(depth, 0);
        plumb_scene_free(&scene);
        page_example_free(&example);
    }
}

/* The bars measured with a ruler: each as high as its seconds, the first one known. */
static void bars_are_as_high_as_their_seconds(void)
{
    static const double left_s[] = {120, 212, 268, 270, 181, 240, 330, 358};
    struct page_example example;
    page_example_make(&example, PAGE_SIDES, 128, 50);
    struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_A4);
    double pt_a_second = 0;
    int n = 0, inside = 0;
    for (size_t i = 0; i < scene.items_n; i++) {
        const struct plumb_item *item = &scene.items[i];
        if (item->kind == PLUMB_ITEM_GROUP)
            inside = strcmp(plumb_scene_chars(&scene, item), "bars") == 0;
        if (!inside || item->kind != PLUMB_ITEM_RECT || item->colour != PLUMB_COLOUR_SIDE_LEFT ||
            item->w_pt < 7)
            continue;
        if (n == 0)
            pt_a_second = item->h_pt / left_s[0];
        CU_ASSERT(n < 8 && fabs(item->h_pt - left_s[n % 8] * pt_a_second) < 0.01);
        n++;
    }
    CU_ASSERT_EQUAL(n, 8);
    plumb_scene_free(&scene);
    page_example_free(&example);
}

static void numbers_that_are_none_do_no_harm(void)
{
    struct page_example example;
    page_example_make(&example, PAGE_SIDES, 128, 50);
    for (size_t i = 0; i < example.page.holds_n; i++)
        example.holds[i] = (struct plumb_page_hold){(int)(i % 2), NAN, INFINITY, -INFINITY, NAN,
                                                    4000000000u,  NAN, INFINITY, 1};
    for (int side = 0; side < 2; side++)
        example.page.sides[side] = (struct plumb_page_side){NULL, 4, 9, NAN, INFINITY, 1e300, -INFINITY, NAN};
    for (int i = 0; i < 8; i++)
        example.bars[i] = (struct plumb_page_bar){NULL, {INFINITY, NAN}};
    example.page.weeks.asked_s = INFINITY;
    example.page.who = "\xff\xfe broken";
    struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_A4);
    for (size_t i = 0; i < scene.items_n; i++)
        CU_ASSERT(fabs(scene.items[i].x_pt) < 2000 && fabs(scene.items[i].y_pt) < 2000);
    plumb_scene_free(&scene);
    page_example_free(&example);
}

static void an_hour_is_a_bounded_page(void)
{
    struct page_example example;
    page_example_make(&example, PAGE_SIDES, 3600, 200);
    struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_A4);
    CU_ASSERT(scene.items_n < 3000);
    CU_ASSERT(scene.points_n < 12000);
    plumb_scene_free(&scene);
    page_example_free(&example);
}

static void a_patient_has_one_sheet_however_many_exercises(void)
{
    for (size_t n = 0; n <= 9; n++)
        for (int paper = 0; paper < PLUMB_PAPERS_N; paper++) {
            struct patient_example example;
            struct plumb_scene scene;
            patient_example_make(&example, n);
            plumb_scene_init(
                &scene, plumb_paper_width_pt((enum plumb_paper)paper),
                plumb_paper_height_pt((enum plumb_paper)paper));
            CU_ASSERT_EQUAL(plumb_patient_page_draw(&scene, &example.page), 0);
            layout_check(&scene);
            CU_ASSERT_EQUAL(says(&scene, "Also practised: Frog (12), Butterfly (10), Crab walk (8)"), n == 9);
            plumb_scene_free(&scene);
        }
}

/* Without white space, which PDF readers set as they like. */
static char *squeezed(const char *text)
{
    char *out = calloc(strlen(text) + 1, 1), *to = out;
    for (const char *c = text; *c; c++)
        if (!strchr(" \n\r\t\f", *c))
            *to++ = *c;
    return out;
}

static char *text_of_pdf(const char *path)
{
    char command[800];
    snprintf(
        command, sizeof command, "pdftotext -raw %s - > %s.txt && qpdf --check %s > %s.log", path, path, path,
        path);
    CU_ASSERT_EQUAL(system(command), 0);
    snprintf(command, sizeof command, "%s.txt", path);
    size_t n;
    char *text = file_bytes(command, &n), *tight = squeezed(text ? text : "");
    free(text);
    return tight;
}

/* Whatever the page shows, somebody else's reader finds it in the file. */
static void every_text_is_found_in_the_pdf(void)
{
    static const enum page_kind kinds[] = {PAGE_SIDES, PAGE_CROWD};
    struct folder folder;
    char path[128];
    folder_make(&folder);
    for (int k = 0; k < 2; k++) {
        struct page_example example;
        struct plumb_message message = {""};
        page_example_make(&example, kinds[k], 128, 50);
        struct plumb_scene scene = drawn(&example.page, PLUMB_PAPER_A4);
        folder_file(&folder, "page.pdf", path);
        CU_ASSERT_EQUAL(plumb_render(&scene, path, PLUMB_FORMAT_PDF, 1, &message), 0);
        char *found = text_of_pdf(path);
        CU_ASSERT(strlen(found) > 800);
        for (size_t i = 0; i < scene.items_n; i++) {
            char *wanted = squeezed(plumb_scene_chars(&scene, &scene.items[i]));
            if (scene.items[i].kind == PLUMB_ITEM_TEXT && !strstr(found, wanted)) {
                printf("  not in the PDF: \"%s\"\n", wanted);
                CU_FAIL("a text of the page is not in the file");
            }
            free(wanted);
        }
        free(found);
        plumb_scene_free(&scene);
        page_example_free(&example);
    }
    folder_remove(&folder);
}

static CU_TestInfo tests[] = {
    {"every_page_stays_on_its_sheet_apart_and_legible", every_page_stays_on_its_sheet_apart_and_legible},
    {"a_page_says_who_when_what_and_how_sure", a_page_says_who_when_what_and_how_sure},
    {"a_companion_has_neither_holds_nor_limits_to_show", a_companion_has_neither_holds_nor_limits_to_show},
    {"what_has_no_room_is_counted", what_has_no_room_is_counted},
    {"parts_lie_in_each_other", parts_lie_in_each_other},
    {"bars_are_as_high_as_their_seconds", bars_are_as_high_as_their_seconds},
    {"numbers_that_are_none_do_no_harm", numbers_that_are_none_do_no_harm},
    {"an_hour_is_a_bounded_page", an_hour_is_a_bounded_page},
    {"a_patient_has_one_sheet_however_many_exercises", a_patient_has_one_sheet_however_many_exercises},
    {"every_text_is_found_in_the_pdf", every_text_is_found_in_the_pdf},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("page", tests, argc, argv);
}
