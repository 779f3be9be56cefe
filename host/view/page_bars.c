/* Seconds in the zone over weeks or days: bars by side, and the line of what is asked. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "axis.h"
#include "page_parts.h"

#define PLOT_PT      66.0
#define NUMBERS_PT   26.0 /* left of the plot */
#define LABEL_PT     12.0
#define KEY_PT       12.0
#define MINUTES_FROM 600.0 /* longer than this is told in minutes */
#define BAR_MOST_PT  16.0
#define VALUE_PT     6.0

static const plumb_colour SIDES[2] = {PLUMB_COLOUR_SIDE_LEFT, PLUMB_COLOUR_SIDE_RIGHT};

struct plot {
    struct plumb_scene *scene;
    const struct plumb_tongue *tongue;
    const struct plumb_page_bars *bars;
    double left_pt, right_pt, top_pt;
    struct plumb_axis axis; /* of unit_s */
    double unit_s;
    int sides_n;
};

static double most_s(const struct plumb_page_bars *bars)
{
    double most = fmax(1, isnan(bars->asked_s) ? 0 : bars->asked_s);
    for (size_t i = 0; i < bars->bars_n; i++)
        most = fmax(most, fmax(bars->bars[i].in_zone_s[0], bars->bars[i].in_zone_s[1]));
    return most;
}

static double bar_y_pt(const struct plot *plot, double s)
{
    return plot->top_pt + PLOT_PT * (1 - fmin(1, s / plot->unit_s / plot->axis.high));
}

static void grid(const struct plot *plot)
{
    for (int i = 0; i < plumb_axis_ticks(&plot->axis); i++) {
        char figure[PLUMB_FIGURE_ROOM];
        double value = plumb_axis_tick(&plot->axis, i), y_pt = bar_y_pt(plot, value * plot->unit_s);
        plumb_scene_line(
            plot->scene, plot->left_pt, y_pt, plot->right_pt, y_pt, PAGE_HAIR_PT, 0,
            i ? PLUMB_COLOUR_RULE : PLUMB_COLOUR_AXIS);
        plumb_scene_text(
            plot->scene, &page_fine_end, plot->left_pt - 5, y_pt + 2.5, NUMBERS_PT - 5,
            plumb_said_figure(figure, plot->tongue, value, plot->axis.decimals, PLUMB_SIGN_MINUS));
    }
}

static void asked_line(const struct plot *plot)
{
    double y_pt = bar_y_pt(plot, plot->bars->asked_s);
    if (isfinite(plot->bars->asked_s))
        plumb_scene_line(plot->scene, plot->left_pt, y_pt, plot->right_pt, y_pt, 1, 2.5, PLUMB_COLOUR_INK);
}

/* The figure on top of a bar where it has room, on a little paper of its own: the dashed line may be there.
 */
static void bar_value(const struct plot *plot, double middle_pt, double y_pt, double pitch_pt, double s)
{
    static const struct plumb_text_style style = {
        VALUE_PT, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_MIDDLE};
    char figure[PLUMB_FIGURE_ROOM];
    plumb_said_figure(figure, plot->tongue, s / plot->unit_s, plot->unit_s > 1 ? 1 : 0, PLUMB_SIGN_MINUS);
    double wide_pt = plumb_text_width_pt(figure, style.size_pt, style.weight);
    if (wide_pt > pitch_pt)
        return;
    plumb_scene_rect(plot->scene, middle_pt - wide_pt / 2, y_pt - 7.5, wide_pt, 6.5, 0, PLUMB_COLOUR_PAPER);
    plumb_scene_text(plot->scene, &style, middle_pt, y_pt - 2.5, pitch_pt + 1, figure);
}

static void bars_of(const struct plot *plot, size_t i, double slot_pt)
{
    const struct plumb_page_bar *bar = &plot->bars->bars[i];
    double pitch_pt = fmin(BAR_MOST_PT + 2, slot_pt * 0.9 / plot->sides_n);
    double x_pt = plot->left_pt + ((double)i + 0.5) * slot_pt - pitch_pt * plot->sides_n / 2;
    for (int side = 0; side < 2; side++) {
        double s = bar->in_zone_s[side], y_pt = bar_y_pt(plot, s), foot_pt = plot->top_pt + PLOT_PT;
        if (!plot->bars->side_word[side])
            continue;
        if (s > 0) {
            plumb_scene_rect(plot->scene, x_pt + 0.75, y_pt, pitch_pt - 1.5, foot_pt - y_pt, 0, SIDES[side]);
            bar_value(plot, x_pt + pitch_pt / 2, y_pt, pitch_pt, s);
        }
        x_pt += pitch_pt;
    }
}

