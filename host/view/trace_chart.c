#include "trace_chart.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../core/message.h"
#include "../core/said.h"
#include "figure.h"
#include "trace_parts.h"

#define COLUMNS_A_PT     2.0  /* columns in a point: a pixel at twice the screen's density */
#define HOLE_LEAST_S     0.25 /* a shorter silence is bridged: it does not pause the timer either (DESIGN) */
#define HOLE_STEPS       3.0  /* ...and for slow recordings so many rows' time */
#define TICK_EVERY_PT    48.0 /* at least, between two labels of time */
#define HOLDS_PT         35.0 /* brackets and their words */
#define TIME_AXIS_PT     20.0
#define FOOT_PT          44.0
#define MAIN_LEAST_PT    110.0 /* the tilt is never made smaller for the sake of a second panel */
#define SECOND_PT        50.0
#define UNSEEN_PT        11.0
#define NO_HOLDS_PT      14.0
#define SPACE_PT         12.0
#define WIDTH_LEAST_PT   760.0 /* what the head and the rows need */
#define HEIGHT_LEAST_PT  560.0
#define BARE_WIDTH_PT    560.0
#define BARE_HEIGHT_PT   220.0
#define BARE_FOOT_PT     22.0 /* the legend alone */
#define SECOND_LEAST_DEG 5.0

void plumb_trace_chart_init(struct plumb_trace_chart *chart)
{
    *chart = (struct plumb_trace_chart){
        .limits = {NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN, NAN},
    };
}

/* The quantities below the tilt, in the order in which they get room. */
struct second {
    const char *name;
    const double *deg;
    int turn; /* has the limits of rotation and obliquity */
};

#define SECONDS_N 4

static void seconds_of(const struct plumb_trace_chart *chart, struct second seconds[SECONDS_N])
{
    seconds[0] = (struct second){PLUMB_SAID("Rotation"), chart->rotation_deg, 1};
    seconds[1] = (struct second){PLUMB_SAID("Obliquity"), chart->obliquity_deg, 1};
    seconds[2] = (struct second){PLUMB_SAID("Lumbar curve"), chart->lumbar_deg, 0};
    seconds[3] = (struct second){PLUMB_SAID("Hip extension"), chart->hip_deg, 0};
}

static int any_finite(const double *values, size_t n)
{
    for (size_t i = 0; values && i < n; i++)
        if (isfinite(values[i]))
            return 1;
    return 0;
}

static void time_range(const struct plumb_trace_chart *chart, double *from_s, double *to_s)
{
    *from_s = INFINITY;
    *to_s = -INFINITY;
    for (size_t i = 0; i < chart->n; i++)
        if (isfinite(chart->t_s[i])) {
            *from_s = fmin(*from_s, chart->t_s[i]);
            *to_s = fmax(*to_s, chart->t_s[i]);
        }
}

static struct trace_parts parts_of(struct plumb_scene *scene, const struct plumb_trace_chart *chart)
{
    struct trace_parts parts = {
        .scene = scene,
        .chart = chart,
        .left_pt = TRACE_MARGIN_PT + TRACE_GUTTER_LEFT_PT,
        .right_pt = scene->width_pt - TRACE_MARGIN_PT - TRACE_GUTTER_RIGHT_PT,
    };
    double room_pt = fmax(1, parts.right_pt - parts.left_pt);
    time_range(chart, &parts.from_s, &parts.to_s);
    parts.time = plumb_axis_time(parts.from_s, parts.to_s, (int)(room_pt / TICK_EVERY_PT));
    if (!(parts.from_s <= parts.to_s)) {
        parts.from_s = parts.time.low;
        parts.to_s = parts.time.high;
    }
    double span_s = parts.time.high - parts.time.low, columns = room_pt * COLUMNS_A_PT;
    parts.rows_per_column = 1 + (size_t)((double)chart->n / columns);
    double step_s = chart->n > 1 ? span_s / (double)(chart->n - 1) : 0;
    parts.hole_s = fmax(HOLE_LEAST_S, fmax(HOLE_STEPS * step_s, span_s / columns));
    return parts;
}

