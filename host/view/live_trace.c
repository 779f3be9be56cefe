#include "live_trace_parts.h"

#include <math.h>
#include <stdio.h>

#include "../core/said.h"
#include "axis.h"
#include "figure.h"

#define GUTTER_LEFT   3.1  /* of the text's size: "+15°" */
#define GUTTER_RIGHT  6.4  /* "out of zone" */
#define FOOT          1.9  /* the seconds */
#define HEAD          0.6  /* half a number above the highest line */
#define TICK_EVERY    2.2  /* at least, between two numbers */
#define STROKE_PX     2.25 /* of the trace at a text of 18 */
#define WORD_LEAST_PX 10.0 /* a zone lower than its word has none */
#define SECONDS_EVERY 15.0
#define CLOCK_EVERY   6.0 /* of the text's size, at least, between two moments */

static const double SCALES_DEG[] = {12, 15, 20, 30, 45, 60, 90, 180};
#define SCALES_N (sizeof SCALES_DEG / sizeof SCALES_DEG[0])

double live_span_s(const struct plumb_live_trace *trace)
{
    return trace->back ? trace->back->span_s : PLUMB_LIVE_TRACE_S;
}

/* Of the width: what is kept free between now and the right edge. */
static double ahead_of(const struct plumb_live_trace *trace)
{
    return trace->back ? 0 : PLUMB_LIVE_TRACE_AHEAD;
}

struct live_canvas live_canvas_of(struct plumb_scene *scene, const struct plumb_live_trace *trace)
{
    struct live_canvas canvas = {scene, trace, plumb_live_trace_plot(scene, trace), trace->text_px, 0};
    canvas.stroke_px = STROKE_PX * fmax(1, trace->text_px / 18);
    return canvas;
}

struct plumb_live_plot
plumb_live_trace_plot(const struct plumb_scene *scene, const struct plumb_live_trace *trace)
{
    double text_px = trace->text_px;
    struct plumb_live_plot plot = {
        .left_px = GUTTER_LEFT * text_px,
        .top_px = HEAD * text_px,
        .low_deg = trace->low_deg,
        .high_deg = trace->high_deg,
    };
    double whole_px = fmax(1, scene->width_pt - plot.left_px - GUTTER_RIGHT * text_px);
    plot.width_px = whole_px * (1 - ahead_of(trace));
    plot.height_px = fmax(1, scene->height_pt - plot.top_px - FOOT * text_px);
    return plot;
}

double live_right_px(const struct live_canvas *canvas)
{
    return canvas->plot.left_px + canvas->plot.width_px / (1 - ahead_of(canvas->trace));
}

double live_x_px(const struct live_canvas *canvas, double t_s)
{
    double share = 1 - (canvas->trace->now_s - t_s) / live_span_s(canvas->trace);
    return canvas->plot.left_px + canvas->plot.width_px * fmax(-1, fmin(2, share));
}

double live_y_px(const struct live_canvas *canvas, double deg)
{
    const struct plumb_live_plot *plot = &canvas->plot;
    double share = (deg - plot->low_deg) / (plot->high_deg - plot->low_deg);
    return plot->top_px + plot->height_px * (1 - fmax(-2, fmin(3, share)));
}

double
plumb_live_trace_at_s(const struct plumb_scene *scene, const struct plumb_live_trace *trace, double x_px)
{
    struct plumb_live_plot plot = plumb_live_trace_plot(scene, trace);
    double share = fmax(0, fmin(1, (x_px - plot.left_px) / plot.width_px));
    return trace->now_s - (1 - share) * live_span_s(trace);
}

/* ---- the scale */

static void widen(const struct plumb_stretch *some, double *low_deg, double *high_deg)
{
    *low_deg = fmin(*low_deg, fmin(some->first, some->last));
    *high_deg = fmax(*high_deg, fmax(some->first, some->last));
}

static void range_of(const struct plumb_live_trace *trace, double *low_deg, double *high_deg)
{
    struct plumb_stretch all;
    int64_t first = plumb_trail_index(trace->tilt, trace->now_s - live_span_s(trace));
    int64_t last = plumb_trail_index(trace->tilt, trace->now_s);
    if (plumb_trail_merged(trace->tilt, first, last - first + 1, &all))
        widen(&all, low_deg, high_deg);
}

static void range_of_judged(const struct plumb_live_trace *trace, double *low_deg, double *high_deg)
{
    struct plumb_stretch one;
    for (int64_t at = trace->tilt->oldest; at <= trace->tilt->newest; at++)
        if (plumb_trail_merged(trace->tilt, at, 1, &one) && !(one.zones & 1u << PLUMB_OFF))
            widen(&one, low_deg, high_deg);
}

static double step_beyond(double deg)
{
    for (size_t i = 0; i < SCALES_N; i++)
        if (deg <= SCALES_DEG[i])
            return SCALES_DEG[i];
    return SCALES_DEG[SCALES_N - 1];
}

