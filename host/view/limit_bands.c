#include "limit_bands.h"

#include <math.h>
#include <stdio.h>

#include "../core/said.h"
#include "../core/units.h"
#include "text_width.h"

#define BEYOND 1.25 /* how far past the outermost limit is shown */

/* The scale, in degrees, and where it lies. */
struct scale {
    double low_deg, high_deg, width_pt;
};

static double x_pt(const struct scale *scale, double deg)
{
    double share = (deg - scale->low_deg) / (scale->high_deg - scale->low_deg);
    return scale->width_pt * fmin(1, fmax(0, share));
}

static struct scale scale_of(const struct plumb_scene *scene, const struct plumb_thresholds *limits)
{
    double back_rad = fmax(limits->posterior_rad, limits->amber_rad),
           forward_rad = fmax(limits->immediate_rad, fmax(limits->red_rad, limits->amber_rad));
    return (struct scale){
        -back_rad * BEYOND * PLUMB_DEG_PER_RAD, forward_rad * BEYOND * PLUMB_DEG_PER_RAD, scene->width_pt};
}

/* One band with its word, or its shape where there is no room for that. */
static void band(
    struct plumb_scene *scene, const struct scale *scale, const struct plumb_limit_bands *bands,
    double from_deg, double to_deg, enum plumb_zone zone, const char *word)
{
    const struct plumb_zone_colours *look = &bands->theme->zone[zone];
    double from_pt = x_pt(scale, from_deg), width_pt = x_pt(scale, to_deg) - from_pt,
           high_pt = bands->text_px * 1.7;
    struct plumb_text_style style = {
        bands->text_px, PLUMB_WEIGHT_SEMIBOLD, look->on_fill, PLUMB_ANCHOR_MIDDLE};
    if (!(width_pt > 0))
        return;
    plumb_scene_rect(scene, from_pt, 0, width_pt, high_pt, 0, look->fill);
    const char *said = scene->said ? scene->said(word) : word;
    if (plumb_text_width_pt(said, bands->text_px, PLUMB_WEIGHT_SEMIBOLD) < width_pt * 0.94)
        plumb_scene_text(scene, &style, from_pt + width_pt / 2, high_pt * 0.69, width_pt, word);
    else if (width_pt > bands->text_px) /* colour is never alone */
        plumb_scene_marker(
            scene, plumb_zone_shape(zone), from_pt + width_pt / 2, high_pt / 2, bands->text_px * 0.7,
            look->on_fill);
}

/* The figure at a limit; none over another's. Returns where it ends. */
static double figure(
    struct plumb_scene *scene, const struct scale *scale, const struct plumb_limit_bands *bands, double rad,
    double free_pt)
{
    char text[24];
    struct plumb_text_style style = {
        bands->text_px, PLUMB_WEIGHT_REGULAR, bands->theme->slate, PLUMB_ANCHOR_MIDDLE};
    double at_pt = x_pt(scale, rad * PLUMB_DEG_PER_RAD), top_pt = bands->text_px * 1.7;
    snprintf(text, sizeof text, "%.4g\302\260", fabs(rad) * PLUMB_DEG_PER_RAD);
    double half_pt = plumb_text_width_pt(text, bands->text_px, PLUMB_WEIGHT_REGULAR) / 2;
    if (at_pt - half_pt < free_pt || at_pt + half_pt > scene->width_pt)
        return free_pt;
    plumb_scene_line(scene, at_pt, top_pt, at_pt, top_pt + bands->text_px * 0.35, 1.5, 0, bands->theme->axis);
    plumb_scene_text(scene, &style, at_pt, top_pt + bands->text_px * 1.45, 0, text);
    return at_pt + half_pt + bands->text_px * 0.4;
}

static void
all_bands(struct plumb_scene *scene, const struct scale *scale, const struct plumb_limit_bands *bands)
{
    const struct plumb_thresholds *limits = bands->limits;
    double amber_deg = limits->amber_rad * PLUMB_DEG_PER_RAD, red_deg = limits->red_rad * PLUMB_DEG_PER_RAD,
           once_deg = limits->immediate_rad * PLUMB_DEG_PER_RAD;
    band(scene, scale, bands, scale->low_deg, -amber_deg, PLUMB_OFF, PLUMB_SAID("back"));
    band(scene, scale, bands, -amber_deg, amber_deg, PLUMB_GREEN, plumb_zone_words(PLUMB_GREEN));
    band(scene, scale, bands, amber_deg, red_deg, PLUMB_AMBER, plumb_zone_words(PLUMB_AMBER));
    band(scene, scale, bands, red_deg, once_deg, PLUMB_RED, plumb_zone_words(PLUMB_RED));
    band(scene, scale, bands, once_deg, scale->high_deg, PLUMB_RED, PLUMB_SAID("at once"));
}

void plumb_limit_bands_draw(struct plumb_scene *scene, const struct plumb_limit_bands *bands)
{
    const struct plumb_thresholds *limits = bands->limits;
    struct scale scale = scale_of(scene, limits);
    const double at_rad[] = {
        -limits->posterior_rad, -limits->amber_rad, limits->amber_rad, limits->red_rad,
        limits->immediate_rad};
    plumb_scene_clear(scene);
    scene->paper = bands->theme->paper;
    all_bands(scene, &scale, bands);
    double once_pt = x_pt(&scale, limits->immediate_rad * PLUMB_DEG_PER_RAD), free_pt = 0;
    plumb_scene_line(scene, once_pt, 0, once_pt, bands->text_px * 1.7, 2, 4, bands->theme->paper);
    for (size_t i = 0; i < sizeof at_rad / sizeof *at_rad; i++)
        free_pt = figure(scene, &scale, bands, at_rad[i], free_pt);
}
