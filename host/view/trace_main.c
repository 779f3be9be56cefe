/* The tilt: zones behind, the trace before them, what passed the limit filled, its peak named. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/said.h"
#include "text_width.h"
#include "trace_parts.h"

#define TICK_EVERY_PT  30.0 /* at least, between two numbers of the scale */
#define HEADROOM       0.08 /* of the range, above and below */
#define PEAKS_MOST     12   /* figures in the plot */
#define PEAKS_TRIED    400  /* flags looked at for them */
#define PEAK_ROOM_PT   20.0 /* a shape and its figure */
#define PEAK_HEAD_PT   32.0 /* with some air around them */
#define WORD_LEAST_PT  9.0  /* a zone lower than its word has none */
#define SCALE_MOST_DEG 180.0

/* The scale: neutral, the limits and everything that was judged. */
static struct plumb_axis
scale_of(const struct trace_parts *parts, const struct trace_run *run, double height_pt)
{
    const struct plumb_trace_limits *limits = &parts->chart->limits;
    double green_deg = fmax(limits->green_deg, limits->amber_deg); /* fmax and fmin pass a NaN by */
    double low = fmin(-5, -green_deg - 1), high = fmax(8, limits->red_deg + 2);
    trace_run_range(run, &low, &high);
    double pad = HEADROOM * (high - low), most = fmax(fabs(low), fabs(high)), peaks = 0;
    for (size_t i = 0; i < parts->chart->flags_n && i < PEAKS_TRIED; i++)
        if (fabs(parts->chart->flags[i].peak_deg) > 0.6 * most)
            peaks = PEAK_HEAD_PT * (high - low) / fmax(height_pt - PEAK_HEAD_PT, PEAK_HEAD_PT);
    low = fmax(-SCALE_MOST_DEG, floor(low - pad));
    high = fmin(SCALE_MOST_DEG, ceil(high + fmax(pad, peaks)));
    return plumb_axis_values(low, high, (int)(height_pt / TICK_EVERY_PT));
}

/* A tint between two angles, cut to the panel. */
static void tint(
    const struct trace_parts *parts, const struct trace_panel *panel, double x_pt, double w_pt,
    double low_deg, double high_deg, plumb_colour colour)
{
    double top_pt = trace_y_pt(panel, fmin(high_deg, panel->axis.high));
    double bottom_pt = trace_y_pt(panel, fmax(low_deg, panel->axis.low));
    if (!isnan(low_deg + high_deg) && bottom_pt > top_pt && w_pt > 0)
        plumb_scene_rect(parts->scene, x_pt, top_pt, w_pt, bottom_pt - top_pt, 0, colour);
}

static void
zones_between(const struct trace_parts *parts, const struct trace_panel *panel, double from_s, double to_s)
{
    const struct plumb_trace_limits *limits = &parts->chart->limits;
    double x_pt = trace_x_pt(parts, from_s), w_pt = trace_x_pt(parts, to_s) - x_pt;
    tint(parts, panel, x_pt, w_pt, -limits->green_deg, limits->green_deg, PLUMB_COLOUR_GREEN_TINT);
    tint(parts, panel, x_pt, w_pt, limits->green_deg, limits->red_deg, PLUMB_COLOUR_AMBER_TINT);
    tint(parts, panel, x_pt, w_pt, limits->red_deg, panel->axis.high, PLUMB_COLOUR_RED_TINT);
}

/* Zones stand only where they were in force: inside a hold; without holds, everywhere. */
static void zones(const struct trace_parts *parts, const struct trace_panel *panel)
{
    const struct plumb_trace_chart *chart = parts->chart;
    double last_pt = -INFINITY;
    plumb_scene_group(parts->scene, "zones");
    if (chart->holds_n == 0)
        zones_between(parts, panel, parts->time.low, parts->time.high);
    for (size_t i = 0; i < chart->holds_n; i++) {
        double from_s = fmax(chart->holds[i].start_s, parts->time.low);
        double to_s = fmin(chart->holds[i].end_s, parts->time.high);
        double end_pt = trace_x_pt(parts, to_s);
        if (!(end_pt - fmax(last_pt, parts->left_pt) > 0.25)) /* nobody sees it, and there may be thousands */
            continue;
        zones_between(parts, panel, from_s, to_s);
        last_pt = end_pt;
    }
}

static void limit_line(
    const struct trace_parts *parts, const struct trace_panel *panel, double deg, double dash_pt,
    plumb_colour colour)
{
    double y_pt = trace_y_pt(panel, deg);
    if (deg > panel->axis.low && deg < panel->axis.high)
        plumb_scene_line(parts->scene, parts->left_pt, y_pt, parts->right_pt, y_pt, 1, dash_pt, colour);
}