int plumb_live_trace_scale(struct plumb_live_trace *trace)
{
    double high_deg = fmax(9, trace->limits.red_deg + 3); /* fmax and fmin pass a NaN by */
    double low_deg = fmin(-9, trace->limits.posterior_deg - 2);
    double old_high_deg = trace->high_deg, old_low_deg = trace->low_deg;
    if (trace->back && trace->back->judged_only)
        range_of_judged(trace, &low_deg, &high_deg);
    else
        range_of(trace, &low_deg, &high_deg);
    trace->high_deg = step_beyond(high_deg);
    trace->low_deg = -step_beyond(-low_deg);
    return trace->high_deg != old_high_deg || trace->low_deg != old_low_deg;
}

/* ---- what stays */

static void zone_band(const struct live_canvas *canvas, double low_deg, double high_deg, enum plumb_zone zone)
{
    double top_px = live_y_px(canvas, fmin(high_deg, canvas->plot.high_deg));
    double bottom_px = live_y_px(canvas, fmax(low_deg, canvas->plot.low_deg));
    double left_px = canvas->plot.left_px;
    if (isnan(low_deg + high_deg) || bottom_px - top_px < 0.5)
        return;
    plumb_scene_rect(
        canvas->scene, left_px, top_px, live_right_px(canvas) - left_px, bottom_px - top_px, 0,
        canvas->trace->theme->zone[zone].tint);
}

/* The zone's word right of the plot, behind a bar in its colour. */
static void zone_word(const struct live_canvas *canvas, double low_deg, double high_deg, enum plumb_zone zone)
{
    const struct plumb_zone_colours *colours = &canvas->trace->theme->zone[zone];
    double top_px = live_y_px(canvas, fmin(high_deg, canvas->plot.high_deg));
    double bottom_px = live_y_px(canvas, fmax(low_deg, canvas->plot.low_deg));
    double x_pt = live_right_px(canvas) + 4;
    double text_px = fmin(canvas->text_px * 0.9, (bottom_px - top_px) / 1.1);
    struct plumb_text_style style = {text_px, PLUMB_WEIGHT_SEMIBOLD, colours->text, PLUMB_ANCHOR_START};
    if (isnan(low_deg + high_deg) || bottom_px - top_px < 1)
        return;
    plumb_scene_rect(canvas->scene, x_pt, top_px + 1, 4, fmax(1, bottom_px - top_px - 2), 2, colours->fill);
    if (text_px >= WORD_LEAST_PX)
        plumb_scene_text(
            canvas->scene, &style, x_pt + 11, (top_px + bottom_px) / 2 + 0.36 * text_px,
            (GUTTER_RIGHT - 0.4) * canvas->text_px - 15, plumb_zone_words(zone));
}

static void zones(const struct live_canvas *canvas)
{
    const struct plumb_trace_limits *limits = &canvas->trace->limits;
    double high_deg = canvas->plot.high_deg;
    plumb_scene_group(canvas->scene, "zones");
    zone_band(canvas, -limits->green_deg, limits->green_deg, PLUMB_GREEN);
    zone_band(canvas, limits->green_deg, limits->red_deg, PLUMB_AMBER);
    zone_band(canvas, limits->red_deg, high_deg, PLUMB_RED);
    zone_word(canvas, -limits->green_deg, limits->green_deg, PLUMB_GREEN);
    zone_word(canvas, limits->green_deg, limits->red_deg, PLUMB_AMBER);
    zone_word(canvas, limits->red_deg, high_deg, PLUMB_RED);
}

static void
level(const struct live_canvas *canvas, double deg, double dash_px, double stroke_px, plumb_colour colour)
{
    double y_pt = live_y_px(canvas, deg);
    if (deg > canvas->plot.low_deg && deg < canvas->plot.high_deg)
        plumb_scene_line(
            canvas->scene, canvas->plot.left_px, y_pt, live_right_px(canvas), y_pt, stroke_px, dash_px,
            colour);
}

static void numbers(const struct live_canvas *canvas)
{
    const struct plumb_theme *theme = canvas->trace->theme;
    struct plumb_text_style style = {canvas->text_px, PLUMB_WEIGHT_REGULAR, theme->slate, PLUMB_ANCHOR_END};
    int most = (int)fmax(2, canvas->plot.height_px / (TICK_EVERY * canvas->text_px));
    struct plumb_axis axis = plumb_axis_values(canvas->plot.low_deg, canvas->plot.high_deg, most);
    char figure[PLUMB_FIGURE_ROOM], text[PLUMB_FIGURE_ROOM + 4];
    plumb_scene_group(canvas->scene, "numbers");
    for (int i = 0; i < plumb_axis_ticks(&axis); i++) {
        double deg = plumb_axis_tick(&axis, i);
        level(canvas, deg, 0, 1, fabs(deg) < axis.step / 2 ? theme->axis : theme->rule);
        snprintf(
            text, sizeof text, "%s\xc2\xb0", plumb_figure(figure, deg, axis.decimals, PLUMB_SIGN_ALWAYS));
        plumb_scene_text(
            canvas->scene, &style, canvas->plot.left_px - 0.4 * canvas->text_px,
            live_y_px(canvas, deg) + 0.36 * canvas->text_px, (GUTTER_LEFT - 0.5) * canvas->text_px, text);
    }
}