static const struct plumb_text_style LABEL = {
    PAGE_FINE_PT - 1, PLUMB_WEIGHT_REGULAR, PLUMB_COLOUR_SLATE, PLUMB_ANCHOR_MIDDLE};

/* Every how-manieth bar can be labelled. */
static size_t label_every(const struct plot *plot, double slot_pt)
{
    double wide_pt = 1;
    for (size_t i = 0; i < plot->bars->bars_n; i++) {
        const char *text = plot->bars->bars[i].label;
        wide_pt = fmax(wide_pt, plumb_text_width_pt(text ? text : "", LABEL.size_pt, LABEL.weight) + 2);
    }
    return (size_t)ceil(wide_pt / slot_pt);
}

static void label(const struct plot *plot, size_t i, double slot_pt, size_t every)
{
    const char *text = plot->bars->bars[i].label;
    if (text && (plot->bars->bars_n - 1 - i) % every == 0)
        plumb_scene_text(
            plot->scene, &LABEL, plot->left_pt + ((double)i + 0.5) * slot_pt, plot->top_pt + PLOT_PT + 9,
            slot_pt * (double)every, text);
}

/* What the colours and the dashed line mean; the order says it too. */
static void key(const struct plot *plot)
{
    double x_pt = plot->left_pt, y_pt = plot->top_pt - 8;
    const struct plumb_page_bars *bars = plot->bars;
    const char *unit = plot->unit_s > 1 ? plumb_said(plot->tongue, "min") : "s";
    for (int side = 0; side < 2 && plot->sides_n == 2; side++) {
        plumb_scene_rect(plot->scene, x_pt, y_pt - 6, 6, 6, 0, SIDES[side]);
        plumb_scene_text(plot->scene, &page_fine, x_pt + 9, y_pt, 0, bars->side_word[side]);
        x_pt += 9 + plumb_text_width_pt(bars->side_word[side], PAGE_FINE_PT, page_fine.weight) + 10;
    }
    if (!bars->heading)
        plumb_scene_text(plot->scene, &page_fine_end, plot->left_pt - 5, y_pt, NUMBERS_PT - 5, unit);
    if (isnan(bars->asked_s) || !bars->asked)
        return;
    plumb_scene_line(plot->scene, x_pt, y_pt - 2.5, x_pt + 12, y_pt - 2.5, 1, 2.5, PLUMB_COLOUR_INK);
    plumb_scene_text(
        plot->scene, &page_fine, x_pt + 16, y_pt, fmax(20, plot->right_pt - x_pt - 16), bars->asked);
}

static void draw(const struct plot *plot)
{
    double slot_pt = (plot->right_pt - plot->left_pt) / (double)plot->bars->bars_n;
    size_t every = label_every(plot, slot_pt);
    plumb_scene_group(plot->scene, "bars");
    plumb_scene_tag(plot->scene, "Figure");
    key(plot);
    grid(plot);
    asked_line(plot);
    for (size_t i = 0; i < plot->bars->bars_n; i++) {
        bars_of(plot, i, slot_pt);
        label(plot, i, slot_pt, every);
    }
    plumb_scene_untag(plot->scene, "Figure");
}

double page_bars(
    struct plumb_scene *scene, const struct plumb_tongue *tongue, double x_pt, double top_pt, double room_pt,
    const struct plumb_page_bars *bars)
{
    double most = most_s(bars), unit_s = most > MINUTES_FROM ? 60 : 1;
    char heading[PAGE_ROOM];
    snprintf(
        heading, sizeof heading, "%s, %s", bars->heading ? bars->heading : "",
        unit_s > 1 ? plumb_said(tongue, "minutes") : plumb_said(tongue, "seconds"));
    double y_pt = top_pt + KEY_PT;
    if (bars->heading)
        y_pt += page_heading(scene, x_pt, top_pt, room_pt, heading);
    struct plot plot = {
        .scene = scene,
        .tongue = tongue,
        .bars = bars,
        .left_pt = x_pt + NUMBERS_PT,
        .right_pt = x_pt + room_pt,
        .top_pt = y_pt,
        .axis = plumb_axis_values(0, most / unit_s * 1.16, 4),
        .unit_s = unit_s,
        .sides_n = (bars->side_word[0] != NULL) + (bars->side_word[1] != NULL)};
    if (scene && plot.sides_n > 0)
        draw(&plot);
    return y_pt + PLOT_PT + LABEL_PT - top_pt;
}