static void limit_lines(const struct trace_parts *parts, const struct trace_panel *panel)
{
    const struct plumb_trace_limits *limits = &parts->chart->limits;
    plumb_scene_group(parts->scene, "limits");
    limit_line(parts, panel, limits->red_deg, 0, PLUMB_COLOUR_RED);
    limit_line(parts, panel, limits->posterior_deg, 3, PLUMB_COLOUR_SLATE);
}

/* Closes a hill on the limit line. */
static void hill_end(const struct trace_parts *parts, double y_pt, const struct plumb_column *last)
{
    if (last)
        plumb_scene_point(parts->scene, trace_x_pt(parts, last->t_end_s), y_pt);
}

static void
hill_grow(const struct trace_parts *parts, const struct trace_panel *panel, const struct plumb_column *column)
{
    plumb_scene_point(parts->scene, trace_x_pt(parts, column->t_first_s), trace_y_pt(panel, column->first));
    plumb_scene_point(parts->scene, trace_x_pt(parts, column->t_last_s), trace_y_pt(panel, column->last));
}

/* What lay beyond the red limit: hills between the limit line and the trace. */
static void hills(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run,
    double y_pt)
{
    const struct plumb_column *last = NULL; /* of the hill that is open */
    for (size_t i = 0; i < run->n; i++) {
        const struct plumb_column *column = &run->columns[i];
        double most_deg = fmax(column->first, column->last);
        int beyond = column->judged && most_deg > parts->chart->limits.red_deg;
        if (!beyond || column->blank) {
            hill_end(parts, y_pt, last);
            last = NULL;
        }
        if (!beyond)
            continue;
        if (!last) {
            plumb_scene_polygon(parts->scene, PLUMB_COLOUR_RED_FILL);
            plumb_scene_point(parts->scene, trace_x_pt(parts, column->t_begin_s), y_pt);
        }
        hill_grow(parts, panel, column);
        last = column;
    }
    hill_end(parts, y_pt, last);
}

static void
excursions(const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run)
{
    double y_pt = trace_y_pt(panel, parts->chart->limits.red_deg);
    if (!(parts->chart->limits.red_deg < panel->axis.high))
        return;
    plumb_scene_group(parts->scene, "excursions");
    plumb_scene_clip(
        parts->scene, parts->left_pt, panel->top_pt, parts->right_pt - parts->left_pt, y_pt - panel->top_pt);
    hills(parts, panel, run, y_pt);
    plumb_scene_unclip(parts->scene);
}

/* Where between two times the trace is farthest from neutral. NULL when nothing is known there. */
static const struct plumb_column *farthest(const struct trace_run *run, const struct plumb_trace_flag *flag)
{
    const struct plumb_column *best = NULL;
    double most = -1;
    for (size_t i = 0; i < run->n; i++) {
        const struct plumb_column *column = &run->columns[i];
        double size = fmax(fabs(column->first), fabs(column->last));
        int inside = column->t_end_s >= flag->onset_s && !(column->t_begin_s > flag->end_s);
        if (inside && size > most) {
            most = size;
            best = column;
        }
    }
    return best;
}

/* A peak's shape with its figure beyond it, seen from neutral. */
struct peak {
    double x_pt, y_pt; /* of the shape */
    double text_x_pt;  /* middle of the figure: beside the shape only at the edge of the plot */
    double half_pt;    /* half its width */
    int up;
    char text[PLUMB_FIGURE_ROOM + 4];
};

static const struct plumb_text_style PEAK_STYLE = {
    TRACE_TEXT_NAME_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_MIDDLE};

static struct peak peak_at(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct plumb_column *column,
    double peak_deg)
{
    int first = fabs(column->first) > fabs(column->last);
    double t_s = first ? column->t_first_s : column->t_last_s, deg = first ? column->first : column->last;
    struct peak peak = {.up = peak_deg >= 0};
    char figure[PLUMB_FIGURE_ROOM];
    plumb_said_figure(figure, parts->chart->tongue, peak_deg, 1, PLUMB_SIGN_ALWAYS);
    snprintf(peak.text, sizeof peak.text, "%s\xc2\xb0", figure);
    peak.half_pt = plumb_text_width_pt(peak.text, PEAK_STYLE.size_pt, PEAK_STYLE.weight) / 2;
    peak.x_pt = trace_x_pt(parts, t_s);
    peak.text_x_pt = fmax(parts->left_pt + peak.half_pt, fmin(parts->right_pt - peak.half_pt, peak.x_pt));
    double least_pt = panel->top_pt + PEAK_ROOM_PT, most_pt = panel->top_pt + panel->height_pt - PEAK_ROOM_PT;
    peak.y_pt = fmax(least_pt, fmin(most_pt, trace_y_pt(panel, deg) + (peak.up ? -8 : 8)));
    return peak;
}

