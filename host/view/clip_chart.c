#include "clip_chart.h"

#include <math.h>

#include "../core/quat.h"
#include "../core/units.h"
#include "palette.h"

/* The clip as a box, half sides in its own units: long along X, flat along Z. */
#define HALF_X 1.0
#define HALF_Y 0.7
#define HALF_Z 0.28
#define REACH  1.55 /* how far an axis' arrow stands out */

/* Seen from the right, from above: how far into the page shows sideways and upwards. */
#define ASIDE 0.42
#define ABOVE 0.34

#define HEADINGS_N 72
#define LEFTWARDS  0.15 /* of two headings that show as much, the one with its axes to the right */

#define SMALL_N 13 /* ways in a row */

struct place {
    struct plumb_scene *scene;
    double x_pt, y_pt, unit_pt; /* the clip's middle; one of its units */
    struct plumb_quat q_ws;     /* of the clip; world: x right, y into the page, z up */
};

static struct plumb_point project(const struct place *place, struct plumb_vec3 v_s)
{
    struct plumb_vec3 w = plumb_quat_apply(place->q_ws, v_s);
    return (struct plumb_point){
        place->x_pt + place->unit_pt * (w.x + ASIDE * w.y),
        place->y_pt - place->unit_pt * (w.z + ABOVE * w.y)};
}

static double half_of(int axis)
{
    static const double halves[3] = {HALF_X, HALF_Y, HALF_Z};
    return halves[axis];
}

static struct plumb_vec3 along(int axis, double length)
{
    return plumb_vec3_of(axis == 0 ? length : 0, axis == 1 ? length : 0, axis == 2 ? length : 0);
}

/* How plainly an axis shows: positive on the viewer's side. */
static double shows(struct plumb_quat q_ws, struct plumb_vec3 axis_s)
{
    struct plumb_vec3 w = plumb_quat_apply(q_ws, axis_s);
    return ASIDE * w.x + ABOVE * w.z - w.y;
}

/* Whether a face or an axis that way is on the viewer's side. */
static int is_seen(const struct place *place, struct plumb_vec3 normal_s)
{
    return shows(place->q_ws, normal_s) > 1e-6;
}

/* up_s upwards, turned to some heading. */
static struct plumb_quat headed(struct plumb_vec3 up_s, double heading_rad)
{
    struct plumb_quat upright = plumb_quat_between(up_s, plumb_vec3_of(0, 0, 1));
    return plumb_quat_mul(plumb_quat_from_rotvec(plumb_vec3_of(0, 0, heading_rad)), upright);
}

/* Of all headings the one in which the axis that shows least, of those that are not below, shows most. */
static struct plumb_quat hold(struct plumb_vec3 up_s)
{
    struct plumb_quat best = headed(up_s, 0);
    double best_shows = -INFINITY;
    for (int i = 0; i < HEADINGS_N; i++) {
        struct plumb_quat q_ws = headed(up_s, 2 * PLUMB_PI * i / HEADINGS_N);
        double least = INFINITY;
        for (int axis = 0; axis < 3; axis++)
            least = fmin(
                least, shows(q_ws, along(axis, 1)) + LEFTWARDS * plumb_quat_apply(q_ws, along(axis, 1)).x);
        if (least > best_shows + 1e-9) {
            best_shows = least;
            best = q_ws;
        }
    }
    return best;
}

static void draw_face(const struct place *place, int axis, int side, plumb_colour fill, plumb_colour edge)
{
    static const int signs[5][2] = {{1, 1}, {1, -1}, {-1, -1}, {-1, 1}, {1, 1}};
    int b = (axis + 1) % 3, c = (axis + 2) % 3;
    for (int stroke = 0; stroke < 2; stroke++) {
        if (stroke)
            plumb_scene_polyline(place->scene, place->unit_pt / 40, 0, edge);
        else
            plumb_scene_polygon(place->scene, fill);
        for (int i = 0; i < 4 + stroke; i++) {
            struct plumb_vec3 corner = plumb_vec3_add(
                along(axis, side * half_of(axis)),
                plumb_vec3_add(along(b, signs[i][0] * half_of(b)), along(c, signs[i][1] * half_of(c))));
            struct plumb_point at = project(place, corner);
            plumb_scene_point(place->scene, at.x_pt, at.y_pt);
        }
    }
}

static void draw_axis(const struct place *place, int axis, plumb_colour colour)
{
    static const char *const names[3] = {"X", "Y", "Z"};
    int seen = is_seen(place, along(axis, 1));
    struct plumb_point from = project(place, along(axis, half_of(axis)));
    struct plumb_point to = project(place, along(axis, REACH * (axis == 2 ? 0.75 : 1)));
    plumb_scene_line(
        place->scene, from.x_pt, from.y_pt, to.x_pt, to.y_pt, place->unit_pt / 22,
        seen ? 0 : place->unit_pt / 12, colour);
    if (place->unit_pt < 20)
        return;
    plumb_scene_marker(place->scene, PLUMB_SHAPE_CIRCLE, to.x_pt, to.y_pt, place->unit_pt / 3.2, colour);
    struct plumb_text_style style = {
        place->unit_pt / 4.5, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_PAPER, PLUMB_ANCHOR_MIDDLE};
    plumb_scene_text(place->scene, &style, to.x_pt, to.y_pt + place->unit_pt / 13, 0, names[axis]);
}