static void moment_at(
    const struct live_canvas *canvas, double x_pt, const struct plumb_text_style *style, const char *text)
{
    double bottom_px = canvas->plot.top_px + canvas->plot.height_px;
    plumb_scene_line(
        canvas->scene, x_pt, canvas->plot.top_px, x_pt, bottom_px, 1, 0, canvas->trace->theme->rule);
    plumb_scene_text(canvas->scene, style, x_pt, bottom_px + 1.4 * canvas->text_px, 0, text);
}

/* Afterwards: the session's own minutes. */
static void minutes(const struct live_canvas *canvas, const struct plumb_text_style *style)
{
    const struct plumb_live_trace *trace = canvas->trace;
    double room = canvas->plot.width_px / (CLOCK_EVERY * style->size_pt);
    int most =
        (int)fmax(1, fmin(room, live_span_s(trace))); /* a step of a second at least: m:ss has no less */
    struct plumb_axis axis = plumb_axis_time(trace->now_s - live_span_s(trace), trace->now_s, most);
    char figure[PLUMB_FIGURE_ROOM];
    plumb_scene_group(canvas->scene, "minutes");
    for (int i = 0; i < plumb_axis_ticks(&axis); i++) {
        double t_s = plumb_axis_tick(&axis, i);
        moment_at(canvas, live_x_px(canvas, t_s), style, plumb_figure_clock(figure, t_s, axis.decimals, 1));
    }
}

static void seconds(const struct live_canvas *canvas, const struct plumb_text_style *style)
{
    char figure[PLUMB_FIGURE_ROOM], text[PLUMB_FIGURE_ROOM + 4];
    plumb_scene_group(canvas->scene, "seconds");
    for (double ago_s = 0; ago_s <= PLUMB_LIVE_TRACE_S; ago_s += SECONDS_EVERY) {
        double x_pt = canvas->plot.left_px + canvas->plot.width_px * (1 - ago_s / PLUMB_LIVE_TRACE_S);
        snprintf(text, sizeof text, "%s s", plumb_figure(figure, -ago_s, 0, PLUMB_SIGN_MINUS));
        moment_at(canvas, x_pt, style, ago_s > 0 ? text : PLUMB_SAID("now"));
    }
}

static void clock_of(const struct live_canvas *canvas)
{
    struct plumb_text_style style = {
        canvas->text_px * 0.85, PLUMB_WEIGHT_REGULAR, canvas->trace->theme->slate, PLUMB_ANCHOR_MIDDLE};
    if (canvas->trace->back)
        minutes(canvas, &style);
    else
        seconds(canvas, &style);
}

static void directions(const struct live_canvas *canvas)
{
    plumb_colour colour = canvas->trace->theme->slate;
    double text_px = canvas->text_px * 0.85, x_pt = canvas->plot.left_px + 0.9 * text_px;
    double high_px = canvas->plot.top_px + 1.6 * text_px + LIVE_HOLD_BAR_PX;
    double low_px = canvas->plot.top_px + canvas->plot.height_px - 0.7 * text_px;
    struct plumb_text_style style = {text_px, PLUMB_WEIGHT_REGULAR, colour, PLUMB_ANCHOR_START};
    plumb_scene_group(canvas->scene, "directions");
    plumb_scene_marker(canvas->scene, PLUMB_SHAPE_UP, x_pt, high_px - 0.35 * text_px, 0.6 * text_px, colour);
    plumb_scene_text(canvas->scene, &style, x_pt + 0.7 * text_px, high_px, 0, "forward");
    plumb_scene_marker(canvas->scene, PLUMB_SHAPE_DOWN, x_pt, low_px - 0.35 * text_px, 0.6 * text_px, colour);
    plumb_scene_text(canvas->scene, &style, x_pt + 0.7 * text_px, low_px, 0, "back");
}

void plumb_live_trace_stay(struct plumb_scene *scene, const struct plumb_live_trace *trace)
{
    struct live_canvas canvas = live_canvas_of(scene, trace);
    plumb_scene_clear(scene);
    scene->paper = trace->theme->paper;
    if (trace->judged)
        zones(&canvas);
    clock_of(&canvas);
    numbers(&canvas);
    if (trace->judged && isfinite(trace->limits.red_deg))
        level(&canvas, trace->limits.red_deg, 0, 1.5, trace->theme->zone[PLUMB_RED].text);
    if (trace->judged && isfinite(trace->limits.posterior_deg))
        level(&canvas, trace->limits.posterior_deg, 5, 1.25, trace->theme->slate);
    directions(&canvas);
}
