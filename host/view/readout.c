#include "readout.h"

#include <math.h>
#include <stdio.h>

#include "figure.h"

#define GAUGE_DEG   12.0 /* either way */
#define GAUGE_SHARE 0.13 /* of the height */
#define WORD_SHARE  0.15

static void figure_text(char *out, size_t room, const struct plumb_readout *readout)
{
    char figure[PLUMB_FIGURE_ROOM];
    if (readout->away || isnan(readout->tilt_deg))
        snprintf(out, room, "\xe2\x80\x93\xe2\x80\x93"); /* two dashes */
    else
        snprintf(
            out, room, "%s\xc2\xb0",
            plumb_said_figure(figure, readout->tongue, readout->tilt_deg, 1, PLUMB_SIGN_ALWAYS));
}

static enum plumb_zone shown_zone(const struct plumb_readout *readout)
{
    return readout->away ? PLUMB_OFF : readout->zone;
}

static const struct plumb_zone_colours *colours(const struct plumb_readout *readout)
{
    return &readout->theme->zone[shown_zone(readout)];
}

/* ---- the gauge */

static double gauge_x_pt(double left_pt, double width_pt, double deg)
{
    double share = (fmax(-GAUGE_DEG, fmin(GAUGE_DEG, deg)) + GAUGE_DEG) / (2 * GAUGE_DEG);
    return left_pt + share * width_pt;
}

static void gauge_part(
    struct plumb_scene *scene, double x_pt, double y_pt, double w_pt, double h_pt, double from_deg,
    double to_deg, plumb_colour colour)
{
    double from_pt = gauge_x_pt(x_pt, w_pt, from_deg), to_pt = gauge_x_pt(x_pt, w_pt, to_deg);
    if (to_pt > from_pt)
        plumb_scene_rect(scene, from_pt, y_pt, to_pt - from_pt, h_pt, 0, colour);
}

static void gauge(struct plumb_scene *scene, const struct plumb_readout *readout, double y_pt, double h_pt)
{
    double x_pt = scene->width_pt * 0.06, w_pt = scene->width_pt * 0.88, bar_pt = h_pt * 0.34;
    struct plumb_text_style small = {
        fmax(12, h_pt * 0.45), PLUMB_WEIGHT_REGULAR, readout->theme->slate, PLUMB_ANCHOR_START};
    gauge_part(scene, x_pt, y_pt, w_pt, bar_pt, -GAUGE_DEG, GAUGE_DEG, readout->theme->rule);
    gauge_part(
        scene, x_pt, y_pt, w_pt, bar_pt, readout->amber_deg, readout->red_deg,
        readout->theme->zone[PLUMB_AMBER].fill);
    gauge_part(
        scene, x_pt, y_pt, w_pt, bar_pt, -readout->amber_deg, readout->amber_deg,
        readout->theme->zone[PLUMB_GREEN].fill);
    gauge_part(
        scene, x_pt, y_pt, w_pt, bar_pt, readout->red_deg, GAUGE_DEG, readout->theme->zone[PLUMB_RED].fill);
    if (!readout->away && !isnan(readout->tilt_deg))
        plumb_scene_marker(
            scene, PLUMB_SHAPE_UP, gauge_x_pt(x_pt, w_pt, readout->tilt_deg), y_pt + bar_pt + h_pt * 0.22,
            h_pt * 0.42, readout->theme->ink);
    plumb_scene_text(scene, &small, x_pt, y_pt + h_pt * 1.12, 0, "back");
    small.anchor = PLUMB_ANCHOR_END;
    plumb_scene_text(scene, &small, x_pt + w_pt, y_pt + h_pt * 1.12, 0, "forward");
}

/* ---- figure and word */

static void word(struct plumb_scene *scene, const struct plumb_readout *readout, double y_pt, double size_pt)
{
    const struct plumb_zone_colours *look = colours(readout);
    struct plumb_text_style style = {size_pt, PLUMB_WEIGHT_SEMIBOLD, look->text, PLUMB_ANCHOR_START};
    double x_pt = scene->width_pt * 0.06;
    plumb_scene_marker(
        scene, plumb_zone_shape(shown_zone(readout)), x_pt + size_pt * 0.42, y_pt - size_pt * 0.36,
        size_pt * 0.8, look->fill);
    plumb_scene_text(
        scene, &style, x_pt + size_pt * 1.15, y_pt, scene->width_pt * 0.94 - x_pt - size_pt * 1.15,
        readout->word);
}

void plumb_readout_draw(struct plumb_scene *scene, const struct plumb_readout *readout)
{
    const struct plumb_zone_colours *look = colours(readout);
    double h_pt = scene->height_pt, gauge_pt = GAUGE_SHARE * h_pt, word_pt = WORD_SHARE * h_pt;
    char text[PLUMB_FIGURE_ROOM + 8];
    plumb_scene_clear(scene);
    scene->paper = readout->theme->paper;
    plumb_scene_rect(scene, 0, 0, scene->width_pt, h_pt, 14, look->tint);
    figure_text(text, sizeof text, readout);
    struct plumb_text_style figure = {
        fmin(h_pt * 0.56, scene->width_pt * 0.34), PLUMB_WEIGHT_SEMIBOLD, readout->theme->ink,
        PLUMB_ANCHOR_MIDDLE};
    double figure_pt = h_pt * 0.06 + figure.size_pt * 0.76;
    plumb_scene_text(scene, &figure, scene->width_pt / 2, figure_pt, scene->width_pt * 0.94, text);
    word(
        scene, readout, figure_pt + (h_pt - figure_pt - gauge_pt * 1.5) / 2 + word_pt * 0.3,
        fmin(word_pt, 34));
    gauge(scene, readout, h_pt - gauge_pt * 1.45, gauge_pt);
}

void plumb_readout_draw_far(struct plumb_scene *scene, const struct plumb_readout *readout)
{
    const struct plumb_zone_colours *look = colours(readout);
    double w_pt = scene->width_pt, h_pt = scene->height_pt, size_pt = fmin(w_pt, h_pt) * 0.5;
    struct plumb_text_style style = {
        fmin(h_pt * 0.12, w_pt * 0.09), PLUMB_WEIGHT_SEMIBOLD, look->text, PLUMB_ANCHOR_MIDDLE};
    plumb_scene_clear(scene);
    scene->paper = readout->theme->paper;
    plumb_scene_rect(scene, 0, 0, w_pt, h_pt, 0, look->tint);
    plumb_scene_marker(
        scene, plumb_zone_shape(shown_zone(readout)), w_pt / 2, h_pt * 0.42, size_pt, look->fill);
    plumb_scene_text(scene, &style, w_pt / 2, h_pt * 0.9, w_pt * 0.94, readout->word);
}
