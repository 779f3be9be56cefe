/* Looking back: the cursor and its window, the trace of any window, the strip of a session that is over. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "host/view/scrub.h"
#include "layout.h"
#include "live.h"
#include "suite.h"

static struct live_example live; /* some hundred kilobytes */

/* ---- the cursor */

static void the_window_follows_the_cursor_and_stays_on_the_recording(void)
{
    struct plumb_scrub scrub;
    plumb_scrub_init(&scrub, 0, 600);
    CU_ASSERT_EQUAL(scrub.span_s, PLUMB_SCRUB_SPAN_S);
    plumb_scrub_to(&scrub, 30);
    CU_ASSERT_EQUAL(scrub.from_s, 0); /* it was in view */
    plumb_scrub_to(&scrub, 58);
    CU_ASSERT_DOUBLE_EQUAL(scrub.from_s, 4, 1e-9); /* a tenth of the window stays beyond it */
    plumb_scrub_to(&scrub, 1e9);
    CU_ASSERT_EQUAL(scrub.cursor_s, 600);
    CU_ASSERT_EQUAL(scrub.from_s, 540);
    plumb_scrub_to(&scrub, -5);
    CU_ASSERT_EQUAL(scrub.cursor_s, 0);
    CU_ASSERT_EQUAL(scrub.from_s, 0);
    plumb_scrub_to(&scrub, NAN);
    CU_ASSERT_EQUAL(scrub.cursor_s, 0);
}

static void under_a_pointer_the_window_does_not_run_away(void)
{
    struct plumb_scrub scrub;
    plumb_scrub_init(&scrub, 0, 600);
    plumb_scrub_to(&scrub, 300);
    double from_s = scrub.from_s;
    plumb_scrub_point(&scrub, from_s + scrub.span_s);
    CU_ASSERT_EQUAL(scrub.from_s, from_s);
    CU_ASSERT_EQUAL(scrub.cursor_s, from_s + 60);
}

static void zooming_keeps_the_cursor_in_its_place(void)
{
    struct plumb_scrub scrub;
    plumb_scrub_init(&scrub, 0, 600);
    plumb_scrub_to(&scrub, 300);
    double share = (scrub.cursor_s - scrub.from_s) / scrub.span_s;
    plumb_scrub_zoom(&scrub, 1);
    CU_ASSERT_EQUAL(scrub.span_s, 30);
    CU_ASSERT_DOUBLE_EQUAL((scrub.cursor_s - scrub.from_s) / scrub.span_s, share, 1e-9);
    plumb_scrub_zoom(&scrub, 1000000);
    CU_ASSERT_EQUAL(scrub.span_s, PLUMB_SCRUB_LEAST_S);
    plumb_scrub_zoom(&scrub, -1000000);
    CU_ASSERT_EQUAL(scrub.span_s, 600);
    CU_ASSERT_EQUAL(scrub.from_s, 0);
    CU_ASSERT_EQUAL(scrub.cursor_s, 300);
}

static void playing_stands_at_the_end_and_begins_anew_from_there(void)
{
    struct plumb_scrub scrub;
    plumb_scrub_init(&scrub, 0, 10);
    CU_ASSERT_FALSE(plumb_scrub_pass(&scrub, 1));
    plumb_scrub_toggle(&scrub);
    scrub.speed = 4;
    CU_ASSERT(plumb_scrub_pass(&scrub, 0.5));
    CU_ASSERT_EQUAL(scrub.cursor_s, 2);
    CU_ASSERT(plumb_scrub_pass(&scrub, 100));
    CU_ASSERT_EQUAL(scrub.cursor_s, 10);
    CU_ASSERT_FALSE(scrub.playing);
    plumb_scrub_toggle(&scrub);
    CU_ASSERT(scrub.playing);
    CU_ASSERT_EQUAL(scrub.cursor_s, 0);
}

static void moments_are_gone_through_both_ways(void)
{
    const double moments_s[] = {5, 20, 20, 90};
    struct plumb_scrub scrub;
    plumb_scrub_init(&scrub, 0, 100);
    const double forward_s[] = {5, 20, 90};
    for (size_t i = 0; i < 3; i++) {
        plumb_scrub_to(&scrub, plumb_scrub_neighbour(&scrub, moments_s, 4, 1));
        CU_ASSERT_EQUAL(scrub.cursor_s, forward_s[i]);
    }
    CU_ASSERT(isnan(plumb_scrub_neighbour(&scrub, moments_s, 4, 1)));
    CU_ASSERT_EQUAL(plumb_scrub_neighbour(&scrub, moments_s, 4, -1), 20);
    plumb_scrub_to(&scrub, 20.5);
    CU_ASSERT_EQUAL(plumb_scrub_neighbour(&scrub, moments_s, 4, -1), 20);
    scrub.playing = 1; /* or "before" would never get past the moment that was just played */
    CU_ASSERT_EQUAL(plumb_scrub_neighbour(&scrub, moments_s, 4, -1), 5);
    CU_ASSERT(isnan(plumb_scrub_neighbour(&scrub, moments_s, 0, -1)));
}

