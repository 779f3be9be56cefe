/* What moves in the window: the trail behind it, the trace, the ring, the strip, the pelvis. */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "harness.h"
#include "host/view/pelvis_figure.h"
#include "layout.h"
#include "live.h"
#include "suite.h"

static struct live_example live; /* some hundred kilobytes */

static void check_stretch(const struct plumb_trail *trail, int64_t index, double rate_hz)
{
    struct plumb_stretch stretch;
    double low = INFINITY, high = -INFINITY;
    int64_t first = (int64_t)ceil((double)index * trail->stretch_s * rate_hz - 1e-6);
    int64_t end = (int64_t)ceil((double)(index + 1) * trail->stretch_s * rate_hz - 1e-6);
    for (int64_t i = first; i < end; i++) {
        double deg = live_tilt_deg((double)i / rate_hz);
        low = fmin(low, deg);
        high = fmax(high, deg);
    }
    int filled = plumb_trail_merged(trail, index, 1, &stretch);
    CU_ASSERT_EQUAL(filled, low <= high);
    if (!filled)
        return;
    CU_ASSERT_EQUAL(fmin(stretch.first, stretch.last), low);
    CU_ASSERT_EQUAL(fmax(stretch.first, stretch.last), high);
    CU_ASSERT(stretch.t_first_s <= stretch.t_last_s);
}

static void a_trail_keeps_the_extremes_of_every_stretch(void)
{
    live_make(&live, plumb_theme_get(PLUMB_THEME_LIGHT), 150, 250);
    CU_ASSERT_EQUAL(live.last.newest - live.last.oldest + 1, PLUMB_TRAIL_N);
    for (int64_t at = live.last.oldest; at < live.last.newest; at++)
        check_stretch(&live.last, at, 250);
}

static void a_whole_trail_grows_coarser_and_forgets_nothing(void)
{
    live_make(&live, plumb_theme_get(PLUMB_THEME_LIGHT), 5000, 16);
    CU_ASSERT_EQUAL(live.whole.stretch_s, 2); /* 4096 quarters of a second, then halves... */
    CU_ASSERT_EQUAL(live.whole.oldest, 0);
    for (int64_t at = 0; at < live.whole.newest; at++)
        check_stretch(&live.whole, at, 16);
}

static void a_trail_takes_nothing_that_is_none(void)
{
    static struct plumb_trail trail;
    struct plumb_stretch all;
    plumb_trail_init(&trail, PLUMB_TRAIL_WHOLE, 0.25);
    CU_ASSERT_FALSE(plumb_trail_merged(&trail, 0, 100, &all));
    const double bad[] = {NAN, INFINITY, -INFINITY, 1e300};
    for (size_t i = 0; i < 4; i++)
        plumb_trail_push(&trail, bad[i], 1, PLUMB_GREEN);
    plumb_trail_push(&trail, 1, NAN, PLUMB_GREEN);
    CU_ASSERT_FALSE(plumb_trail_merged(&trail, -1000, 1000000, &all));
    plumb_trail_push(&trail, 7.1, 3, PLUMB_RED);
    plumb_trail_push(&trail, 7.0, 99, PLUMB_RED);
    plumb_trail_push(&trail, 900000, -3, (enum plumb_zone)77);
    CU_ASSERT_FATAL(plumb_trail_merged(&trail, trail.oldest, PLUMB_TRAIL_N, &all));
    CU_ASSERT_EQUAL(all.first, 3);
    CU_ASSERT_EQUAL(all.last, -3);
    CU_ASSERT_EQUAL(plumb_stretch_worst(&all), PLUMB_RED);
}

/* The scene of the part that moves. */
static struct plumb_scene moved(double width_px, double height_px)
{
    struct plumb_scene scene;
    plumb_scene_init(&scene, width_px, height_px);
    plumb_live_trace_move(&scene, &live.trace);
    return scene;
}