static struct plumb_axis
second_scale(const struct trace_parts *parts, const struct second *second, const struct trace_run *run)
{
    double most = SECOND_LEAST_DEG, low = INFINITY, high = -INFINITY;
    if (second->turn)
        most = fmax(most, parts->chart->limits.turn_red_deg * 1.15);
    trace_run_range(run, &low, &high);
    most = ceil(fmin(180, fmax(most, 1.1 * fmax(-low, high))));
    struct plumb_axis axis = plumb_axis_values(-most, most, 2);
    axis.step = axis.step > most ? most : axis.step;
    return axis;
}

static void turn_limits(const struct trace_parts *parts, const struct trace_panel *panel)
{
    static const struct plumb_text_style style = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_RED_TEXT, PLUMB_ANCHOR_START};
    char figure[PLUMB_FIGURE_ROOM], text[PLUMB_FIGURE_ROOM + 32];
    const struct plumb_tongue *tongue = parts->chart->tongue;
    double red_deg = parts->chart->limits.turn_red_deg;
    for (int side = -1; side <= 1 && !isnan(red_deg); side += 2) {
        double y_pt = trace_y_pt(panel, side * red_deg);
        plumb_scene_line(parts->scene, parts->left_pt, y_pt, parts->right_pt, y_pt, 1, 3, PLUMB_COLOUR_RED);
        snprintf(
            text, sizeof text, plumb_said(tongue, "limit %s\u00b0"),
            plumb_said_figure(figure, tongue, side * red_deg, 1, PLUMB_SIGN_ALWAYS));
        plumb_scene_text(
            parts->scene, &style, parts->right_pt + 10, y_pt + 3, TRACE_GUTTER_RIGHT_PT - 10, text);
    }
}

static void draw_second(const struct trace_parts *parts, const struct second *second, double top_pt)
{
    struct plumb_series series = trace_series(parts, second->deg, NULL);
    struct trace_run run;
    if (!trace_run_make(&run, &series)) {
        parts->scene->failed = true;
        return;
    }
    struct trace_panel panel = {top_pt, SECOND_PT, second_scale(parts, second, &run)};
    plumb_scene_group(parts->scene, second->name);
    trace_panel_grid(parts, &panel, 1);
    trace_panel_blanks(parts, &panel, &run);
    if (second->turn)
        turn_limits(parts, &panel);
    plumb_scene_clip(parts->scene, parts->left_pt, top_pt, parts->right_pt - parts->left_pt, SECOND_PT);
    trace_panel_line(parts, &panel, &run, PLUMB_COLOUR_TRACE_BLUE);
    plumb_scene_unclip(parts->scene);
    trace_name(parts, top_pt + 9, second->name, PLUMB_SAID("\u00b0 from neutral"));
    free(run.columns);
}

/* A quantity that was asked for and never known: a word in place of a line. */
static void draw_unseen(const struct trace_parts *parts, const struct second *second, double top_pt)
{
    static const struct plumb_text_style style = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};
    plumb_scene_group(parts->scene, second->name);
    trace_name(parts, top_pt + 10, second->name, NULL);
    plumb_scene_text(
        parts->scene, &style, parts->left_pt, top_pt + 10, 0,
        plumb_said(
            parts->chart->tongue, second->turn ? PLUMB_SAID("cannot be seen in this pose")
                                               : PLUMB_SAID("not known in this recording")));
}

/* How each second quantity is shown, and what height the tilt gets. */
struct plan {
    double second_pt[SECONDS_N]; /* SECOND_PT: a panel; UNSEEN_PT: a word; 0: nothing */
    double main_pt;
};

static struct plan
plan_of(const struct plumb_trace_chart *chart, const struct second seconds[SECONDS_N], double room_pt)
{
    struct plan plan = {.main_pt = room_pt};
    for (int i = 0; i < SECONDS_N; i++) {
        double wanted_pt = !seconds[i].deg || chart->n == 0       ? 0
                           : any_finite(seconds[i].deg, chart->n) ? SECOND_PT
                                                                  : UNSEEN_PT;
        double rest_pt = plan.main_pt - wanted_pt - SPACE_PT;
        if (wanted_pt == 0 || rest_pt < MAIN_LEAST_PT)
            continue;
        plan.second_pt[i] = wanted_pt;
        plan.main_pt = rest_pt;
    }
    plan.main_pt = fmax(plan.main_pt, MAIN_LEAST_PT / 2);
    return plan;
}

