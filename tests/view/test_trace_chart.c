/* The chart as a list: what it says in words and shapes, what it leaves blank, that nothing collides. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "host/view/palette.h"
#include "layout.h"
#include "session.h"
#include "suite.h"

static struct plumb_scene drawn(const struct plumb_trace_chart *chart, double width_pt, double height_pt)
{
    struct plumb_scene scene;
    plumb_scene_init(&scene, width_pt, height_pt);
    CU_ASSERT_EQUAL(plumb_trace_chart_draw(&scene, chart), 0);
    return scene;
}

static void a_session_says_how_far_and_how_long(void)
{
    struct session session;
    session_make(&session, 128, 200);
    struct plumb_scene scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    const char *const words[] = {
        "Supine edge, right side",
        "Clip: alignment good, 97 % of the movement explained",
        "41.8 s in zone of 45.0 s",
        "43.8 s in zone of 45.0 s",
        "85.6 s",
        "in zone of 90.0 s held",
        "1",
        "time out of zone",
        "+9.1\xc2\xb0",
        "Tipping forward",
        "Back arching",
        "inferred",
        "3.2 s, up to +9.1\xc2\xb0",
        "no data 1.2 s",
        "Rotation",
        "out of zone",
        "in zone",
        "For exercise and learning, not a medical device. Limits chosen by you or your physiotherapist.",
    };
    for (size_t i = 0; i < sizeof words / sizeof words[0]; i++)
        if (!says(&scene, words[i])) {
            printf("  missing: %s\n", words[i]);
            CU_FAIL("a word is missing");
        }
    CU_ASSERT(says(&scene, "cannot be seen in this pose")); /* obliquity, lying on the back */
    plumb_scene_free(&scene);
    session_free(&session);
}

/* 12.1 degrees of the lumbar curve are none of the tilt, on whose curve they stood. */
static void a_measured_arch_is_no_peak_of_the_tilt(void)
{
    struct session session;
    session_make(&session, 128, 200);
    session.flags[1].peak_deg = 12.1;
    session.flags[1].basis = "measured";
    session.chart.flags = session.flags + 1; /* the place is free */
    session.chart.flags_n = 2;
    struct plumb_scene scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    CU_ASSERT_FALSE(says(&scene, "+12.1\xc2\xb0"));
    CU_ASSERT(says(&scene, "3.2 s, up to +12.1\xc2\xb0"));
    plumb_scene_free(&scene);
    session_free(&session);
}

static void every_limit_in_force_is_printed(void)
{
    struct session session;
    session_make(&session, 128, 200);
    session.chart.limits.green_deg = 4;
    session.chart.limits.breath_pp_deg = 3;
    struct plumb_scene scene = drawn(&session.chart, 1684, 595);
    CU_ASSERT(says(
        &scene, "Limits in force: in zone within \xc2\xb1"
                "4.0\xc2\xb0, widened by breathing \xc2\xb7 out beyond +5.0\xc2\xb0 for 0.7 s "
                "\xc2\xb7 at once beyond +8.0\xc2\xb0 \xc2\xb7 back below +3.5\xc2\xb0 for 0.5 s "
                "\xc2\xb7 far back beyond \xe2\x88\x92"
                "8.0\xc2\xb0 \xc2\xb7 turning beyond \xc2\xb1"
                "8.0\xc2\xb0"));
    plumb_scene_free(&scene);
    session_free(&session);
}

static int lines_of(const struct plumb_scene *scene, plumb_colour colour)
{
    int n = 0;
    for (size_t i = 0; i < scene->items_n; i++)
        n += scene->items[i].kind == PLUMB_ITEM_POLYLINE && scene->items[i].colour == colour;
    return n;
}

/* Items between the group of this name and the next. */
static int items_in(const struct plumb_scene *scene, const char *group, enum plumb_item_kind kind)
{
    int n = 0, inside = 0;
    for (size_t i = 0; i < scene->items_n; i++) {
        const struct plumb_item *item = &scene->items[i];
        if (item->kind == PLUMB_ITEM_GROUP)
            inside = strcmp(plumb_scene_chars(scene, item), group) == 0;
        n += inside && item->kind == kind;
    }
    return n;
}