static void the_row_of_a_moment_is_the_last_that_had_come(void)
{
    const double t_s[] = {0, 0.5, 1, 7};
    CU_ASSERT_EQUAL(plumb_scrub_row(t_s, 4, -0.1), 4);
    CU_ASSERT_EQUAL(plumb_scrub_row(t_s, 4, 0), 0);
    CU_ASSERT_EQUAL(plumb_scrub_row(t_s, 4, 0.99), 1);
    CU_ASSERT_EQUAL(plumb_scrub_row(t_s, 4, 1), 2);
    CU_ASSERT_EQUAL(plumb_scrub_row(t_s, 4, 1e9), 3);
    CU_ASSERT_EQUAL(plumb_scrub_row(t_s, 0, 1), 0); /* none of none */
}

/* ---- the trace */

static struct plumb_live_flag flags[2];
static struct plumb_look_back back;

/* The example from 60 s to 108 s, a lapse in it, the cursor in the lapse. */
static void make(enum plumb_theme_id theme)
{
    live_make(&live, plumb_theme_get(theme), 108, 200);
    flags[0] = (struct plumb_live_flag){{97, 100}, 1};
    flags[1] = (struct plumb_live_flag){{98, 99}, 0};
    back = (struct plumb_look_back){
        .span_s = 48,
        .cursor_s = 98,
        .cursor_deg = live_tilt_deg(98),
        .zone = PLUMB_RED,
        .judged_only = 1,
        .flags = flags,
        .flags_n = 2};
    live.trace.back = &back;
}

static struct plumb_scene drawn(int move)
{
    struct plumb_scene scene;
    plumb_scene_init(&scene, 1000, 380);
    if (move)
        plumb_live_trace_move(&scene, &live.trace);
    else
        plumb_live_trace_stay(&scene, &live.trace);
    return scene;
}

/* The first item of a kind behind a group's name. */
static const struct plumb_item *
behind(const struct plumb_scene *scene, const char *group, enum plumb_item_kind kind)
{
    int inside = 0;
    for (size_t i = 0; i < scene->items_n; i++) {
        const struct plumb_item *item = &scene->items[i];
        if (item->kind == PLUMB_ITEM_GROUP)
            inside = strcmp(plumb_scene_chars(scene, item), group) == 0;
        if (inside && item->kind == kind)
            return item;
    }
    return NULL;
}

static void the_cursor_lies_on_the_trace(void)
{
    make(PLUMB_THEME_LIGHT);
    struct plumb_scene scene = drawn(1);
    struct plumb_live_plot plot = plumb_live_trace_plot(&scene, &live.trace);
    const struct plumb_item *line = behind(&scene, "cursor", PLUMB_ITEM_LINE);
    const struct plumb_item *value = behind(&scene, "cursor", PLUMB_ITEM_MARKER);
    CU_ASSERT_PTR_NOT_NULL_FATAL(line);
    CU_ASSERT_PTR_NOT_NULL_FATAL(value);
    CU_ASSERT_DOUBLE_EQUAL(line->x_pt, plot.left_px + plot.width_px * (98 - 60) / 48, 1e-6);
    double deg =
        plot.high_deg - (value->y_pt - plot.top_px) / plot.height_px * (plot.high_deg - plot.low_deg);
    CU_ASSERT_DOUBLE_EQUAL(deg, live_tilt_deg(98), 1e-6);
    CU_ASSERT_EQUAL(value->shape, plumb_zone_shape(PLUMB_RED));
    CU_ASSERT_PTR_NULL(behind(&scene, "newest", PLUMB_ITEM_MARKER));
    back.cursor_deg = NAN;
    plumb_live_trace_move(&scene, &live.trace);
    CU_ASSERT_PTR_NULL(behind(&scene, "cursor", PLUMB_ITEM_MARKER)); /* no value is made up */
    plumb_scene_free(&scene);
}

static void a_pointer_finds_the_moment_that_is_drawn_there(void)
{
    make(PLUMB_THEME_LIGHT);
    struct plumb_scene scene = drawn(1);
    const struct plumb_item *line = behind(&scene, "cursor", PLUMB_ITEM_LINE);
    CU_ASSERT_DOUBLE_EQUAL(plumb_live_trace_at_s(&scene, &live.trace, line->x_pt), 98, 1e-9);
    CU_ASSERT_EQUAL(plumb_live_trace_at_s(&scene, &live.trace, -50), 60);
    CU_ASSERT_EQUAL(plumb_live_trace_at_s(&scene, &live.trace, 5000), 108);
    plumb_scene_free(&scene);
}

static void flags_are_bars_as_long_as_they_stood(void)
{
    make(PLUMB_THEME_LIGHT);
    struct plumb_scene scene = drawn(1);
    struct plumb_live_plot plot = plumb_live_trace_plot(&scene, &live.trace);
    const struct plumb_item *bar = behind(&scene, "flags", PLUMB_ITEM_RECT);
    CU_ASSERT_PTR_NOT_NULL_FATAL(bar);
    CU_ASSERT_DOUBLE_EQUAL(bar->w_pt, plot.width_px * 3 / 48, 1e-6);
    CU_ASSERT_EQUAL(bar->colour, live.trace.theme->zone[PLUMB_RED].fill);
    plumb_scene_free(&scene);
}

