/* Rows on the time axis: holds as brackets, zones as a strip, flags as bars, and the axis itself. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../core/said.h"
#include "text_width.h"
#include "trace_parts.h"

#define BRACKET_PT    6.0  /* depth of a hold's bracket */
#define STRIP_PT      14.0 /* height of the zone strip */
#define ROW_PT        15.0 /* one kind of flag */
#define STRIP_GAP_PT  4.0
#define ROWS_MOST     5
#define BAR_LEAST_PT  2.0 /* a flag is never too short to be seen */
#define BAR_PT        7.0
#define STRIP_CELL_PT 0.5 /* one judgement of the strip; the worst of its rows */

static const struct plumb_text_style FINE = {
    TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};

static const struct trace_flag_look LOOKS[] = {
    {"anterior_rotation", PLUMB_SAID("Tipping forward"), PLUMB_SHAPE_UP, PLUMB_COLOUR_RED, 1},
    {"lumbar_arch", PLUMB_SAID("Back arching"), PLUMB_SHAPE_DIAMOND, PLUMB_COLOUR_RED, 1},
    {"pelvic_rotation", PLUMB_SAID("Turning"), PLUMB_SHAPE_CIRCLE, PLUMB_COLOUR_RED, 0},
    {"obliquity", PLUMB_SAID("Dropping sideways"), PLUMB_SHAPE_SQUARE, PLUMB_COLOUR_RED, 0},
    {"posterior_tilt", PLUMB_SAID("Tipped far back"), PLUMB_SHAPE_DOWN, PLUMB_COLOUR_AMBER_TEXT, 1},
    {"signal_lost", PLUMB_SAID("Sensor lost"), PLUMB_SHAPE_CROSS, PLUMB_COLOUR_SLATE, 0},
    {"sensor_slip", PLUMB_SAID("Clip slipped"), PLUMB_SHAPE_CROSS, PLUMB_COLOUR_SLATE, 0},
    {"axis_fault", PLUMB_SAID("Axes disagree"), PLUMB_SHAPE_CROSS, PLUMB_COLOUR_SLATE, 0},
    {"saturated", PLUMB_SAID("Beyond range"), PLUMB_SHAPE_CROSS, PLUMB_COLOUR_SLATE, 0},
    {"", PLUMB_SAID("Other flag"), PLUMB_SHAPE_CIRCLE, PLUMB_COLOUR_SLATE, 0},
};
#define LOOKS_N (sizeof LOOKS / sizeof LOOKS[0])

const struct trace_flag_look *trace_flag_look(const char *kind)
{
    for (size_t i = 0; kind && i + 1 < LOOKS_N; i++)
        if (strcmp(LOOKS[i].kind, kind) == 0)
            return &LOOKS[i];
    return &LOOKS[LOOKS_N - 1];
}

/* A hold's words in the room there is: a sentence, two short lines, a number, nothing. */
static void hold_words(
    const struct trace_parts *parts, const struct plumb_trace_hold *hold, size_t number, double x_pt,
    double room_pt, double bottom_pt)
{
    static const struct plumb_text_style bold = {
        TRACE_TEXT_NAME_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_MIDDLE};
    static const struct plumb_text_style fine = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_MIDDLE};
    char in_zone[PLUMB_FIGURE_ROOM], elapsed[PLUMB_FIGURE_ROOM], text[2 * PLUMB_FIGURE_ROOM + 32];
    const struct plumb_tongue *tongue = parts->chart->tongue;
    plumb_said_figure(in_zone, tongue, hold->in_zone_s, 1, PLUMB_SIGN_MINUS);
    plumb_said_figure(elapsed, tongue, hold->elapsed_s, 1, PLUMB_SIGN_MINUS);
    snprintf(text, sizeof text, plumb_said(tongue, "%s s in zone of %s s"), in_zone, elapsed);
    if (plumb_text_width_pt(text, bold.size_pt, bold.weight) <= room_pt) {
        plumb_scene_text(parts->scene, &bold, x_pt, bottom_pt, room_pt, text);
        snprintf(text, sizeof text, plumb_said(tongue, "Hold %zu"), number);
        plumb_scene_text(parts->scene, &fine, x_pt, bottom_pt - 14, room_pt, text);
        return;
    }
    snprintf(text, sizeof text, plumb_said(tongue, "of %s s"), elapsed);
    if (plumb_text_width_pt(text, fine.size_pt, fine.weight) > room_pt) {
        snprintf(text, sizeof text, "%zu", number);
        if (plumb_text_width_pt(text, fine.size_pt, fine.weight) <= room_pt)
            plumb_scene_text(parts->scene, &fine, x_pt, bottom_pt, room_pt, text);
        return;
    }
    plumb_scene_text(parts->scene, &fine, x_pt, bottom_pt, room_pt, text);
    snprintf(text, sizeof text, "%s s", in_zone);
    plumb_scene_text(parts->scene, &bold, x_pt, bottom_pt - 11, room_pt, text);
}