/* Every corner of the line is a sample: the degrees that its place says are those that were pushed. */
static void the_line_is_the_tilt(void)
{
    live_make(&live, plumb_theme_get(PLUMB_THEME_LIGHT), 108, 200);
    struct plumb_scene scene = moved(1000, 380);
    struct plumb_live_plot plot = plumb_live_trace_plot(&scene, &live.trace);
    size_t corners_n = 0;
    for (size_t i = 0; i < scene.items_n; i++) {
        const struct plumb_item *item = &scene.items[i];
        for (size_t p = 0; item->kind == PLUMB_ITEM_POLYLINE && p < item->n; p++) {
            struct plumb_point at = scene.points[item->first + p];
            double share = (at.x_pt - plot.left_px) / plot.width_px;
            double t_s = live.trace.now_s - PLUMB_LIVE_TRACE_S * (1 - share);
            double deg =
                plot.high_deg - (at.y_pt - plot.top_px) / plot.height_px * (plot.high_deg - plot.low_deg);
            CU_ASSERT_DOUBLE_EQUAL(deg, live_tilt_deg(round(t_s * 200) / 200), 1e-6);
            corners_n++;
        }
    }
    CU_ASSERT(corners_n > 1000 && corners_n < 4000);
    plumb_scene_free(&scene);
}

static void a_silence_is_hatched_and_never_crossed(void)
{
    live_make(&live, plumb_theme_get(PLUMB_THEME_LIGHT), 108, 200);
    struct plumb_scene scene = moved(1000, 380);
    const struct plumb_item *hole = NULL;
    for (size_t i = 0; i < scene.items_n; i++)
        hole = scene.items[i].kind == PLUMB_ITEM_HATCH ? &scene.items[i] : hole;
    CU_ASSERT_PTR_NOT_NULL_FATAL(hole);
    for (size_t i = 0; i < scene.items_n; i++)
        for (size_t p = 0; scene.items[i].kind == PLUMB_ITEM_POLYLINE && p < scene.items[i].n; p++) {
            double x_pt = scene.points[scene.items[i].first + p].x_pt;
            CU_ASSERT_FALSE(x_pt > hole->x_pt + 0.01 && x_pt < hole->x_pt + hole->w_pt - 0.01);
        }
    plumb_scene_free(&scene);
}

/* The picture half a second later is the same picture, moved: what was drawn does not change its shape. */
static void columns_do_not_shimmer(void)
{
    live_make(&live, plumb_theme_get(PLUMB_THEME_LIGHT), 108, 200);
    struct plumb_scene before = moved(700, 300);
    live.trace.now_s += 0.5;
    struct plumb_scene after = moved(700, 300);
    struct plumb_live_plot plot = plumb_live_trace_plot(&before, &live.trace);
    double shift_px = plot.width_px * 0.5 / PLUMB_LIVE_TRACE_S;
    size_t same_n = 0;
    for (size_t a = 0; a < after.points_n; a++)
        for (size_t b = 0; b < before.points_n; b++)
            if (fabs(before.points[b].x_pt - shift_px - after.points[a].x_pt) < 1e-6 &&
                fabs(before.points[b].y_pt - after.points[a].y_pt) < 1e-6) {
                same_n++;
                break;
            }
    CU_ASSERT(same_n + 20 > after.points_n);
    plumb_scene_free(&before);
    plumb_scene_free(&after);
}

static void the_scale_makes_room_in_steps(void)
{
    live_make(&live, plumb_theme_get(PLUMB_THEME_LIGHT), 108, 200);
    CU_ASSERT_EQUAL(live.trace.high_deg, 12);
    CU_ASSERT_FALSE(plumb_live_trace_scale(&live.trace));
    plumb_trail_push(&live.last, 108.1, 25, PLUMB_RED);
    live.trace.now_s = 108.1;
    CU_ASSERT_TRUE(plumb_live_trace_scale(&live.trace));
    CU_ASSERT_EQUAL(live.trace.high_deg, 30);
    live.trace.now_s = 108.1 + 61;
    CU_ASSERT_TRUE(plumb_live_trace_scale(&live.trace));
    CU_ASSERT_EQUAL(live.trace.high_deg, 12);
}