static int peak_free(const struct peak *peaks, int n, const struct peak *wanted)
{
    for (int i = 0; i < n; i++)
        if (fabs(peaks[i].text_x_pt - wanted->text_x_pt) < peaks[i].half_pt + wanted->half_pt + 3 &&
            fabs(peaks[i].y_pt - wanted->y_pt) < PEAK_ROOM_PT + 4)
            return 0;
    return 1;
}

static void
peak_draw(const struct trace_parts *parts, const struct peak *peak, const struct trace_flag_look *look)
{
    plumb_scene_marker(parts->scene, look->shape, peak->x_pt, peak->y_pt, 7, look->colour);
    plumb_scene_text(
        parts->scene, &PEAK_STYLE, peak->text_x_pt, peak->y_pt + (peak->up ? -7 : 14), 0, peak->text);
}

/* Whether the flag's peak is an angle of this panel. An arch that a second sensor measured is one of the
 * lumbar curve, whose panel shows it. */
static int is_of_tilt(const struct trace_flag_look *look, const struct plumb_trace_flag *flag)
{
    int measured_arch =
        strcmp(look->kind, "lumbar_arch") == 0 && flag->basis && strcmp(flag->basis, "measured") == 0;
    return look->on_tilt && !measured_arch && isfinite(flag->peak_deg);
}

/* Draws the flag's peak where it is known and its place is free. */
static int try_peak(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run,
    const struct plumb_trace_flag *flag, const struct peak *drawn, int n, struct peak *peak)
{
    const struct trace_flag_look *look = trace_flag_look(flag->kind);
    if (!is_of_tilt(look, flag))
        return 0;
    const struct plumb_column *column = farthest(run, flag);
    if (!column)
        return 0;
    *peak = peak_at(parts, panel, column, flag->peak_deg);
    if (!peak_free(drawn, n, peak))
        return 0;
    peak_draw(parts, peak, look);
    return 1;
}

static void
peaks(const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run)
{
    const struct plumb_trace_chart *chart = parts->chart;
    struct peak drawn[PEAKS_MOST];
    int n = 0;
    plumb_scene_group(parts->scene, "peaks");
    for (size_t i = 0; i < chart->flags_n && i < PEAKS_TRIED && n < PEAKS_MOST; i++)
        n += try_peak(parts, panel, run, &chart->flags[i], drawn, n, &drawn[n]);
}

/* A zone's word and limit, right of the plot, in the middle of the zone. */
static void zone_word(
    const struct trace_parts *parts, const struct trace_panel *panel, double low_deg, double high_deg,
    plumb_colour colour, const char *word, const char *limit)
{
    const struct plumb_text_style bold = {
        TRACE_TEXT_BODY_PT, PLUMB_WEIGHT_SEMIBOLD, colour, PLUMB_ANCHOR_START};
    const struct plumb_text_style fine = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
    double top_pt = trace_y_pt(panel, fmin(high_deg, panel->axis.high));
    double bottom_pt = trace_y_pt(panel, fmax(low_deg, panel->axis.low));
    double x_pt = parts->right_pt + 10, room_pt = TRACE_GUTTER_RIGHT_PT - 10;
    double middle_pt = (top_pt + bottom_pt) / 2;
    int two = limit[0] && bottom_pt - top_pt > 26;
    if (isnan(low_deg + high_deg) || bottom_pt - top_pt < WORD_LEAST_PT) /* not set, or no room for a word */
        return;
    plumb_scene_rect(parts->scene, parts->right_pt + 3, top_pt + 1, 2.5, bottom_pt - top_pt - 2, 1, colour);
    plumb_scene_text(parts->scene, &bold, x_pt, middle_pt + (two ? -2.5 : 3.5), room_pt, word);
    if (two)
        plumb_scene_text(parts->scene, &fine, x_pt, middle_pt + 9, room_pt, limit);
}

