/* One panel: grid, blanks, band of uncertainty, line. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>

#include "figure.h"
#include "text_width.h"
#include "trace_parts.h"

#define BLANK_LEAST_PT 0.75 /* narrower ones cannot be seen */
#define WORDS_PAD_PT   4.0
#define OFF_MARK_PT    9.0 /* at least, between two marks of leaving the scale */

double trace_x_pt(const struct trace_parts *parts, double t_s)
{
    double share = (t_s - parts->time.low) / (parts->time.high - parts->time.low);
    return parts->left_pt + fmax(-1, fmin(2, share)) * (parts->right_pt - parts->left_pt);
}

double trace_y_pt(const struct trace_panel *panel, double deg)
{
    double share = (deg - panel->axis.low) / (panel->axis.high - panel->axis.low);
    return panel->top_pt + panel->height_pt * (1 - fmax(-2, fmin(3, share)));
}

struct plumb_series trace_series(const struct trace_parts *parts, const double *value, const double *sd)
{
    const struct plumb_trace_chart *chart = parts->chart;
    return (struct plumb_series){
        .n = chart->n,
        .first_row = chart->first_row,
        .rows_per_column = parts->rows_per_column,
        .hole_s = parts->hole_s,
        .t_s = chart->t_s,
        .value = value,
        .sd = sd,
        .zone = chart->zone,
        .gaps = chart->gaps,
        .gaps_n = chart->gaps_n,
    };
}

int trace_run_make(struct trace_run *run, const struct plumb_series *series)
{
    run->n = 0;
    run->columns = malloc(plumb_columns_room(series) * sizeof *run->columns);
    if (!run->columns)
        return 0;
    run->n = series->value ? plumb_columns_make(run->columns, series) : 0;
    return 1;
}

/* Getting into the pose may turn the pelvis far; only what is judged sets the scale, where there is any. */
void trace_run_range(const struct trace_run *run, double *low, double *high)
{
    int any = 0;
    for (size_t i = 0; i < run->n; i++)
        any |= run->columns[i].judged;
    for (size_t i = 0; i < run->n; i++) {
        const struct plumb_column *column = &run->columns[i];
        if (any && !column->judged)
            continue;
        *low = fmin(*low, fmin(column->first, column->last));
        *high = fmax(*high, fmax(column->first, column->last));
    }
}

static void
value_line(const struct trace_parts *parts, const struct trace_panel *panel, double deg, int number)
{
    static const struct plumb_text_style style = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_END};
    char figure[PLUMB_FIGURE_ROOM];
    double y_pt = trace_y_pt(panel, deg);
    plumb_scene_line(
        parts->scene, parts->left_pt, y_pt, parts->right_pt, y_pt, TRACE_HAIR_PT, 0,
        fabs(deg) < panel->axis.step / 2 ? PLUMB_COLOUR_AXIS : PLUMB_COLOUR_RULE);
    if (number)
        plumb_scene_text(
            parts->scene, &style, parts->left_pt - 8, y_pt + 3, 30,
            plumb_said_figure(figure, parts->chart->tongue, deg, panel->axis.decimals, PLUMB_SIGN_ALWAYS));
}

void trace_panel_grid(const struct trace_parts *parts, const struct trace_panel *panel, int numbers)
{
    double bottom_pt = panel->top_pt + panel->height_pt;
    for (int i = 0; i < plumb_axis_ticks(&parts->time); i++) {
        double x_pt = trace_x_pt(parts, plumb_axis_tick(&parts->time, i));
        plumb_scene_line(
            parts->scene, x_pt, panel->top_pt, x_pt, bottom_pt, TRACE_HAIR_PT, 0, PLUMB_COLOUR_RULE);
    }
    for (int i = 0; numbers && i < plumb_axis_ticks(&panel->axis); i++)
        value_line(parts, panel, plumb_axis_tick(&panel->axis, i), numbers);
}