/* Texts keep apart, stay inside and can be read, in every light, at 100 % and at 200 %. */
static void everything_can_be_read_in_every_light(void)
{
    for (int id = 0; id < PLUMB_THEMES_N; id++)
        for (int large = 1; large <= 2; large++) {
            struct plumb_scene scene;
            live_make(&live, plumb_theme_get((enum plumb_theme_id)id), 108, 100);
            live.trace.text_px *= large;
            live.strip.text_px *= large;
            plumb_scene_init(&scene, 1000, 400);
            plumb_live_trace_stay(&scene, &live.trace);
            CU_ASSERT(says(&scene, "in zone") && says(&scene, "at the edge") && says(&scene, "out of zone"));
            layout_check(&scene);
            scene.height_pt = 70 * large;
            plumb_session_strip_draw(&scene, &live.strip);
            layout_check(&scene);
            CU_ASSERT(says(&scene, "left") && says(&scene, "right") && says(&scene, "1:30"));
            scene.width_pt = scene.height_pt = 240 * large;
            plumb_hold_ring_draw(&scene, &live.ring);
            layout_check(&scene);
            CU_ASSERT(says(&scene, "12") && says(&scene, "seconds left"));
            plumb_scene_free(&scene);
        }
}

static void what_is_counted_is_shown_of_how_many(void)
{
    struct plumb_scene scene;
    struct plumb_hold_ring ring = {
        .theme = plumb_theme_get(PLUMB_THEME_LIGHT),
        .counted_n = 7,
        .asked_n = 10,
        .word = "repetitions",
        .text_px = 18};
    plumb_scene_init(&scene, 240, 240);
    plumb_hold_ring_draw(&scene, &ring);
    layout_check(&scene);
    CU_ASSERT(says(&scene, "7/10") && says(&scene, "repetitions"));
    ring.counted_n = 0;
    plumb_hold_ring_draw(&scene, &ring);
    CU_ASSERT(says(&scene, "0/10"));
    plumb_scene_free(&scene);
}

static void zone_tints_bear_every_text(void)
{
    for (int id = 0; id < PLUMB_THEMES_N; id++) {
        const struct plumb_theme *theme = plumb_theme_get((enum plumb_theme_id)id);
        struct plumb_scene scene;
        plumb_scene_init(&scene, 400, 400);
        for (int zone = 0; zone <= PLUMB_RED; zone++) {
            const struct plumb_zone_colours *colours = &theme->zone[zone];
            const plumb_colour pairs[][2] = {
                {colours->tint, theme->ink},
                {colours->tint, theme->slate},
                {colours->tint, colours->text},
                {theme->paper, colours->text},
                {colours->fill, colours->on_fill}};
            for (int i = 0; i < 5; i++) {
                struct plumb_text_style style = {12, PLUMB_WEIGHT_REGULAR, pairs[i][1], PLUMB_ANCHOR_START};
                plumb_scene_rect(&scene, 70 * i, 40 * zone, 70, 40, 0, pairs[i][0]);
                plumb_scene_text(&scene, &style, 70 * i + 5, 40 * zone + 25, 0, "word");
            }
        }
        layout_check(&scene);
        plumb_scene_free(&scene);
    }
}