static void bracket(const struct trace_parts *parts, double x0_pt, double x1_pt, double top_pt)
{
    plumb_scene_polyline(parts->scene, 1.25, 0, PLUMB_COLOUR_SLATE);
    plumb_scene_point(parts->scene, x0_pt, top_pt + BRACKET_PT);
    plumb_scene_point(parts->scene, x0_pt, top_pt);
    plumb_scene_point(parts->scene, x1_pt, top_pt);
    plumb_scene_point(parts->scene, x1_pt, top_pt + BRACKET_PT);
}

/* Half-way to the neighbour on one side, or the edge. */
static double hold_edge_pt(const struct trace_parts *parts, size_t i, int right)
{
    const struct plumb_trace_hold *holds = parts->chart->holds;
    if (right ? i + 1 == parts->chart->holds_n : i == 0)
        return right ? parts->right_pt : parts->left_pt;
    double middle_s =
        right ? (holds[i].end_s + holds[i + 1].start_s) / 2 : (holds[i - 1].end_s + holds[i].start_s) / 2;
    return fmax(parts->left_pt, fmin(parts->right_pt, trace_x_pt(parts, middle_s)));
}

void trace_holds(const struct trace_parts *parts, double top_pt)
{
    const struct plumb_trace_chart *chart = parts->chart;
    double last_pt = -INFINITY;
    plumb_scene_group(parts->scene, "holds");
    if (chart->holds_n == 0)
        plumb_scene_text(
            parts->scene, &FINE, parts->left_pt, top_pt + 8, 0,
            plumb_said(chart->tongue, "no hold in this recording"));
    for (size_t i = 0; i < chart->holds_n; i++) {
        double x0_pt = fmax(parts->left_pt, trace_x_pt(parts, chart->holds[i].start_s));
        double x1_pt = fmin(parts->right_pt, trace_x_pt(parts, chart->holds[i].end_s));
        if (!(x1_pt - x0_pt > 1) || x0_pt < last_pt + 0.5)
            continue;
        double x_pt = (x0_pt + x1_pt) / 2;
        double half_pt = fmin(hold_edge_pt(parts, i, 1) - x_pt, x_pt - hold_edge_pt(parts, i, 0));
        bracket(parts, x0_pt, x1_pt, top_pt + 27);
        hold_words(parts, &chart->holds[i], i + 1, x_pt, 2 * half_pt - 4, top_pt + 22);
        last_pt = x1_pt;
    }
}

/* How a zone stands in the strip: worse is higher, so that it needs no colour. Index: enum plumb_zone. */
static const struct {
    double share;
    plumb_colour colour;
} BLOCKS[] = {
    [PLUMB_OFF] = {0, 0},
    [PLUMB_GREEN] = {0.34, PLUMB_COLOUR_GREEN},
    [PLUMB_AMBER] = {0.67, PLUMB_COLOUR_AMBER},
    [PLUMB_RED] = {1, PLUMB_COLOUR_RED},
};

