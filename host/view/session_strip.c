#include "session_strip.h"

#include <math.h>

#include "axis.h"
#include "figure.h"
#include "text_width.h"

#define HOLE_S     2.0  /* shorter silences cannot be seen here */
#define CELL_PX    1.5  /* a block is at least this wide */
#define TICK_ROOM  5.0  /* of the text's size, a clock's figure with its space */
#define LIVE_SHARE 0.85 /* of the width; the rest is what may still come, until the strip is longer */

struct canvas {
    struct plumb_scene *scene;
    const struct plumb_session_strip *strip;
    double left_px, width_px, end_s; /* end_s: at the right edge */
    double words_px, blocks_px, blocks_h_px, clock_px;
};

/* The end of the axis moves in coarse steps, so that the picture stays in place while the session goes on. */
static double end_of(const struct plumb_session_strip *strip)
{
    double length_s = fmax(strip->least_s, 1);
    if (strip->over)
        return fmax(strip->now_s, strip->begin_s + 1);
    while (length_s * LIVE_SHARE < strip->now_s - strip->begin_s && length_s < 1e9)
        length_s *= 1.25;
    return strip->begin_s + length_s;
}

static struct canvas canvas_of(struct plumb_scene *scene, const struct plumb_session_strip *strip)
{
    double text_px = strip->text_px;
    struct canvas canvas = {.scene = scene, .strip = strip, .end_s = end_of(strip)};
    canvas.left_px = 0.5 * text_px;
    canvas.width_px = fmax(1, scene->width_pt - text_px);
    canvas.words_px = 1.0 * text_px;
    canvas.blocks_px = 1.35 * text_px;
    canvas.clock_px = scene->height_pt - 0.35 * text_px;
    canvas.blocks_h_px = fmax(4, canvas.clock_px - 1.15 * text_px - canvas.blocks_px);
    return canvas;
}

static double x_px(const struct canvas *canvas, double t_s)
{
    double share = (t_s - canvas->strip->begin_s) / (canvas->end_s - canvas->strip->begin_s);
    return canvas->left_px + canvas->width_px * fmax(0, fmin(1, share));
}

double plumb_session_strip_at_s(
    const struct plumb_scene *scene, const struct plumb_session_strip *strip, double x_pt)
{
    struct plumb_scene none = {.width_pt = scene->width_pt, .height_pt = scene->height_pt};
    struct canvas canvas = canvas_of(&none, strip);
    double share = fmax(0, fmin(1, (x_pt - canvas.left_px) / canvas.width_px));
    return fmin(strip->now_s, strip->begin_s + share * (canvas.end_s - strip->begin_s));
}

static void track(const struct canvas *canvas)
{
    plumb_scene_rect(
        canvas->scene, canvas->left_px, canvas->blocks_px, canvas->width_px, canvas->blocks_h_px, 3,
        canvas->strip->theme->mist);
}

/* What the window beside it shows, as a frame behind the blocks. */
static void frame(const struct canvas *canvas)
{
    const struct plumb_session_strip *strip = canvas->strip;
    double x_pt = x_px(canvas, strip->from_s), w_pt = x_px(canvas, strip->to_s) - x_pt;
    if (!strip->over || !(w_pt > 0))
        return;
    plumb_scene_group(canvas->scene, "window");
    plumb_scene_rect(
        canvas->scene, x_pt - 2, canvas->blocks_px - 2, w_pt + 4, canvas->blocks_h_px + 4, 4,
        strip->theme->axis);
    plumb_scene_rect(
        canvas->scene, x_pt, canvas->blocks_px, w_pt, canvas->blocks_h_px, 3, strip->theme->paper);
}

static void block(const struct canvas *canvas, double from_s, double to_s, enum plumb_zone zone)
{
    static const double heights[] = {
        [PLUMB_OFF] = 0.08, [PLUMB_GREEN] = 0.34, [PLUMB_AMBER] = 0.62, [PLUMB_RED] = 1};
    double h_px = heights[zone] * canvas->blocks_h_px, x_pt = x_px(canvas, from_s);
    const struct plumb_theme *theme = canvas->strip->theme;
    plumb_scene_rect(
        canvas->scene, x_pt, canvas->blocks_px + canvas->blocks_h_px - h_px,
        fmax(CELL_PX, x_px(canvas, to_s) - x_pt), h_px, 0,
        zone == PLUMB_OFF ? theme->trace_idle : theme->zone[zone].fill);
}

static void hole(const struct canvas *canvas, double from_s, double to_s)
{
    double x_pt = x_px(canvas, from_s);
    plumb_scene_hatch(
        canvas->scene, x_pt, canvas->blocks_px, x_px(canvas, to_s) - x_pt, canvas->blocks_h_px,
        canvas->strip->theme->axis);
}

/* How many stretches a cell of the strip takes. */
static int64_t stretches_a_cell(const struct canvas *canvas)
{
    double px_per_s = canvas->width_px / (canvas->end_s - canvas->strip->begin_s);
    return (int64_t)fmax(1, ceil(CELL_PX / (px_per_s * canvas->strip->tilt->stretch_s)));
}