/* Below the head, from top to bottom; everything shares the time axis. */
static void body(const struct trace_parts *parts, double top_pt, double bottom_pt)
{
    const struct plumb_trace_chart *chart = parts->chart;
    struct second seconds[SECONDS_N];
    double rows_pt = trace_rows_pt(chart) + 2 * SPACE_PT;
    trace_holds(parts, top_pt);
    top_pt += chart->holds_n > 0 ? HOLDS_PT : NO_HOLDS_PT;
    seconds_of(chart, seconds);
    struct plan plan = plan_of(chart, seconds, bottom_pt - top_pt - rows_pt);
    trace_main(parts, top_pt, plan.main_pt);
    double y_pt = trace_zone_row(parts, top_pt + plan.main_pt + SPACE_PT);
    y_pt = trace_flag_rows(parts, y_pt);
    for (int i = 0; i < SECONDS_N; i++) {
        if (plan.second_pt[i] == 0)
            continue;
        (plan.second_pt[i] == SECOND_PT ? draw_second : draw_unseen)(parts, &seconds[i], y_pt + SPACE_PT);
        y_pt += plan.second_pt[i] + SPACE_PT;
    }
    trace_time_axis(parts, bottom_pt);
}

static void draw(struct plumb_scene *scene, const struct plumb_trace_chart *chart)
{
    struct trace_parts parts = parts_of(scene, chart);
    double foot_pt = scene->height_pt - TRACE_MARGIN_PT * 0.7;
    double y_pt = trace_head(&parts, TRACE_MARGIN_PT);
    body(&parts, y_pt + SPACE_PT, foot_pt - FOOT_PT - TIME_AXIS_PT);
    trace_foot(&parts, foot_pt);
}

double plumb_trace_chart_bare_pt(const struct plumb_trace_chart *chart)
{
    double above_pt = chart->holds_n > 0 ? HOLDS_PT : NO_HOLDS_PT;
    double below_pt = trace_rows_pt(chart) + 2 * SPACE_PT + TIME_AXIS_PT + BARE_FOOT_PT;
    return fmax(BARE_HEIGHT_PT, above_pt + MAIN_LEAST_PT + below_pt);
}

static void draw_bare(struct plumb_scene *scene, const struct plumb_trace_chart *chart)
{
    struct trace_parts parts = parts_of(scene, chart);
    body(&parts, 0, scene->height_pt - BARE_FOOT_PT - TIME_AXIS_PT);
    trace_legend(&parts, TRACE_MARGIN_PT, scene->height_pt - 3);
}

int plumb_trace_chart_draw(struct plumb_scene *scene, const struct plumb_trace_chart *chart)
{
    double width_pt = scene->width_pt, height_pt = scene->height_pt;
    double least_w_pt = chart->bare ? BARE_WIDTH_PT : WIDTH_LEAST_PT;
    double least_h_pt = chart->bare ? BARE_HEIGHT_PT : HEIGHT_LEAST_PT;
    double tight = fmax(1, fmax(least_w_pt / width_pt, least_h_pt / height_pt));
    plumb_scene_title(scene, chart->title ? chart->title : plumb_said(chart->tongue, "Pelvic tilt"));
    snprintf(scene->date, sizeof scene->date, "%s", chart->date ? chart->date : "");
    plumb_scene_clear(scene);
    if (isfinite(tight)) {
        plumb_scene_scale(scene, tight); /* a small picture is a large one made smaller */
        (chart->bare ? draw_bare : draw)(scene, chart);
        plumb_scene_scale(scene, 1 / tight);
        scene->width_pt = width_pt; /* to the last digit */
        scene->height_pt = height_pt;
    }
    return scene->failed ? PLUMB_FAILED : 0;
}