/* The word on a little paper of its own at the foot of the panel, where it cannot be taken for a value. */
static void blank_word(
    const struct trace_parts *parts, const struct trace_panel *panel, double x_pt, const char *word,
    double *last_pt)
{
    static const struct plumb_text_style style = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_MIDDLE};
    double half_pt = plumb_text_width_pt(word, style.size_pt, style.weight) / 2 + WORDS_PAD_PT;
    double foot_pt = panel->top_pt + panel->height_pt - 5;
    x_pt = fmax(parts->left_pt + half_pt + 2, fmin(parts->right_pt - half_pt - 2, x_pt));
    if (x_pt - half_pt < *last_pt + 2)
        return;
    plumb_scene_rect(parts->scene, x_pt - half_pt, foot_pt - 11, 2 * half_pt, 14, 3, PLUMB_COLOUR_PAPER);
    plumb_scene_text(parts->scene, &style, x_pt, foot_pt - 1, 2 * half_pt, word);
    *last_pt = x_pt + half_pt;
}

struct blank {
    double from_s, to_s;
    enum plumb_blank kind;
};

/* The i-th of run->n + 1 places where something can be missing: before each column and after the last. */
static struct blank blank_at(const struct trace_parts *parts, const struct trace_run *run, size_t i)
{
    struct blank blank = {parts->from_s, parts->to_s, PLUMB_BLANK_UNKNOWN};
    if (i > 0)
        blank.from_s = run->columns[i - 1].t_end_s;
    if (i < run->n)
        blank.to_s = run->columns[i].t_begin_s;
    if (i > 0 && i < run->n)
        blank.kind = run->columns[i].blank;
    else if (blank.to_s - blank.from_s <= parts->hole_s)
        blank.kind = PLUMB_BLANK_NONE;
    return blank;
}

static int blank_shows(const struct trace_parts *parts, const struct blank *blank)
{
    return blank->kind && trace_x_pt(parts, blank->to_s) - trace_x_pt(parts, blank->from_s) >= BLANK_LEAST_PT;
}

static void blank_text(char *text, size_t room, const struct blank *blank, const struct plumb_tongue *tongue)
{
    char figure[PLUMB_FIGURE_ROOM];
    plumb_said_figure(figure, tongue, blank->to_s - blank->from_s, 1, PLUMB_SIGN_MINUS);
    snprintf(
        text, room,
        blank->kind == PLUMB_BLANK_NO_DATA ? plumb_said(tongue, "no data %s s")
                                           : plumb_said(tongue, "not known %s s"),
        figure);
}

void trace_panel_blanks(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run)
{
    for (size_t i = 0; i <= run->n; i++) {
        struct blank blank = blank_at(parts, run, i);
        if (!blank_shows(parts, &blank))
            continue;
        double x_pt = trace_x_pt(parts, blank.from_s), w_pt = trace_x_pt(parts, blank.to_s) - x_pt;
        plumb_scene_rect(parts->scene, x_pt, panel->top_pt, w_pt, panel->height_pt, 0, PLUMB_COLOUR_PAPER);
        plumb_scene_hatch(parts->scene, x_pt, panel->top_pt, w_pt, panel->height_pt, PLUMB_COLOUR_HATCH);
    }
}

void trace_panel_blank_words(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run)
{
    double last_pt = -INFINITY;
    plumb_scene_group(parts->scene, "blanks");
    for (size_t i = 0; i <= run->n; i++) {
        struct blank blank = blank_at(parts, run, i);
        char text[64];
        if (!blank_shows(parts, &blank))
            continue;
        blank_text(text, sizeof text, &blank, parts->chart->tongue);
        blank_word(parts, panel, trace_x_pt(parts, (blank.from_s + blank.to_s) / 2), text, &last_pt);
    }
}

/* One past the last column that follows `first` without a blank. */
static size_t run_end(const struct trace_run *run, size_t first)
{
    size_t end = first + 1;
    while (end < run->n && !run->columns[end].blank)
        end++;
    return end;
}

