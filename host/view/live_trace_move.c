/* The part of the live trace that moves: the line, what passed the limit, holds, marks, the newest value; or
 * afterwards flags, and the value under the cursor. */
#include <math.h>

#include "live_trace_parts.h"

#define HOLE_S         0.25 /* DESIGN, "What bad input gets" */
#define COLUMN_PX      1.0  /* a column of the plot is at least this wide */
#define MARK_WORD_ROOM 8.0  /* of the text's size */
#define BACK_ROOM      6.0  /* times the text: how far the word "back" reaches into the lower left corner */
#define FLAG_BAR_PX    6.0
#define FLAG_LEAST_PX  3.0 /* a flag is never too short to be seen */

/* The columns of the plot: so many stretches each, anchored to their index. */
struct columns {
    int64_t first, last, each;
};

static struct columns columns_of(const struct live_canvas *canvas)
{
    const struct plumb_trail *trail = canvas->trace->tilt;
    double px_per_stretch = canvas->plot.width_px * trail->stretch_s / live_span_s(canvas->trace);
    struct columns columns = {.each = (int64_t)fmax(1, ceil(COLUMN_PX / px_per_stretch - 1e-9))};
    int64_t from = plumb_trail_index(trail, canvas->trace->now_s - live_span_s(canvas->trace));
    columns.first = from >= 0 ? from / columns.each : 0;
    columns.last = plumb_trail_index(trail, canvas->trace->now_s) / columns.each;
    return columns;
}

static int
column(const struct live_canvas *canvas, const struct columns *columns, int64_t at, struct plumb_stretch *out)
{
    return plumb_trail_merged(canvas->trace->tilt, at * columns->each, columns->each, out);
}

static int is_judged(const struct plumb_stretch *stretch)
{
    return stretch->zones & ~(1u << PLUMB_OFF) ? 1 : 0;
}

static void point(const struct live_canvas *canvas, double t_s, double deg)
{
    plumb_scene_point(canvas->scene, live_x_px(canvas, t_s), live_y_px(canvas, deg));
}

static void points(const struct live_canvas *canvas, const struct plumb_stretch *column)
{
    point(canvas, column->t_first_s, column->first);
    if (column->t_last_s > column->t_first_s)
        point(canvas, column->t_last_s, column->last);
}

/* Nothing came for a while: hatched, never bridged. */
static void hole(const struct live_canvas *canvas, double from_s, double to_s)
{
    double x_pt = fmax(canvas->plot.left_px, live_x_px(canvas, from_s)),
           w_pt = live_x_px(canvas, to_s) - x_pt;
    if (w_pt > 0.5)
        plumb_scene_hatch(
            canvas->scene, x_pt, canvas->plot.top_px, w_pt, canvas->plot.height_px,
            canvas->trace->theme->axis);
}

/* Beyond the red limit: hills between the limit's line and the trace. */
static void hills(const struct live_canvas *canvas, const struct columns *columns)
{
    double limit_deg = canvas->trace->limits.red_deg, end_s = 0;
    int open = 0;
    for (int64_t at = columns->first; at <= columns->last; at++) {
        struct plumb_stretch here;
        int known = column(canvas, columns, at, &here);
        int beyond = known && is_judged(&here) && fmax(here.first, here.last) > limit_deg;
        if (open && (!beyond || here.begin_s - end_s > HOLE_S)) {
            point(canvas, end_s, limit_deg);
            open = 0;
        }
        if (!beyond)
            continue;
        if (!open) {
            plumb_scene_polygon(canvas->scene, canvas->trace->theme->hill);
            point(canvas, here.begin_s, limit_deg);
        }
        points(canvas, &here);
        end_s = here.end_s;
        open = 1;
    }
    if (open)
        point(canvas, end_s, limit_deg);
}

static void excursions(const struct live_canvas *canvas, const struct columns *columns)
{
    double limit_px = live_y_px(canvas, canvas->trace->limits.red_deg), top_px = canvas->plot.top_px;
    if (!canvas->trace->judged || !(canvas->trace->limits.red_deg < canvas->plot.high_deg))
        return;
    plumb_scene_group(canvas->scene, "excursions");
    plumb_scene_clip(
        canvas->scene, canvas->plot.left_px, top_px, live_right_px(canvas) - canvas->plot.left_px,
        fmax(0, limit_px - top_px));
    hills(canvas, columns);
    plumb_scene_unclip(canvas->scene);
}

static void line(const struct live_canvas *canvas, const struct columns *columns)
{
    const struct plumb_theme *theme = canvas->trace->theme;
    struct plumb_stretch before = {0}, here;
    plumb_scene_group(canvas->scene, "tilt");
    for (int64_t at = columns->first; at <= columns->last; at++) {
        if (!column(canvas, columns, at, &here))
            continue;
        int apart = before.filled && here.begin_s - before.end_s > HOLE_S;
        int judged = is_judged(&here);
        if (apart)
            hole(canvas, before.end_s, here.begin_s);
        if (!before.filled || apart || judged != is_judged(&before)) {
            plumb_scene_polyline(
                canvas->scene, canvas->stroke_px, 0, judged ? theme->trace : theme->trace_idle);
            if (before.filled && !apart)
                point(canvas, before.t_last_s, before.last);
        }
        points(canvas, &here);
        before = here;
    }
    if (!canvas->trace->back && before.filled && canvas->trace->now_s - before.end_s > 2 * HOLE_S)
        hole(canvas, before.end_s, canvas->trace->now_s);
}