static void zone_words(const struct trace_parts *parts, const struct trace_panel *panel)
{
    const struct plumb_trace_limits *limits = &parts->chart->limits;
    const struct plumb_tongue *tongue = parts->chart->tongue;
    char figure[PLUMB_FIGURE_ROOM], text[64];
    plumb_scene_group(parts->scene, "zone words");
    plumb_said_figure(figure, tongue, limits->red_deg, 1, PLUMB_SIGN_ALWAYS);
    snprintf(text, sizeof text, plumb_said(tongue, "beyond %s\u00b0"), figure);
    zone_word(
        parts, panel, limits->red_deg, panel->axis.high, PLUMB_COLOUR_RED_TEXT,
        plumb_said(tongue, "out of zone"), text);
    zone_word(
        parts, panel, limits->green_deg, limits->red_deg, PLUMB_COLOUR_AMBER_TEXT,
        plumb_said(tongue, "at the edge"), "");
    plumb_said_figure(figure, tongue, limits->green_deg, 1, PLUMB_SIGN_MINUS);
    snprintf(text, sizeof text, plumb_said(tongue, "within \u00b1%s\u00b0"), figure);
    zone_word(
        parts, panel, -limits->green_deg, limits->green_deg, PLUMB_COLOUR_GREEN_TEXT,
        plumb_said(tongue, "in zone"), text);
}

static void directions(const struct trace_parts *parts, const struct trace_panel *panel)
{
    static const struct plumb_text_style fine = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
    const struct plumb_tongue *tongue = parts->chart->tongue;
    double x_pt = TRACE_MARGIN_PT, room_pt = TRACE_GUTTER_LEFT_PT - 50;
    double bottom_pt = panel->top_pt + panel->height_pt;
    trace_name(parts, panel->top_pt + 9, PLUMB_SAID("Pelvic tilt"), PLUMB_SAID("\u00b0 from neutral"));
    if (panel->height_pt < 90)
        return;
    plumb_scene_marker(parts->scene, PLUMB_SHAPE_UP, x_pt + 3, panel->top_pt + 39, 6, PLUMB_COLOUR_SLATE);
    plumb_scene_text(
        parts->scene, &fine, x_pt + 10, panel->top_pt + 42, room_pt, plumb_said(tongue, "anterior"));
    plumb_scene_marker(parts->scene, PLUMB_SHAPE_DOWN, x_pt + 3, bottom_pt - 7, 6, PLUMB_COLOUR_SLATE);
    plumb_scene_text(parts->scene, &fine, x_pt + 10, bottom_pt - 4, room_pt, plumb_said(tongue, "posterior"));
}

static void nothing_known(const struct trace_parts *parts, const struct trace_panel *panel)
{
    static const struct plumb_text_style style = {
        TRACE_TEXT_NAME_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_MIDDLE};
    const struct plumb_tongue *tongue = parts->chart->tongue;
    const char *word = parts->chart->n ? plumb_said(tongue, "The tilt could not be seen in this recording")
                                       : plumb_said(tongue, "This recording has no samples");
    double half_pt = plumb_text_width_pt(word, style.size_pt, style.weight) / 2 + 10;
    double x_pt = (parts->left_pt + parts->right_pt) / 2, y_pt = panel->top_pt + panel->height_pt / 2;
    plumb_scene_rect(parts->scene, x_pt - half_pt, y_pt - 13, 2 * half_pt, 26, 4, PLUMB_COLOUR_PAPER);
    plumb_scene_text(parts->scene, &style, x_pt, y_pt + 4, 2 * half_pt, word);
}

static void
draw_run(const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run)
{
    trace_panel_blanks(parts, panel, run);
    plumb_scene_group(parts->scene, "tilt");
    plumb_scene_clip(
        parts->scene, parts->left_pt, panel->top_pt, parts->right_pt - parts->left_pt, panel->height_pt);
    if (parts->chart->tilt_sd_deg)
        trace_panel_band(parts, panel, run);
    excursions(parts, panel, run);
    limit_lines(parts, panel);
    trace_panel_line(parts, panel, run, PLUMB_COLOUR_TRACE_BLUE);
    trace_panel_off_scale(parts, panel, run);
    plumb_scene_unclip(parts->scene);
    peaks(parts, panel, run);
    if (run->n == 0)
        nothing_known(parts, panel);
    else
        trace_panel_blank_words(parts, panel, run);
}

void trace_main(const struct trace_parts *parts, double top_pt, double height_pt)
{
    struct plumb_series series = trace_series(parts, parts->chart->tilt_deg, parts->chart->tilt_sd_deg);
    struct trace_run run;
    if (!trace_run_make(&run, &series)) {
        parts->scene->failed = true;
        return;
    }
    struct trace_panel panel = {top_pt, height_pt, scale_of(parts, &run, height_pt)};
    plumb_scene_group(parts->scene, "tilt panel");
    zones(parts, &panel);
    trace_panel_grid(parts, &panel, 1);
    draw_run(parts, &panel, &run);
    zone_words(parts, &panel);
    directions(parts, &panel);
    free(run.columns);
}