static void a_gap_is_never_crossed_by_the_line(void)
{
    struct session session;
    session_make(&session, 128, 200);
    session.chart.rotation_deg = NULL;
    struct plumb_scene scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    /* Blue: hold 1, hold 2 before the gap, hold 2 after it. */
    CU_ASSERT_EQUAL(lines_of(&scene, PLUMB_COLOUR_TRACE_BLUE), 3);
    double x0 = INFINITY, x1 = -INFINITY;
    for (size_t i = 0; i < scene.items_n; i++)
        if (scene.items[i].kind == PLUMB_ITEM_HATCH && scene.items[i].w_pt < 10) {
            x0 = fmin(x0, scene.items[i].x_pt);
            x1 = fmax(x1, scene.items[i].x_pt + scene.items[i].w_pt);
        }
    CU_ASSERT_FATAL(x1 > x0);
    for (size_t i = 0; i < scene.items_n; i++) {
        const struct plumb_item *item = &scene.items[i];
        for (size_t p = 0; item->kind == PLUMB_ITEM_POLYLINE && p < item->n; p++) {
            double x = scene.points[item->first + p].x_pt;
            CU_ASSERT_FALSE(x > x0 + 0.01 && x < x1 - 0.01);
        }
    }
    plumb_scene_free(&scene);
    session_free(&session);
}

static void nothing_known_gives_a_word_and_no_line(void)
{
    struct session session;
    session_make(&session, 20, 200);
    session.chart.holds_n = session.chart.flags_n = 0;
    session.chart.rotation_deg = NULL;
    for (size_t i = 0; i < session.n; i++)
        session.tilt_deg[i] = i % 3 ? NAN : -INFINITY;
    struct plumb_scene scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    CU_ASSERT(says(&scene, "The tilt could not be seen in this recording"));
    CU_ASSERT(says(&scene, "none raised"));
    CU_ASSERT(says(&scene, "no hold in this recording"));
    CU_ASSERT_EQUAL(items_in(&scene, "tilt", PLUMB_ITEM_POLYLINE), 0);
    plumb_scene_free(&scene);
    session_free(&session);
}