static void holds(const struct live_canvas *canvas)
{
    plumb_scene_group(canvas->scene, "holds");
    for (size_t i = 0; i < canvas->trace->holds_n; i++) {
        const struct plumb_live_span *hold = &canvas->trace->holds[i];
        double end_s = isnan(hold->end_s) ? canvas->trace->now_s : hold->end_s;
        double x_pt = fmax(canvas->plot.left_px, live_x_px(canvas, hold->begin_s));
        double w_pt = live_x_px(canvas, end_s) - x_pt;
        if (w_pt > 0)
            plumb_scene_rect(
                canvas->scene, x_pt, canvas->plot.top_px, w_pt, LIVE_HOLD_BAR_PX, 2,
                canvas->trace->theme->slate);
    }
}

static void marks(const struct live_canvas *canvas)
{
    double text_px = 0.85 * canvas->text_px, bottom_px = canvas->plot.top_px + canvas->plot.height_px;
    struct plumb_text_style style = {
        text_px, PLUMB_WEIGHT_SEMIBOLD, canvas->trace->theme->ink, PLUMB_ANCHOR_START};
    plumb_scene_group(canvas->scene, "marks");
    for (size_t i = 0; i < canvas->trace->marks_n; i++) {
        const struct plumb_live_mark *mark = &canvas->trace->marks[i];
        double x_pt = live_x_px(canvas, mark->t_s);
        if (!(x_pt > canvas->plot.left_px))
            continue;
        plumb_scene_line(
            canvas->scene, x_pt, canvas->plot.top_px, x_pt, bottom_px, 1.5, 4, canvas->trace->theme->ink);
        double low_px = bottom_px - (x_pt < canvas->plot.left_px + BACK_ROOM * text_px ? 2 : 0.5) * text_px;
        plumb_scene_text(canvas->scene, &style, x_pt + 4, low_px, MARK_WORD_ROOM * text_px, mark->word);
    }
}

/* A value in its zone's colour and shape. */
static void value(const struct live_canvas *canvas, double t_s, double deg, enum plumb_zone zone)
{
    const struct plumb_theme *theme = canvas->trace->theme;
    double x_pt = live_x_px(canvas, t_s), y_pt = live_y_px(canvas, deg), size_px = 0.8 * canvas->text_px;
    plumb_scene_marker(canvas->scene, plumb_zone_shape(zone), x_pt, y_pt, size_px + 5, theme->paper);
    plumb_scene_marker(canvas->scene, plumb_zone_shape(zone), x_pt, y_pt, size_px, theme->zone[zone].fill);
}

static void newest(const struct live_canvas *canvas)
{
    const struct plumb_trail *trail = canvas->trace->tilt;
    struct plumb_stretch last;
    if (!plumb_trail_merged(trail, trail->newest, 1, &last) || canvas->trace->now_s - last.end_s > 2 * HOLE_S)
        return;
    plumb_scene_group(canvas->scene, "newest");
    value(canvas, last.t_last_s, last.last, plumb_stretch_worst(&last));
}

/* ---- afterwards */

static void flags(const struct live_canvas *canvas, const struct plumb_look_back *back)
{
    const struct plumb_theme *theme = canvas->trace->theme;
    double y_pt = canvas->plot.top_px + canvas->plot.height_px - FLAG_BAR_PX;
    plumb_scene_group(canvas->scene, "flags");
    for (size_t i = 0; i < back->flags_n; i++) {
        const struct plumb_live_flag *flag = &back->flags[i];
        double end_s = isnan(flag->span.end_s) ? canvas->trace->now_s : flag->span.end_s;
        double x_pt = live_x_px(canvas, flag->span.begin_s);
        double w_pt = fmax(FLAG_LEAST_PX, live_x_px(canvas, end_s) - x_pt);
        plumb_colour colour = flag->pauses ? theme->zone[PLUMB_RED].fill : theme->slate;
        plumb_scene_rect(canvas->scene, x_pt, y_pt, w_pt, FLAG_BAR_PX, 2, colour);
        plumb_scene_marker(canvas->scene, PLUMB_SHAPE_UP, x_pt, y_pt - 4, 0.6 * canvas->text_px, colour);
    }
}

static void cursor(const struct live_canvas *canvas, const struct plumb_look_back *back)
{
    const struct plumb_live_plot *plot = &canvas->plot;
    double x_pt = live_x_px(canvas, back->cursor_s);
    if (!isfinite(back->cursor_s))
        return;
    plumb_scene_group(canvas->scene, "cursor");
    plumb_scene_line(
        canvas->scene, x_pt, plot->top_px, x_pt, plot->top_px + plot->height_px, 2, 0,
        canvas->trace->theme->ink);
    if (isfinite(back->cursor_deg))
        value(
            canvas, back->cursor_s, fmax(plot->low_deg, fmin(plot->high_deg, back->cursor_deg)), back->zone);
}

void plumb_live_trace_move(struct plumb_scene *scene, const struct plumb_live_trace *trace)
{
    struct live_canvas canvas = live_canvas_of(scene, trace);
    struct columns columns = columns_of(&canvas);
    plumb_scene_clear(scene);
    if (!isfinite(trace->now_s))
        return;
    plumb_scene_clip(
        scene, canvas.plot.left_px, canvas.plot.top_px, live_right_px(&canvas) - canvas.plot.left_px,
        canvas.plot.height_px);
    holds(&canvas);
    excursions(&canvas, &columns);
    line(&canvas, &columns);
    marks(&canvas);
    if (trace->back) {
        flags(&canvas, trace->back);
        cursor(&canvas, trace->back);
    } else {
        newest(&canvas);
    }
    plumb_scene_unclip(scene);
}