/* Cells of equal zone grow together. */
static void blocks(const struct canvas *canvas)
{
    const struct plumb_trail *trail = canvas->strip->tilt;
    int64_t each = stretches_a_cell(canvas), at = trail->oldest / each;
    struct plumb_stretch run = {0}, here; /* begin_s, end_s and zones of the block that grows */
    plumb_scene_group(canvas->scene, "zones");
    for (; at * each <= trail->newest; at++) {
        if (!plumb_trail_merged(trail, at * each, each, &here))
            continue;
        int apart = run.filled && here.begin_s - run.end_s > HOLE_S;
        if (apart)
            hole(canvas, run.end_s, here.begin_s);
        if (run.filled && !apart && plumb_stretch_worst(&here) == plumb_stretch_worst(&run)) {
            run.end_s = here.end_s;
            continue;
        }
        if (run.filled)
            block(canvas, run.begin_s, apart ? run.end_s : here.begin_s, plumb_stretch_worst(&run));
        run = here;
    }
    if (run.filled)
        block(canvas, run.begin_s, run.end_s, plumb_stretch_worst(&run));
}

/* A bracket above, with the side's word where it has room. */
static void bracket(const struct canvas *canvas, const struct plumb_strip_hold *hold)
{
    const struct plumb_session_strip *strip = canvas->strip;
    struct plumb_text_style style = {
        0.9 * strip->text_px, PLUMB_WEIGHT_SEMIBOLD, strip->theme->slate, PLUMB_ANCHOR_MIDDLE};
    double end_s = isnan(hold->span.end_s) ? strip->now_s : hold->span.end_s;
    double x_pt = x_px(canvas, hold->span.begin_s), w_pt = x_px(canvas, end_s) - x_pt;
    const char *word = hold->word ? hold->word : "";
    plumb_scene_rect(
        canvas->scene, x_pt, canvas->blocks_px - 4, fmax(CELL_PX, w_pt), 3, 1, strip->theme->slate);
    if (plumb_text_width_pt(word, style.size_pt, style.weight) + 2 < w_pt)
        plumb_scene_text(
            canvas->scene, &style, x_pt + w_pt / 2, canvas->words_px - 0.15 * strip->text_px, w_pt, word);
}

static void clock_face(const struct canvas *canvas)
{
    const struct plumb_session_strip *strip = canvas->strip;
    struct plumb_text_style style = {
        0.85 * strip->text_px, PLUMB_WEIGHT_REGULAR, strip->theme->slate, PLUMB_ANCHOR_MIDDLE};
    double length_s = canvas->end_s - strip->begin_s;
    struct plumb_axis axis =
        plumb_axis_time(0, length_s, (int)fmax(1, canvas->width_px / (TICK_ROOM * strip->text_px)));
    char figure[PLUMB_FIGURE_ROOM];
    plumb_scene_group(canvas->scene, "clock");
    for (int i = 0; i < plumb_axis_ticks(&axis); i++) {
        double t_s = plumb_axis_tick(&axis, i), x_pt = x_px(canvas, strip->begin_s + t_s);
        style.anchor = i ? PLUMB_ANCHOR_MIDDLE : PLUMB_ANCHOR_START;
        if (x_pt + 1.5 * strip->text_px < canvas->left_px + canvas->width_px)
            plumb_scene_text(
                canvas->scene, &style, x_pt, canvas->clock_px, 0, plumb_figure_clock(figure, t_s, 0, 1));
    }
}

static void moments(const struct canvas *canvas)
{
    const struct plumb_session_strip *strip = canvas->strip;
    double low_px = canvas->blocks_px + canvas->blocks_h_px;
    plumb_scene_group(canvas->scene, "moments");
    for (size_t i = 0; i < strip->marks_n; i++)
        plumb_scene_marker(
            canvas->scene, PLUMB_SHAPE_DIAMOND, x_px(canvas, strip->marks[i].t_s),
            canvas->blocks_px + canvas->blocks_h_px / 2, 8, strip->theme->ink);
    for (size_t i = 0; strip->over && i < strip->flags_n; i++)
        plumb_scene_marker(
            canvas->scene, PLUMB_SHAPE_UP, x_px(canvas, strip->flags[i].span.begin_s), low_px, 7,
            strip->flags[i].pauses ? strip->theme->zone[PLUMB_RED].text : strip->theme->slate);
    if (isfinite(strip->cursor_s)) {
        double x_pt = x_px(canvas, strip->cursor_s);
        plumb_scene_line(
            canvas->scene, x_pt, canvas->blocks_px - 5, x_pt, low_px + 3, 2, 0, strip->theme->ink);
        plumb_scene_marker(
            canvas->scene, PLUMB_SHAPE_DOWN, x_pt, canvas->blocks_px - 6, 10, strip->theme->ink);
    }
}

void plumb_session_strip_draw(struct plumb_scene *scene, const struct plumb_session_strip *strip)
{
    struct canvas canvas = canvas_of(scene, strip);
    plumb_scene_clear(scene);
    scene->paper = strip->theme->paper;
    if (!isfinite(strip->begin_s + strip->now_s))
        return;
    track(&canvas);
    frame(&canvas);
    if (strip->tilt->newest >= strip->tilt->oldest)
        blocks(&canvas);
    plumb_scene_group(scene, "holds");
    for (size_t i = 0; i < strip->holds_n; i++)
        bracket(&canvas, &strip->holds[i]);
    clock_face(&canvas);
    moments(&canvas);
}