static enum plumb_zone zone_of(const struct plumb_trace_chart *chart, size_t i)
{
    unsigned char zone = chart->zone[i];
    return zone <= PLUMB_RED && isfinite(chart->t_s[i]) ? (enum plumb_zone)zone : PLUMB_OFF;
}

static void
block(const struct trace_parts *parts, double top_pt, double x0_pt, double x1_pt, enum plumb_zone zone)
{
    double h_pt = STRIP_PT * BLOCKS[zone].share;
    if (zone != PLUMB_OFF && x1_pt > x0_pt)
        plumb_scene_rect(
            parts->scene, x0_pt, top_pt + STRIP_PT - h_pt, x1_pt - x0_pt, h_pt, 0, BLOCKS[zone].colour);
}

/* The end of the time a row speaks for: up to the next row, unless that one comes late. */
static double row_end_s(const struct trace_parts *parts, size_t i)
{
    const double *t_s = parts->chart->t_s;
    if (i + 1 == parts->chart->n || !(t_s[i + 1] - t_s[i] <= parts->hole_s))
        return t_s[i];
    return t_s[i + 1];
}

/* Blocks of equal zone. Cells narrower than what can be seen take the worst zone of their rows. */
static void strip(const struct trace_parts *parts, double top_pt)
{
    const struct plumb_trace_chart *chart = parts->chart;
    enum plumb_zone zone = PLUMB_OFF;
    double x0_pt = parts->left_pt, x1_pt = parts->left_pt;
    for (size_t i = 0; chart->zone && i < chart->n; i++) {
        enum plumb_zone here = zone_of(chart, i);
        double from_pt = trace_x_pt(parts, chart->t_s[i]);
        int away = from_pt > x1_pt + STRIP_CELL_PT;
        if (away || (here != zone && from_pt - x0_pt >= STRIP_CELL_PT)) {
            block(parts, top_pt, x0_pt, x1_pt, zone);
            x0_pt = away ? from_pt : x1_pt;
            zone = here;
        } else if (here > zone) {
            zone = here;
        }
        x1_pt = fmax(x0_pt, trace_x_pt(parts, row_end_s(parts, i)));
    }
    block(parts, top_pt, x0_pt, x1_pt, zone);
}

/* What the heights mean, right of the strip. */
static void strip_key(const struct trace_parts *parts, double top_pt)
{
    const struct plumb_tongue *tongue = parts->chart->tongue;
    plumb_scene_text(
        parts->scene, &FINE, parts->right_pt + 10, top_pt + 11, TRACE_GUTTER_RIGHT_PT - 10,
        parts->chart->zone ? plumb_said(tongue, "higher is worse") : plumb_said(tongue, "not judged"));
}

double trace_zone_row(const struct trace_parts *parts, double top_pt)
{
    plumb_scene_group(parts->scene, "zone strip");
    trace_name(parts, top_pt + 11, PLUMB_SAID("Zone"), NULL);
    plumb_scene_rect(
        parts->scene, parts->left_pt, top_pt, parts->right_pt - parts->left_pt, STRIP_PT, 0,
        PLUMB_COLOUR_MIST);
    strip(parts, top_pt);
    strip_key(parts, top_pt);
    return top_pt + STRIP_PT + STRIP_GAP_PT;
}

/* A row of flags: one kind on one basis; the last row takes whatever is left over. */
struct flag_row {
    const struct trace_flag_look *look;
    const char *basis;
};

static int same_row(const struct flag_row *row, const struct plumb_trace_flag *flag)
{
    const char *basis = flag->basis ? flag->basis : "";
    return row->look == trace_flag_look(flag->kind) && strcmp(row->basis, basis) == 0;
}

static int row_of(const struct flag_row *rows, int n, const struct plumb_trace_flag *flag)
{
    int row = 0;
    while (row < n && !same_row(&rows[row], flag))
        row++;
    return row;
}