static void no_rows_give_a_word(void)
{
    struct plumb_trace_chart chart;
    plumb_trace_chart_init(&chart);
    struct plumb_scene scene = drawn(&chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    CU_ASSERT(says(&scene, "This recording has no samples"));
    char *text = dump_text(&scene);
    CU_ASSERT_PTR_NULL(strstr(text, "nan"));
    CU_ASSERT_PTR_NULL(strstr(text, "unknown"));
    free(text);
    plumb_scene_free(&scene);
}

static void one_row_is_one_dot(void)
{
    struct session session;
    session_make(&session, 20, 200);
    session.chart.n = 1;
    session.chart.holds_n = session.chart.flags_n = session.chart.gaps_n = 0;
    session.chart.rotation_deg = NULL;
    struct plumb_scene scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    int dots = 0;
    for (size_t i = 0; i < scene.items_n; i++)
        dots += scene.items[i].kind == PLUMB_ITEM_POLYLINE && scene.items[i].n == 1;
    CU_ASSERT_EQUAL(dots, 1);
    plumb_scene_free(&scene);
    session_free(&session);
}

static void poison(struct session *session)
{
    static const double bad[] = {NAN, INFINITY, -INFINITY, 1e308, -1e308, 1e-310};
    for (size_t i = 0; i < session->n; i++) {
        if (i % 7 == 0)
            session->tilt_deg[i] = bad[i / 7 % 6];
        if (i % 11 == 0)
            session->sd_deg[i] = bad[i / 11 % 6];
        if (i % 13 == 0)
            session->rotation_deg[i] = bad[i / 13 % 6];
        if (i % 501 == 0)
            session->t_s[i] = bad[i / 501 % 3];
        if (i % 17 == 0)
            session->zone[i] = (unsigned char)i;
    }
}

static void numbers_that_are_none_do_no_harm(void)
{
    struct session session;
    session_make(&session, 128, 200);
    poison(&session);
    session.flags[0] = (struct plumb_trace_flag){NULL, NULL, NAN, NAN, NAN, NAN};
    session.flags[1] = (struct plumb_trace_flag){"new_kind", "guessed", -INFINITY, INFINITY, NAN, INFINITY};
    session.holds[0] = (struct plumb_trace_hold){NAN, INFINITY, NAN, -INFINITY, 3000000000u, NAN};
    session.gaps[0] = (struct plumb_trace_gap){INFINITY, NAN};
    struct plumb_scene scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    for (size_t i = 0; i < scene.points_n; i++)
        CU_ASSERT(fabs(scene.points[i].x_pt) < 1e5 && fabs(scene.points[i].y_pt) < 1e5);
    plumb_scene_free(&scene);
    session_free(&session);
}

static void an_hour_is_a_bounded_list(void)
{
    struct session session;
    session_make(&session, 3600, 200);
    CU_ASSERT(session.n > 719000);
    struct plumb_scene scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    CU_ASSERT(scene.items_n < 2000);
    CU_ASSERT(scene.points_n < 12000);
    plumb_scene_free(&scene);
    for (size_t i = 0; i < session.n; i++) /* the worst that can come: everything changes at every row */
        session.zone[i] = (unsigned char)(i % 4);
    scene = drawn(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    CU_ASSERT(scene.items_n < 4000);
    plumb_scene_free(&scene);
    session_free(&session);
}

static void check_layout(const struct plumb_trace_chart *chart, double width_pt, double height_pt)
{
    struct plumb_scene scene = drawn(chart, width_pt, height_pt);
    layout_check(&scene);
    plumb_scene_free(&scene);
}

static void texts_stay_on_the_page_apart_and_legible(void)
{
    static const double sizes[][2] = {{842, 595},  {480, 360}, {300, 300},
                                      {1200, 500}, {595, 842}, {3000, 300}};
    struct session session;
    session_make(&session, 128, 200);
    for (size_t i = 0; i < sizeof sizes / sizeof sizes[0]; i++)
        check_layout(&session.chart, sizes[i][0], sizes[i][1]);
    session.chart.n = 0;
    check_layout(&session.chart, 842, 595);
    session_free(&session);
}

#define MANY 40

static void many_holds_and_flags_stay_apart(void)
{
    static const char *const kinds[] = {"anterior_rotation", "lumbar_arch", "pelvic_rotation",
                                        "posterior_tilt",    "sensor_slip", "saturated",
                                        "obliquity"};
    struct session session;
    struct plumb_trace_hold holds[MANY];
    struct plumb_trace_flag flags[MANY];
    session_make(&session, 38 * MANY, 20);
    for (int n = 1; n <= MANY; n += 13) {
        double each_s = 38.0 * MANY / n;
        for (int i = 0; i < n; i++) {
            double t_s = each_s * i;
            holds[i] = (struct plumb_trace_hold){t_s, t_s + 0.8 * each_s, 27.5, 30, 1, 8.8};
            flags[i] = (struct plumb_trace_flag){kinds[i % 7], "measured", t_s,
                                                 t_s + 1,      t_s + 4,    i % 2 ? 8.8 : -12.5};
        }
        session.chart.holds = holds;
        session.chart.flags = flags;
        session.chart.holds_n = session.chart.flags_n = (size_t)n;
        check_layout(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    }
    session_free(&session);
}

static void long_and_odd_names_stay_in_their_room(void)
{
    struct session session;
    char name[3000];
    session_make(&session, 128, 200);
    memset(name, 'W', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    session.chart.title = name;
    session.chart.footer = name;
    session.lines[0] = name;
    session.lines[1] = "\xff\xfe broken \xc3( bytes \n new line";
    session.lines[2] = "";
    check_layout(&session.chart, PLUMB_TRACE_WIDTH_PT, PLUMB_TRACE_HEIGHT_PT);
    session_free(&session);
}

static CU_TestInfo tests[] = {
    {"a_session_says_how_far_and_how_long", a_session_says_how_far_and_how_long},
    {"a_measured_arch_is_no_peak_of_the_tilt", a_measured_arch_is_no_peak_of_the_tilt},
    {"every_limit_in_force_is_printed", every_limit_in_force_is_printed},
    {"a_gap_is_never_crossed_by_the_line", a_gap_is_never_crossed_by_the_line},
    {"nothing_known_gives_a_word_and_no_line", nothing_known_gives_a_word_and_no_line},
    {"no_rows_give_a_word", no_rows_give_a_word},
    {"one_row_is_one_dot", one_row_is_one_dot},
    {"numbers_that_are_none_do_no_harm", numbers_that_are_none_do_no_harm},
    {"an_hour_is_a_bounded_list", an_hour_is_a_bounded_list},
    {"texts_stay_on_the_page_apart_and_legible", texts_stay_on_the_page_apart_and_legible},
    {"many_holds_and_flags_stay_apart", many_holds_and_flags_stay_apart},
    {"long_and_odd_names_stay_in_their_room", long_and_odd_names_stay_in_their_room},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("trace chart", tests, argc, argv);
}
