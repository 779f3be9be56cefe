/* Above the plot: what was done, under which limits, and the three figures that sum it up. Below it: what the
 * signs mean. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "text_width.h"
#include "trace_parts.h"

#define LINE_PT        14.0
#define LINES_MOST     6
#define FIGURE_ROOM_PT 113.0 /* one key figure with its caption */
#define FIGURES_N      3
#define CLOCK_FROM_S   600.0 /* longer times read as m:ss */
#define DEG            "\xc2\xb0"
#define PHRASE_ROOM    96

static const struct plumb_text_style FINE = {
    TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_START};

struct key_figure {
    char value[PLUMB_FIGURE_ROOM + 8];
    char caption[96];
};

static void say_seconds(char *text, size_t room, double s, const struct plumb_tongue *tongue)
{
    char figure[PLUMB_FIGURE_ROOM];
    int clock = s >= CLOCK_FROM_S;
    snprintf(
        text, room, "%s%s", plumb_said_clock(figure, tongue, s, 1, clock), clock || isnan(s) ? "" : " s");
}

static void sum_up(const struct plumb_trace_chart *chart, struct key_figure figures[FIGURES_N])
{
    double in_zone_s = 0, elapsed_s = 0, worst_deg = NAN;
    unsigned excursions = 0;
    const struct plumb_tongue *tongue = chart->tongue;
    char figure[PLUMB_FIGURE_ROOM];
    for (size_t i = 0; i < chart->holds_n; i++) {
        in_zone_s += chart->holds[i].in_zone_s;
        elapsed_s += chart->holds[i].elapsed_s;
        excursions += chart->holds[i].excursions;
        worst_deg = fmax(worst_deg, chart->holds[i].worst_deg);
    }
    say_seconds(figures[0].value, sizeof figures[0].value, in_zone_s, tongue);
    say_seconds(figure, sizeof figure, elapsed_s, tongue);
    snprintf(figures[0].caption, sizeof figures[0].caption, plumb_said(tongue, "in zone of %s held"), figure);
    snprintf(figures[1].value, sizeof figures[1].value, "%u", excursions);
    snprintf(
        figures[1].caption, sizeof figures[1].caption, "%s",
        plumb_said_of(tongue, "time out of zone", "times out of zone", excursions));
    plumb_said_figure(figure, tongue, worst_deg, 1, PLUMB_SIGN_ALWAYS);
    snprintf(figures[2].value, sizeof figures[2].value, "%s%s", figure, isnan(worst_deg) ? "" : DEG);
    snprintf(figures[2].caption, sizeof figures[2].caption, "%s", plumb_said(tongue, "farthest anterior"));
}