static void band_of(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct plumb_column *columns,
    size_t n)
{
    plumb_scene_polygon(parts->scene, PLUMB_COLOUR_TRACE_TINT);
    for (size_t i = 0; i < n; i++) {
        plumb_scene_point(
            parts->scene, trace_x_pt(parts, columns[i].t_begin_s), trace_y_pt(panel, columns[i].band_high));
        if (i + 1 == n)
            plumb_scene_point(
                parts->scene, trace_x_pt(parts, columns[i].t_end_s), trace_y_pt(panel, columns[i].band_high));
    }
    for (size_t i = n; i-- > 0;) {
        if (i + 1 == n)
            plumb_scene_point(
                parts->scene, trace_x_pt(parts, columns[i].t_end_s), trace_y_pt(panel, columns[i].band_low));
        plumb_scene_point(
            parts->scene, trace_x_pt(parts, columns[i].t_begin_s), trace_y_pt(panel, columns[i].band_low));
    }
}

void trace_panel_band(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run)
{
    for (size_t first = 0; first < run->n;) {
        size_t end = run_end(run, first);
        band_of(parts, panel, run->columns + first, end - first);
        first = end;
    }
}

static void column_points(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct plumb_column *column)
{
    plumb_scene_point(parts->scene, trace_x_pt(parts, column->t_first_s), trace_y_pt(panel, column->first));
    if (column->t_last_s > column->t_first_s)
        plumb_scene_point(parts->scene, trace_x_pt(parts, column->t_last_s), trace_y_pt(panel, column->last));
}

void trace_panel_line(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run,
    plumb_colour colour)
{
    for (size_t i = 0; i < run->n; i++) {
        const struct plumb_column *column = &run->columns[i], *before = i ? column - 1 : NULL;
        int joined = before && !column->blank;
        if (!joined || before->judged != column->judged) {
            plumb_scene_polyline(
                parts->scene, TRACE_STROKE_PT, 0, column->judged ? colour : PLUMB_COLOUR_TRACE_IDLE);
            if (joined)
                plumb_scene_point(
                    parts->scene, trace_x_pt(parts, before->t_last_s), trace_y_pt(panel, before->last));
        }
        column_points(parts, panel, column);
    }
}

/* The mark at the edge of the panel under which the trace left it. */
static void off_mark(const struct trace_parts *parts, const struct trace_panel *panel, double t_s, int above)
{
    double y_pt = above ? panel->top_pt + 6 : panel->top_pt + panel->height_pt - 6;
    plumb_scene_marker(
        parts->scene, above ? PLUMB_SHAPE_UP : PLUMB_SHAPE_DOWN, trace_x_pt(parts, t_s), y_pt, 7,
        PLUMB_COLOUR_SLATE);
}

static int off_scale(const struct trace_panel *panel, const struct plumb_column *column)
{
    if (fmax(column->first, column->last) > panel->axis.high)
        return 1;
    return fmin(column->first, column->last) < panel->axis.low ? -1 : 0;
}

void trace_panel_off_scale(
    const struct trace_parts *parts, const struct trace_panel *panel, const struct trace_run *run)
{
    double last_pt = -INFINITY;
    for (size_t i = 0; i < run->n;) {
        int side = off_scale(panel, &run->columns[i]);
        size_t end = i + 1;
        while (side && end < run->n && off_scale(panel, &run->columns[end]) == side)
            end++;
        double t_s = (run->columns[i].t_begin_s + run->columns[end - 1].t_end_s) / 2;
        if (side && trace_x_pt(parts, t_s) >= last_pt + OFF_MARK_PT) {
            off_mark(parts, panel, t_s, side > 0);
            last_pt = trace_x_pt(parts, t_s);
        }
        i = end;
    }
}

void trace_name(const struct trace_parts *parts, double baseline_pt, const char *name, const char *unit)
{
    static const struct plumb_text_style bold = {
        TRACE_TEXT_NAME_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    static const struct plumb_text_style fine = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
    double room_pt = TRACE_GUTTER_LEFT_PT - 40;
    plumb_scene_text(
        parts->scene, &bold, TRACE_MARGIN_PT, baseline_pt, room_pt, plumb_said(parts->chart->tongue, name));
    if (unit)
        plumb_scene_text(
            parts->scene, &fine, TRACE_MARGIN_PT, baseline_pt + 12, room_pt,
            plumb_said(parts->chart->tongue, unit));
}