static void nothing_yet_draws_only_the_frame(void)
{
    struct plumb_scene scene;
    live_make(&live, plumb_theme_get(PLUMB_THEME_DARK), 1, 100);
    plumb_trail_init(&live.last, PLUMB_TRAIL_LAST, PLUMB_TRAIL_LIVE_S);
    plumb_trail_init(&live.whole, PLUMB_TRAIL_WHOLE, PLUMB_TRAIL_STRIP_S);
    live.trace.now_s = live.strip.now_s = NAN;
    live.ring.dose_s = live.ring.in_zone_s = NAN;
    plumb_scene_init(&scene, 600, 300);
    plumb_live_trace_stay(&scene, &live.trace);
    plumb_live_trace_move(&scene, &live.trace);
    CU_ASSERT_EQUAL(scene.items_n, 0);
    plumb_session_strip_draw(&scene, &live.strip);
    CU_ASSERT_EQUAL(scene.items_n, 0);
    plumb_hold_ring_draw(&scene, &live.ring);
    char *text = dump_text(&scene);
    CU_ASSERT_PTR_NULL(strstr(text, "nan"));
    CU_ASSERT_PTR_NULL(strstr(text, "unknown"));
    free(text);
    plumb_scene_free(&scene);
}

static void a_pointer_finds_its_moment(void)
{
    struct plumb_scene scene;
    live_make(&live, plumb_theme_get(PLUMB_THEME_LIGHT), 100, 50);
    plumb_scene_init(&scene, 1000, 80);
    live.strip.cursor_s = 40;
    plumb_session_strip_draw(&scene, &live.strip);
    const struct plumb_item *cursor = &scene.items[scene.items_n - 1];
    CU_ASSERT_EQUAL(cursor->shape, PLUMB_SHAPE_DOWN);
    CU_ASSERT_DOUBLE_EQUAL(plumb_session_strip_at_s(&scene, &live.strip, cursor->x_pt), 40, 1e-6);
    CU_ASSERT_EQUAL(plumb_session_strip_at_s(&scene, &live.strip, 1e6), 100);
    CU_ASSERT_EQUAL(plumb_session_strip_at_s(&scene, &live.strip, -5), 0);
    plumb_scene_free(&scene);
}

/* The middle of the clip: the only ink-coloured shape with many corners. */
static struct plumb_point clip_of(const struct plumb_scene *scene, plumb_colour ink)
{
    struct plumb_point sum = {0, 0};
    size_t n = 0;
    for (size_t i = 0; i < scene->items_n; i++)
        for (size_t p = 0; scene->items[i].kind == PLUMB_ITEM_POLYGON && scene->items[i].colour == ink &&
                           p < scene->items[i].n;
             p++, n++) {
            sum.x_pt += scene->points[scene->items[i].first + p].x_pt;
            sum.y_pt += scene->points[scene->items[i].first + p].y_pt;
        }
    CU_ASSERT_FATAL(n > 0);
    return (struct plumb_point){sum.x_pt / (double)n, sum.y_pt / (double)n};
}

static struct plumb_point
clip_at(enum plumb_pelvis_view view, enum plumb_pose pose, double deg, const char *reason)
{
    struct plumb_scene scene;
    const struct plumb_theme *theme = plumb_theme_get(PLUMB_THEME_LIGHT);
    struct plumb_pelvis_figure figure = {theme, view, pose, deg, 3, 5, 0, 1, PLUMB_GREEN, 16, reason};
    plumb_scene_init(&scene, 320, 320);
    plumb_pelvis_figure_draw(&scene, &figure);
    CU_ASSERT_FALSE(scene.failed);
    struct plumb_point at = clip_of(&scene, theme->ink);
    plumb_scene_free(&scene);
    return at;
}