static int rows_of(const struct plumb_trace_chart *chart, struct flag_row rows[ROWS_MOST])
{
    int n = 0;
    for (size_t i = 0; i < chart->flags_n; i++) {
        const struct plumb_trace_flag *flag = &chart->flags[i];
        if (row_of(rows, n, flag) < n)
            continue;
        if (n == ROWS_MOST) {
            rows[n - 1] = (struct flag_row){&LOOKS[LOOKS_N - 1], ""};
            return n;
        }
        rows[n++] = (struct flag_row){trace_flag_look(flag->kind), flag->basis ? flag->basis : ""};
    }
    return n;
}

double trace_rows_pt(const struct plumb_trace_chart *chart)
{
    struct flag_row rows[ROWS_MOST];
    int n = rows_of(chart, rows);
    return STRIP_PT + STRIP_GAP_PT + ROW_PT * (n > 0 ? n : 1);
}

static void flag_words(
    const struct trace_parts *parts, const struct plumb_trace_flag *flag, double x_pt, double next_pt,
    double middle_pt)
{
    char s[PLUMB_FIGURE_ROOM], deg[PLUMB_FIGURE_ROOM], text[2 * PLUMB_FIGURE_ROOM + 32];
    const struct plumb_tongue *tongue = parts->chart->tongue;
    plumb_said_figure(s, tongue, flag->end_s - flag->start_s, 1, PLUMB_SIGN_MINUS);
    plumb_said_figure(deg, tongue, flag->peak_deg, 1, PLUMB_SIGN_ALWAYS);
    int n = snprintf(
        text, sizeof text, "%s%s", isnan(flag->end_s) ? plumb_said(tongue, "to the end") : s,
        isnan(flag->end_s) ? "" : " s");
    if (isfinite(flag->peak_deg) && n > 0 && (size_t)n < sizeof text)
        snprintf(text + n, sizeof text - (size_t)n, plumb_said(tongue, ", up to %s\u00b0"), deg);
    double wide_pt = plumb_text_width_pt(text, FINE.size_pt, FINE.weight);
    if (x_pt + wide_pt < next_pt - 4)
        plumb_scene_text(parts->scene, &FINE, x_pt, middle_pt + 3, wide_pt + 2, text);
}

/* Thin from the crossing to the raising, thick while raised; returns its right end. */
static double flag_bar(
    const struct trace_parts *parts, const struct trace_flag_look *look, const struct plumb_trace_flag *flag,
    double middle_pt)
{
    double x0_pt = trace_x_pt(parts, flag->start_s), onset_pt = trace_x_pt(parts, flag->onset_s);
    double end_s = isnan(flag->end_s) ? parts->time.high : flag->end_s; /* it still stands */
    double x1_pt = fmax(trace_x_pt(parts, end_s), x0_pt + BAR_LEAST_PT);
    if (onset_pt < x0_pt)
        plumb_scene_line(parts->scene, onset_pt, middle_pt, x0_pt, middle_pt, 1.5, 0, look->colour);
    plumb_scene_rect(parts->scene, x0_pt, middle_pt - BAR_PT / 2, x1_pt - x0_pt, BAR_PT, 2, look->colour);
    return x1_pt;
}

/* Where the next flag of the same row begins. */
static double
next_flag_pt(const struct trace_parts *parts, const struct flag_row *rows, int n, int row, size_t i)
{
    const struct plumb_trace_chart *chart = parts->chart;
    for (size_t next = i + 1; next < chart->flags_n; next++) {
        int other = row_of(rows, n, &chart->flags[next]);
        if ((other < n ? other : n - 1) == row)
            return trace_x_pt(parts, fmin(chart->flags[next].onset_s, chart->flags[next].start_s));
    }
    return parts->right_pt;
}