static void the_clock_is_the_sessions(void)
{
    make(PLUMB_THEME_LIGHT);
    struct plumb_scene scene = drawn(0);
    CU_ASSERT(says(&scene, "1:10"));
    CU_ASSERT_FALSE(says(&scene, "now"));
    back.span_s = 5; /* as close as it gets: no moment stands there twice */
    plumb_live_trace_stay(&scene, &live.trace);
    char *text = dump_text(&scene);
    CU_ASSERT_EQUAL(count_of(text, "1:45"), 1);
    free(text);
    plumb_scene_free(&scene);
}

/* Getting into the pose is far off the scale that the judged part wants. */
static void the_scale_is_that_of_what_was_judged(void)
{
    make(PLUMB_THEME_LIGHT);
    plumb_trail_init(&live.whole, PLUMB_TRAIL_WHOLE, PLUMB_TRAIL_STRIP_S);
    for (int i = 0; i < 2000; i++)
        plumb_trail_push(&live.whole, i * 0.05, i < 1000 ? 80 : 6, i < 1000 ? PLUMB_OFF : PLUMB_RED);
    live.trace.tilt = &live.whole;
    live.trace.now_s = back.span_s = 100;
    plumb_live_trace_scale(&live.trace);
    CU_ASSERT_EQUAL(live.trace.high_deg, 12);
    back.judged_only = 0;
    plumb_live_trace_scale(&live.trace);
    CU_ASSERT_EQUAL(live.trace.high_deg, 90);
}

static void everything_can_be_read(void)
{
    for (int theme = 0; theme < PLUMB_THEMES_N; theme++)
        for (double large = 1; large <= 2; large++) {
            make((enum plumb_theme_id)theme);
            live.trace.text_px *= large;
            for (back.span_s = 5; back.span_s < 100; back.span_s *= 3) {
                struct plumb_scene scene = drawn(0);
                layout_check(&scene);
                plumb_scene_free(&scene);
            }
        }
}

/* ---- the strip */

static void a_strip_that_is_over_shows_all_of_it_and_the_window(void)
{
    make(PLUMB_THEME_LIGHT);
    struct plumb_session_strip strip = live.strip;
    struct plumb_scene scene;
    strip.over = 1;
    strip.from_s = 27;
    strip.to_s = 54;
    strip.cursor_s = 40;
    strip.flags = flags;
    strip.flags_n = 2;
    plumb_scene_init(&scene, 800, 80);
    plumb_session_strip_draw(&scene, &strip);
    const struct plumb_item *frame = behind(&scene, "window", PLUMB_ITEM_RECT);
    CU_ASSERT_PTR_NOT_NULL_FATAL(frame);
    CU_ASSERT_DOUBLE_EQUAL(frame->w_pt - 4, (800 - 16) / 4.0, 1e-6);
    CU_ASSERT_EQUAL(plumb_session_strip_at_s(&scene, &strip, 800), 108);
    CU_ASSERT_DOUBLE_EQUAL(plumb_session_strip_at_s(&scene, &strip, 400), 54, 1e-9);
    char *text = dump_text(&scene);
    CU_ASSERT(count_of(text, "up ") + count_of(text, "up\n") >= 2); /* a mark a flag */
    free(text);
    plumb_scene_free(&scene);
}

static CU_TestInfo tests[] = {
    {"the_window_follows_the_cursor_and_stays_on_the_recording",
     the_window_follows_the_cursor_and_stays_on_the_recording},
    {"under_a_pointer_the_window_does_not_run_away", under_a_pointer_the_window_does_not_run_away},
    {"zooming_keeps_the_cursor_in_its_place", zooming_keeps_the_cursor_in_its_place},
    {"playing_stands_at_the_end_and_begins_anew_from_there",
     playing_stands_at_the_end_and_begins_anew_from_there},
    {"moments_are_gone_through_both_ways", moments_are_gone_through_both_ways},
    {"the_row_of_a_moment_is_the_last_that_had_come", the_row_of_a_moment_is_the_last_that_had_come},
    {"the_cursor_lies_on_the_trace", the_cursor_lies_on_the_trace},
    {"a_pointer_finds_the_moment_that_is_drawn_there", a_pointer_finds_the_moment_that_is_drawn_there},
    {"flags_are_bars_as_long_as_they_stood", flags_are_bars_as_long_as_they_stood},
    {"the_clock_is_the_sessions", the_clock_is_the_sessions},
    {"the_scale_is_that_of_what_was_judged", the_scale_is_that_of_what_was_judged},
    {"everything_can_be_read", everything_can_be_read},
    {"a_strip_that_is_over_shows_all_of_it_and_the_window",
     a_strip_that_is_over_shows_all_of_it_and_the_window},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("view_replay", tests, argc, argv);
}