/* DESIGN's signs, as a person sees them. */
static void the_pelvis_turns_the_way_the_signs_say(void)
{
    struct plumb_point rest = clip_at(PLUMB_PELVIS_SIDE, PLUMB_SUPINE, 0, NULL);
    struct plumb_point forward = clip_at(PLUMB_PELVIS_SIDE, PLUMB_SUPINE, 6, NULL);
    CU_ASSERT(forward.y_pt < rest.y_pt - 5); /* lying, the front of the pelvis rises and goes to the feet */
    CU_ASSERT(forward.x_pt > rest.x_pt + 5);
    rest = clip_at(PLUMB_PELVIS_SIDE, PLUMB_UPRIGHT, 0, NULL);
    forward = clip_at(PLUMB_PELVIS_SIDE, PLUMB_UPRIGHT, 6, NULL);
    CU_ASSERT(forward.y_pt > rest.y_pt + 5); /* upright, it goes down */
    rest = clip_at(PLUMB_PELVIS_ALONG, PLUMB_SUPINE, 0, NULL);
    struct plumb_point left = clip_at(PLUMB_PELVIS_ALONG, PLUMB_SUPINE, 8, NULL);
    CU_ASSERT(left.x_pt > rest.x_pt + 5); /* from the feet, their left is on the right */
}

static int polygons_of(const struct plumb_scene *scene, plumb_colour colour)
{
    int n = 0;
    for (size_t i = 0; i < scene->items_n; i++)
        n += scene->items[i].kind == PLUMB_ITEM_POLYGON && scene->items[i].colour == colour;
    return n;
}

static void an_unseen_turn_has_a_reason_and_no_bone(void)
{
    struct plumb_scene scene;
    const struct plumb_theme *theme = plumb_theme_get(PLUMB_THEME_DARK);
    struct plumb_pelvis_figure figure = {
        .theme = theme,
        .view = PLUMB_PELVIS_FRONT,
        .pose = PLUMB_SUPINE,
        .deg = 4,
        .amber_deg = 5,
        .red_deg = 8,
        .text_px = 16,
        .reason = "cannot be seen lying down"};
    plumb_scene_init(&scene, 320, 320);
    plumb_pelvis_figure_draw(&scene, &figure);
    CU_ASSERT(says(&scene, "cannot be seen lying down"));
    CU_ASSERT_EQUAL(polygons_of(&scene, theme->bone), 0);
    CU_ASSERT_EQUAL(polygons_of(&scene, theme->zone[PLUMB_RED].fill), 0);
    layout_check(&scene);
    figure.reason = NULL;
    plumb_pelvis_figure_draw(&scene, &figure);
    CU_ASSERT(polygons_of(&scene, theme->bone) > 0);
    figure.deg = NAN;
    plumb_pelvis_figure_draw(&scene, &figure);
    CU_ASSERT_EQUAL(polygons_of(&scene, theme->bone), 0);
    plumb_scene_free(&scene);
}

static CU_TestInfo tests[] = {
    {"a_trail_keeps_the_extremes_of_every_stretch", a_trail_keeps_the_extremes_of_every_stretch},
    {"a_whole_trail_grows_coarser_and_forgets_nothing", a_whole_trail_grows_coarser_and_forgets_nothing},
    {"a_trail_takes_nothing_that_is_none", a_trail_takes_nothing_that_is_none},
    {"the_line_is_the_tilt", the_line_is_the_tilt},
    {"a_silence_is_hatched_and_never_crossed", a_silence_is_hatched_and_never_crossed},
    {"columns_do_not_shimmer", columns_do_not_shimmer},
    {"the_scale_makes_room_in_steps", the_scale_makes_room_in_steps},
    {"everything_can_be_read_in_every_light", everything_can_be_read_in_every_light},
    {"what_is_counted_is_shown_of_how_many", what_is_counted_is_shown_of_how_many},
    {"zone_tints_bear_every_text", zone_tints_bear_every_text},
    {"nothing_yet_draws_only_the_frame", nothing_yet_draws_only_the_frame},
    {"a_pointer_finds_its_moment", a_pointer_finds_its_moment},
    {"the_pelvis_turns_the_way_the_signs_say", the_pelvis_turns_the_way_the_signs_say},
    {"an_unseen_turn_has_a_reason_and_no_bone", an_unseen_turn_has_a_reason_and_no_bone},
    CU_TEST_INFO_NULL,
};

int main(int argc, char **argv)
{
    return plumb_suite_run("live pictures", tests, argc, argv);
}