static void
bars(const struct trace_parts *parts, const struct flag_row *rows, int n, int row, double middle_pt)
{
    const struct plumb_trace_chart *chart = parts->chart;
    double last_pt = -INFINITY;
    for (size_t i = 0; i < chart->flags_n; i++) {
        int mine = row_of(rows, n, &chart->flags[i]);
        double x_pt = trace_x_pt(parts, chart->flags[i].start_s);
        if ((mine < n ? mine : n - 1) != row ||
            !(x_pt >= last_pt + 0.5)) /* what lies on another is not seen */
            continue;
        last_pt = flag_bar(parts, rows[row].look, &chart->flags[i], middle_pt);
        flag_words(parts, &chart->flags[i], last_pt + 5, next_flag_pt(parts, rows, n, row, i), middle_pt);
    }
}

static void row_name(const struct trace_parts *parts, const struct flag_row *row, double middle_pt)
{
    static const struct plumb_text_style name = {
        TRACE_TEXT_BODY_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    const struct plumb_tongue *tongue = parts->chart->tongue;
    const char *basis = row->basis[0] ? plumb_said(tongue, row->basis) : "";
    double x_pt = TRACE_MARGIN_PT;
    plumb_scene_marker(parts->scene, row->look->shape, x_pt + 4, middle_pt, 7.5, row->look->colour);
    plumb_scene_text(
        parts->scene, &name, x_pt + 14, middle_pt + 3.5, TRACE_GUTTER_LEFT_PT - 20,
        plumb_said(tongue, row->look->words));
    plumb_scene_text(
        parts->scene, &FINE, parts->right_pt + 10, middle_pt + 3, TRACE_GUTTER_RIGHT_PT - 10, basis);
}

double trace_flag_rows(const struct trace_parts *parts, double top_pt)
{
    struct flag_row rows[ROWS_MOST];
    int n = rows_of(parts->chart, rows);
    plumb_scene_group(parts->scene, "flags");
    if (n == 0) {
        trace_name(parts, top_pt + 11, PLUMB_SAID("Flags"), NULL);
        plumb_scene_text(
            parts->scene, &FINE, parts->left_pt, top_pt + 11, 0,
            plumb_said(parts->chart->tongue, "none raised"));
        return top_pt + ROW_PT;
    }
    for (int row = 0; row < n; row++) {
        double middle_pt = top_pt + ROW_PT * row + ROW_PT / 2;
        plumb_scene_rect(
            parts->scene, parts->left_pt, middle_pt - ROW_PT / 2 + 1, parts->right_pt - parts->left_pt,
            ROW_PT - 2, 0, PLUMB_COLOUR_MIST);
        row_name(parts, &rows[row], middle_pt);
        bars(parts, rows, n, row, middle_pt);
    }
    return top_pt + ROW_PT * n;
}

void trace_time_axis(const struct trace_parts *parts, double top_pt)
{
    static const struct plumb_text_style style = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_MIDDLE};
    const struct plumb_axis *time = &parts->time;
    const char *unit = time->minutes ? plumb_said(parts->chart->tongue, "min:s") : "s";
    plumb_scene_group(parts->scene, "time");
    plumb_scene_line(parts->scene, parts->left_pt, top_pt, parts->right_pt, top_pt, 1, 0, PLUMB_COLOUR_AXIS);
    for (int i = 0; i < plumb_axis_ticks(time); i++) {
        double t_s = plumb_axis_tick(time, i), x_pt = trace_x_pt(parts, t_s);
        char figure[PLUMB_FIGURE_ROOM];
        plumb_scene_line(parts->scene, x_pt, top_pt, x_pt, top_pt + 4, 1, 0, PLUMB_COLOUR_AXIS);
        plumb_scene_text(
            parts->scene, &style, x_pt, top_pt + 14, 60,
            plumb_said_clock(figure, parts->chart->tongue, t_s, time->decimals, time->minutes));
    }
    trace_name(parts, top_pt + 14, PLUMB_SAID("Time"), NULL);
    plumb_scene_text(parts->scene, &FINE, TRACE_MARGIN_PT + 30, top_pt + 14, 40, unit);
}