static void key_figures(const struct trace_parts *parts, double top_pt)
{
    static const struct plumb_text_style big = {
        TRACE_TEXT_FIGURE_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    struct key_figure figures[FIGURES_N];
    double right_pt = parts->scene->width_pt - TRACE_MARGIN_PT;
    plumb_scene_group(parts->scene, "key figures");
    sum_up(parts->chart, figures);
    for (int i = 0; i < FIGURES_N; i++) {
        double x_pt = right_pt - (FIGURES_N - i) * FIGURE_ROOM_PT + 12;
        plumb_scene_line(
            parts->scene, x_pt - 12, top_pt, x_pt - 12, top_pt + 42, TRACE_HAIR_PT, 0, PLUMB_COLOUR_AXIS);
        plumb_scene_text(parts->scene, &big, x_pt, top_pt + 22, FIGURE_ROOM_PT - 16, figures[i].value);
        plumb_scene_text(parts->scene, &FINE, x_pt, top_pt + 39, FIGURE_ROOM_PT - 16, figures[i].caption);
    }
}

/* Lines that fill up with phrases. */
struct flow {
    const struct trace_parts *parts;
    double baseline_pt, room_pt;
    char line[512];
};

static void flow_end(struct flow *flow)
{
    if (!flow->line[0])
        return;
    plumb_scene_text(
        flow->parts->scene, &FINE, TRACE_MARGIN_PT, flow->baseline_pt, flow->room_pt, flow->line);
    flow->baseline_pt += LINE_PT - 1.5;
    flow->line[0] = '\0';
}

static void flow_add(struct flow *flow, const char *phrase)
{
    char longer[sizeof flow->line + PHRASE_ROOM + 4];
    snprintf(longer, sizeof longer, "%s%s%s", flow->line, flow->line[0] ? " \xc2\xb7 " : "", phrase);
    if (plumb_text_width_pt(longer, FINE.size_pt, FINE.weight) <= flow->room_pt &&
        strlen(longer) < sizeof flow->line) {
        strcpy(flow->line, longer);
        return;
    }
    flow_end(flow);
    snprintf(flow->line, sizeof flow->line, "%s", phrase);
}

/* A phrase about an angle, and how long it has to last where the format says so; none where the angle is not
 * set. */
static void
flow_limit(struct flow *flow, const char *format, double deg, enum plumb_figure_sign sign, double dwell_s)
{
    const struct plumb_tongue *tongue = flow->parts->chart->tongue;
    char figure[PLUMB_FIGURE_ROOM], dwell[PLUMB_FIGURE_ROOM], phrase[PHRASE_ROOM];
    if (isnan(deg))
        return;
    plumb_said_figure(dwell, tongue, dwell_s, 1, PLUMB_SIGN_MINUS);
    snprintf(phrase, sizeof phrase, format, plumb_said_figure(figure, tongue, deg, 1, sign), dwell);
    flow_add(flow, phrase);
}

/* The zone grew because this person's breathing is larger than the limit (peak to peak + 1 degree). */
static int widened(const struct plumb_trace_limits *limits)
{
    return fabs(limits->green_deg - limits->breath_pp_deg - 1) < 0.05;
}

static void limits_in_force(struct flow *flow)
{
    const struct plumb_trace_limits *limits = &flow->parts->chart->limits;
    const struct plumb_tongue *tongue = flow->parts->chart->tongue;
    flow_limit(
        flow,
        widened(limits)
            ? plumb_said(tongue, "Limits in force: in zone within \u00b1%s\u00b0, widened by breathing")
            : plumb_said(tongue, "Limits in force: in zone within \u00b1%s\u00b0"),
        limits->green_deg, PLUMB_SIGN_MINUS, NAN);
    flow_limit(
        flow,
        limits->delay_s > 0 ? plumb_said(tongue, "out beyond %s\u00b0 for %s s")
                            : plumb_said(tongue, "out beyond %s\u00b0"),
        limits->red_deg, PLUMB_SIGN_ALWAYS, limits->delay_s);
    flow_limit(
        flow, plumb_said(tongue, "at once beyond %s\u00b0"), limits->immediate_deg, PLUMB_SIGN_ALWAYS, NAN);
    flow_limit(
        flow,
        limits->release_s > 0 ? plumb_said(tongue, "back below %s\u00b0 for %s s")
                              : plumb_said(tongue, "back below %s\u00b0"),
        limits->release_deg, PLUMB_SIGN_ALWAYS, limits->release_s);
    flow_limit(
        flow, plumb_said(tongue, "far back beyond %s\u00b0"), limits->posterior_deg, PLUMB_SIGN_ALWAYS, NAN);
    flow_limit(
        flow, plumb_said(tongue, "turning beyond \u00b1%s\u00b0"), limits->turn_red_deg, PLUMB_SIGN_MINUS,
        NAN);
    flow_end(flow);
}

double trace_head(const struct trace_parts *parts, double top_pt)
{
    static const struct plumb_text_style title = {
        TRACE_TEXT_TITLE_PT, PLUMB_WEIGHT_SEMIBOLD, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    static const struct plumb_text_style line = {
        TRACE_TEXT_BODY_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_INK, PLUMB_ANCHOR_START};
    const struct plumb_trace_chart *chart = parts->chart;
    int figures = chart->holds_n > 0;
    double room_pt =
        parts->scene->width_pt - 2 * TRACE_MARGIN_PT - (figures ? FIGURES_N * FIGURE_ROOM_PT + 12 : 0);
    double y_pt = top_pt + 18;
    plumb_scene_group(parts->scene, "head");
    plumb_scene_text(
        parts->scene, &title, TRACE_MARGIN_PT, y_pt, room_pt,
        chart->title ? chart->title : plumb_said(chart->tongue, "Pelvic tilt"));
    y_pt += 7;
    for (size_t i = 0; i < chart->lines_n && i < LINES_MOST; i++)
        plumb_scene_text(parts->scene, &line, TRACE_MARGIN_PT, y_pt += LINE_PT, room_pt, chart->lines[i]);
    struct flow flow = {.parts = parts, .baseline_pt = y_pt + LINE_PT, .room_pt = room_pt};
    limits_in_force(&flow);
    if (figures)
        key_figures(parts, top_pt);
    return fmax(flow.baseline_pt - LINE_PT + 4, top_pt + 44);
}

/* Legend: a sign, its word, and on to the right. */
static double legend_word(const struct trace_parts *parts, double x_pt, double y_pt, const char *word)
{
    plumb_scene_text(parts->scene, &FINE, x_pt, y_pt, 0, word);
    return x_pt + plumb_text_width_pt(word, FINE.size_pt, FINE.weight) + 16;
}

static double
legend_line(const struct trace_parts *parts, double x_pt, double y_pt, plumb_colour colour, const char *word)
{
    plumb_scene_line(parts->scene, x_pt, y_pt - 3, x_pt + 16, y_pt - 3, TRACE_STROKE_PT + 0.5, 0, colour);
    return legend_word(parts, x_pt + 21, y_pt, word);
}

void trace_legend(const struct trace_parts *parts, double x_pt, double y_pt)
{
    const struct plumb_tongue *tongue = parts->chart->tongue;
    plumb_scene_group(parts->scene, "legend");
    x_pt = legend_line(parts, x_pt, y_pt, PLUMB_COLOUR_TRACE_BLUE, plumb_said(tongue, "during a hold"));
    x_pt = legend_line(parts, x_pt, y_pt, PLUMB_COLOUR_TRACE_IDLE, plumb_said(tongue, "not judged"));
    if (parts->chart->tilt_sd_deg) {
        plumb_scene_rect(parts->scene, x_pt, y_pt - 7, 16, 8, 0, PLUMB_COLOUR_TRACE_TINT);
        x_pt = legend_word(parts, x_pt + 21, y_pt, plumb_said(tongue, "\u00b11 standard deviation"));
    }
    plumb_scene_rect(parts->scene, x_pt, y_pt - 7, 16, 8, 0, PLUMB_COLOUR_RED_FILL);
    x_pt = legend_word(parts, x_pt + 21, y_pt, plumb_said(tongue, "beyond the limit"));
    plumb_scene_hatch(parts->scene, x_pt, y_pt - 8, 16, 10, PLUMB_COLOUR_HATCH);
    legend_word(parts, x_pt + 21, y_pt, plumb_said(tongue, "no data, or not known"));
}

void trace_foot(const struct trace_parts *parts, double bottom_pt)
{
    const char *caution = plumb_said(
        parts->chart->tongue, "For exercise and learning, not a medical device. Limits chosen by you or your "
                              "physiotherapist.");
    static const struct plumb_text_style right = {
        TRACE_TEXT_SMALL_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_END};
    double width_pt = parts->scene->width_pt - 2 * TRACE_MARGIN_PT;
    double used_pt = plumb_text_width_pt(caution, FINE.size_pt, FINE.weight);
    trace_legend(parts, parts->left_pt, bottom_pt - 24);
    plumb_scene_group(parts->scene, "foot");
    plumb_scene_line(
        parts->scene, TRACE_MARGIN_PT, bottom_pt - 13, TRACE_MARGIN_PT + width_pt, bottom_pt - 13,
        TRACE_HAIR_PT, 0, PLUMB_COLOUR_RULE);
    plumb_scene_text(parts->scene, &FINE, TRACE_MARGIN_PT, bottom_pt, width_pt, caution);
    if (parts->chart->footer && width_pt - used_pt > 60)
        plumb_scene_text(
            parts->scene, &right, TRACE_MARGIN_PT + width_pt, bottom_pt, width_pt - used_pt - 24,
            parts->chart->footer);
}
