/* The parts of a picture: figures, ticks, columns, the scene and its dump. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "host/view/axis.h"
#include "host/view/columns.h"
#include "host/view/figure.h"
#include "host/view/text_width.h"
#include "suite.h"

static void check_figure(double value, int decimals, enum plumb_figure_sign sign, const char *wanted)
{
    char figure[PLUMB_FIGURE_ROOM];
    CU_ASSERT_STRING_EQUAL(plumb_figure(figure, value, decimals, sign), wanted);
}

static void figures_have_a_dot_and_a_true_minus(void)
{
    check_figure(42.25, 1, PLUMB_SIGN_MINUS, "42.3");
    check_figure(-8, 1, PLUMB_SIGN_MINUS, PLUMB_MINUS "8.0");
    check_figure(-8, 2, PLUMB_SIGN_ASCII, "-8.00");
    check_figure(9.06, 1, PLUMB_SIGN_ALWAYS, "+9.1");
    check_figure(-0.04, 1, PLUMB_SIGN_ALWAYS, "0.0");
    check_figure(1234567.5, 0, PLUMB_SIGN_MINUS, "1234568");
    check_figure(1e300, 0, PLUMB_SIGN_MINUS, "1000000000000");
    check_figure(-INFINITY, 6, PLUMB_SIGN_ASCII, "-1000000000000.000000");
    check_figure(NAN, 1, PLUMB_SIGN_MINUS, "unknown");
}

static void clocks_read_as_minutes_and_hours(void)
{
    char figure[PLUMB_FIGURE_ROOM];
    CU_ASSERT_STRING_EQUAL(plumb_figure_clock(figure, 75, 0, 1), "1:15");
    CU_ASSERT_STRING_EQUAL(plumb_figure_clock(figure, 3725.4, 0, 1), "1:02:05");
    CU_ASSERT_STRING_EQUAL(plumb_figure_clock(figure, -5, 0, 1), PLUMB_MINUS "0:05");
    CU_ASSERT_STRING_EQUAL(plumb_figure_clock(figure, 7.5, 1, 0), "7.5");
}

static void ticks_step_by_one_two_five(void)
{
    struct plumb_axis axis = plumb_axis_values(-7, 12, 8);
    CU_ASSERT_DOUBLE_EQUAL(axis.step, 5, 1e-12);
    CU_ASSERT_EQUAL(plumb_axis_ticks(&axis), 4);
    CU_ASSERT_DOUBLE_EQUAL(plumb_axis_tick(&axis, 0), -5, 1e-12);
    axis = plumb_axis_values(0, 0.3, 4);
    CU_ASSERT_DOUBLE_EQUAL(axis.step, 0.1, 1e-12);
    CU_ASSERT_EQUAL(axis.decimals, 1);
    CU_ASSERT_EQUAL(plumb_axis_ticks(&axis), 4);
}

static void time_ticks_step_by_what_people_count_in(void)
{
    struct plumb_axis axis = plumb_axis_time(0, 100, 8);
    CU_ASSERT_DOUBLE_EQUAL(axis.step, 15, 0);
    CU_ASSERT_FALSE(axis.minutes);
    axis = plumb_axis_time(0, 3600, 12);
    CU_ASSERT_DOUBLE_EQUAL(axis.step, 300, 0);
    CU_ASSERT_TRUE(axis.minutes);
    axis = plumb_axis_time(0, 2e6, 12);
    CU_ASSERT_DOUBLE_EQUAL(axis.step, 180000, 1e-6);
}

static void impossible_ranges_still_give_an_axis(void)
{
    const double bad[][2] = {{5, 5}, {NAN, NAN}, {INFINITY, -INFINITY}, {0, INFINITY}, {3, 1}, {0, 1e-300}};
    for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
        struct plumb_axis axis = plumb_axis_time(bad[i][0], bad[i][1], 5);
        CU_ASSERT(axis.high > axis.low && axis.step > 0);
        CU_ASSERT(plumb_axis_ticks(&axis) <= 1000);
    }
}

#define ROWS_N 1000

static struct plumb_series wave(double *t_s, double *value, size_t rows_per_column)
{
    for (size_t i = 0; i < ROWS_N; i++) {
        t_s[i] = (double)i / 100;
        value[i] = sin((double)i * 0.1) + 0.01 * (double)i;
    }
    return (struct plumb_series){
        .n = ROWS_N, .rows_per_column = rows_per_column, .hole_s = 0.25, .t_s = t_s, .value = value};
}

static void columns_keep_the_extremes_of_their_rows(void)
{
    double t_s[ROWS_N], value[ROWS_N];
    struct plumb_series series = wave(t_s, value, 10);
    struct plumb_column *columns = calloc(plumb_columns_room(&series), sizeof *columns);
    size_t n = plumb_columns_make(columns, &series);
    CU_ASSERT_EQUAL_FATAL(n, ROWS_N / 10);
    for (size_t i = 0; i < n; i++) {
        double low = INFINITY, high = -INFINITY;
        for (size_t row = 10 * i; row < 10 * i + 10; row++) {
            low = fmin(low, value[row]);
            high = fmax(high, value[row]);
        }
        CU_ASSERT_EQUAL(fmin(columns[i].first, columns[i].last), low);
        CU_ASSERT_EQUAL(fmax(columns[i].first, columns[i].last), high);
        CU_ASSERT(columns[i].t_first_s < columns[i].t_last_s);
    }
    free(columns);
}

/* A window that begins elsewhere shows the same columns: the trace does not shimmer while it scrolls. */
static void columns_are_anchored_to_the_recording(void)
{
    double t_s[ROWS_N], value[ROWS_N];
    struct plumb_series whole = wave(t_s, value, 16), window = whole;
    window.t_s += 37;
    window.value += 37;
    window.n -= 37;
    window.first_row = 37;
    struct plumb_column *a = calloc(plumb_columns_room(&whole), sizeof *a);
    struct plumb_column *b = calloc(plumb_columns_room(&window), sizeof *b);
    size_t a_n = plumb_columns_make(a, &whole), b_n = plumb_columns_make(b, &window);
    CU_ASSERT_EQUAL_FATAL(a_n, b_n + 2);
    for (size_t i = 1; i < b_n; i++) {
        CU_ASSERT_EQUAL(a[i + 2].first, b[i].first);
        CU_ASSERT_EQUAL(a[i + 2].t_last_s, b[i].t_last_s);
    }
    free(a);
    free(b);
}