/* Axes that point away first, then the faces that are seen, then the axes in front. */
static void draw_clip(const struct place *place, plumb_colour fill, plumb_colour edge)
{
    for (int axis = 0; axis < 3; axis++)
        if (!is_seen(place, along(axis, 1)))
            draw_axis(place, axis, PLUMB_COLOUR_SLATE);
    for (int axis = 0; axis < 3; axis++)
        for (int side = -1; side <= 1; side += 2)
            if (is_seen(place, along(axis, side)))
                draw_face(place, axis, side, axis == 2 && side > 0 ? PLUMB_COLOUR_PAPER : fill, edge);
    for (int axis = 0; axis < 3; axis++)
        if (is_seen(place, along(axis, 1)))
            draw_axis(place, axis, PLUMB_COLOUR_TRACE_BLUE);
}

static void draw_up(struct plumb_scene *scene, double x_pt, double y_pt, double length_pt)
{
    plumb_scene_line(scene, x_pt, y_pt, x_pt, y_pt - length_pt, 3, 0, PLUMB_COLOUR_INK);
    plumb_scene_marker(scene, PLUMB_SHAPE_UP, x_pt, y_pt - length_pt, 14, PLUMB_COLOUR_INK);
    struct plumb_text_style style = {13, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_MIDDLE};
    plumb_scene_text(scene, &style, x_pt, y_pt + 16, 0, "up");
}

static const struct plumb_clip_way *next_of(const struct plumb_clip_chart *chart)
{
    for (size_t i = 0; i < chart->n; i++)
        if (chart->ways[i].state == PLUMB_CLIP_NEXT)
            return &chart->ways[i];
    return NULL;
}

static void draw_large(struct plumb_scene *scene, const struct plumb_clip_chart *chart, double bottom_pt)
{
    struct plumb_text_style title = {20, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    struct plumb_text_style words = {14, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
    const struct plumb_clip_way *next = next_of(chart);
    double middle_pt = (bottom_pt + 64) / 2 + 14;
    plumb_scene_text(scene, &title, 24, 36, scene->width_pt - 48, chart->title);
    plumb_scene_text(
        scene, &words, 24, 58, scene->width_pt - 48,
        next ? next->words : "Nothing is missing. The letters are those printed on the sensor's board.");
    if (!next)
        return;
    struct place place = {
        scene, scene->width_pt / 2 + 20, middle_pt, (bottom_pt - 64) / 3.8, hold(next->up_s)};
    plumb_scene_group(scene, "clip");
    draw_up(scene, 60, middle_pt + 50, 100);
    draw_clip(&place, PLUMB_COLOUR_TRACE_TINT, PLUMB_COLOUR_INK);
}

static void
draw_small(struct plumb_scene *scene, const struct plumb_clip_way *way, double x_pt, double y_pt, double w_pt)
{
    static const plumb_colour tints[] = {
        [PLUMB_CLIP_MISSING] = PLUMB_COLOUR_MIST,
        [PLUMB_CLIP_DONE] = PLUMB_COLOUR_GREEN_TINT,
        [PLUMB_CLIP_NEXT] = PLUMB_COLOUR_AMBER_TINT};
    static const plumb_colour inks[] = {
        [PLUMB_CLIP_MISSING] = PLUMB_COLOUR_SLATE,
        [PLUMB_CLIP_DONE] = PLUMB_COLOUR_GREEN_TEXT,
        [PLUMB_CLIP_NEXT] = PLUMB_COLOUR_AMBER_TEXT};
    static const char *const names[] = {
        [PLUMB_CLIP_MISSING] = "", [PLUMB_CLIP_DONE] = "done", [PLUMB_CLIP_NEXT] = "now"};
    struct plumb_text_style style = {8, PLUMB_WEIGHT_SEMIBOLD, inks[way->state], PLUMB_ANCHOR_MIDDLE};
    struct place place = {scene, x_pt + w_pt / 2, y_pt + w_pt * 0.45, w_pt / 4.4, hold(way->up_s)};
    plumb_scene_rect(scene, x_pt + 1, y_pt, w_pt - 2, w_pt + 10, 3, tints[way->state]);
    draw_clip(&place, PLUMB_COLOUR_TRACE_TINT, PLUMB_COLOUR_SLATE);
    plumb_scene_text(scene, &style, x_pt + w_pt / 2, y_pt + w_pt + 5, 0, names[way->state]);
}

void plumb_clip_chart_draw(struct plumb_scene *scene, const struct plumb_clip_chart *chart)
{
    size_t rows_n = (chart->n + SMALL_N - 1) / SMALL_N;
    double w_pt = (scene->width_pt - 48) / SMALL_N;
    double top_pt = scene->height_pt - 16 - (double)rows_n * (w_pt + 16);
    draw_large(scene, chart, top_pt - 8);
    plumb_scene_group(scene, "all");
    for (size_t i = 0; i < chart->n; i++)
        draw_small(
            scene, &chart->ways[i], 24 + (double)(i % SMALL_N) * w_pt,
            top_pt + (double)(i / SMALL_N) * (w_pt + 16), w_pt);
}