static void columns_break_where_something_is_missing(void)
{
    double t_s[ROWS_N], value[ROWS_N];
    struct plumb_trace_gap gap = {8.0, 8.5};
    struct plumb_series series = wave(t_s, value, 10);
    for (size_t i = 400; i < 450; i++)
        value[i] = i % 2 ? NAN : INFINITY;
    for (size_t i = 600; i < ROWS_N; i++)
        t_s[i] += 1.2;
    series.gaps = &gap;
    series.gaps_n = 1;
    struct plumb_column *columns = calloc(plumb_columns_room(&series), sizeof *columns);
    size_t n = plumb_columns_make(columns, &series);
    int kinds[3] = {0};
    for (size_t i = 0; i < n; i++)
        kinds[columns[i].blank]++;
    CU_ASSERT_EQUAL(kinds[PLUMB_BLANK_UNKNOWN], 1);
    CU_ASSERT_EQUAL(kinds[PLUMB_BLANK_NO_DATA], 2);
    free(columns);
}

static void columns_never_exceed_their_room(void)
{
    double t_s[ROWS_N], value[ROWS_N];
    struct plumb_series series = wave(t_s, value, 1);
    for (size_t i = 0; i < ROWS_N; i += 2)
        value[i] = NAN;
    for (size_t k = 1; k <= ROWS_N + 1; k += 111) {
        series.rows_per_column = k;
        size_t room = plumb_columns_room(&series);
        struct plumb_column *columns = malloc(room * sizeof *columns); /* the sanitizer watches its end */
        CU_ASSERT(plumb_columns_make(columns, &series) <= room);
        free(columns);
    }
}

static void a_scene_reads_as_text(void)
{
    static const struct plumb_text_style style = {9.5, PLUMB_WEIGHT_SEMIBOLD, 0x1b2430, PLUMB_ANCHOR_MIDDLE};
    struct plumb_scene scene;
    plumb_scene_init(&scene, 200, 100);
    plumb_scene_group(&scene, "all");
    plumb_scene_rect(&scene, 1, 2, 3.006, 4, 0.5, 0xe69f00);
    plumb_scene_line(&scene, 10, 20, 5, 20, 1, 0, 0xabc);
    plumb_scene_polyline(&scene, 1.5, 0, 0x0072b2);
    plumb_scene_point(&scene, 0, -1);
    plumb_scene_point(&scene, NAN, 3);
    plumb_scene_point(&scene, 2, 3);
    plumb_scene_marker(&scene, PLUMB_SHAPE_DIAMOND, 7, 8, 6, 0);
    plumb_scene_text(&scene, &style, 100, 50, 0, "a\tb\xff\xc3\xa4\xe2\x88");
    plumb_scene_rect(&scene, INFINITY, 2, 3, 4, 0, 0);
    char *text = dump_text(&scene);
    CU_ASSERT_STRING_EQUAL(
        text, "scene 200.00 100.00\n"
              "group \"all\"\n"
              "rect 1.00 2.00 3.01 4.00 0.50 #E69F00\n"
              "line 10.00 20.00 -5.00 0.00 1.00 0.00 #000ABC\n"
              "polyline 1.50 0.00 #0072B2: 0.00,-1.00 2.00,3.00\n"
              "marker diamond 7.00 8.00 6.00 #000000\n"
              "text 100.00 50.00 0.00 middle 9.50 semibold #1B2430 \"a "
              "b\xef\xbf\xbd\xc3\xa4\xef\xbf\xbd\xef\xbf\xbd\"\n");
    free(text);
    plumb_scene_free(&scene);
}

static CU_TestInfo tests[] = {
    {"figures_have_a_dot_and_a_true_minus", figures_have_a_dot_and_a_true_minus},
    {"clocks_read_as_minutes_and_hours", clocks_read_as_minutes_and_hours},
    {"ticks_step_by_one_two_five", ticks_step_by_one_two_five},
    {"time_ticks_step_by_what_people_count_in", time_ticks_step_by_what_people_count_in},
    {"impossible_ranges_still_give_an_axis", impossible_ranges_still_give_an_axis},
    {"columns_keep_the_extremes_of_their_rows", columns_keep_the_extremes_of_their_rows},
    {"columns_are_anchored_to_the_recording", columns_are_anchored_to_the_recording},
    {"columns_break_where_something_is_missing", columns_break_where_something_is_missing},
    {"columns_never_exceed_their_room", columns_never_exceed_their_room},
    {"a_scene_reads_as_text", a_scene_reads_as_text},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("scene", tests, argc, argv);
}
