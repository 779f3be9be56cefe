#include "hold_ring.h"

#include <math.h>
#include <stdio.h>

#include "../core/units.h"
#include "figure.h"

#define THICK        0.105 /* of the ring's outer radius */
#define POINTS_A_RAD 24    /* of an arc */
#define FIGURE_SHARE 0.62  /* size of the figure, of the inner radius */
#define LEAST_SHARE  0.004 /* a share below is no arc yet */

struct place {
    struct plumb_scene *scene;
    double x_pt, y_pt, radius_pt, stroke_pt;
};

/* From the top, clockwise. */
static void arc(const struct place *place, double share, plumb_colour colour)
{
    double angle_rad = 2 * PLUMB_PI * share;
    int n = (int)ceil(angle_rad * POINTS_A_RAD) + 1;
    plumb_scene_polyline(place->scene, place->stroke_pt, 0, colour);
    for (int i = 0; i <= n; i++) {
        double at_rad = angle_rad * i / n;
        plumb_scene_point(
            place->scene, place->x_pt + place->radius_pt * sin(at_rad),
            place->y_pt - place->radius_pt * cos(at_rad));
    }
}

/* Two bars: the sign everybody knows. */
static void pause_sign(const struct place *place, double y_pt, double size_pt, plumb_colour colour)
{
    for (int side = -1; side <= 1; side += 2)
        plumb_scene_rect(
            place->scene, place->x_pt + side * 0.32 * size_pt - 0.14 * size_pt, y_pt - size_pt / 2,
            0.28 * size_pt, size_pt, 0.06 * size_pt, colour);
}

/* "17", "2:05", "3/10"; a dash where nothing runs. */
static void figure_text(char out[PLUMB_FIGURE_ROOM], const struct plumb_hold_ring *ring)
{
    double left_s = ceil(fmax(0, ring->dose_s - ring->in_zone_s) - 1e-6);
    if (ring->asked_n > 0)
        snprintf(out, PLUMB_FIGURE_ROOM, "%d/%d", ring->counted_n, ring->asked_n);
    else if (ring->dose_s > 0)
        plumb_figure_clock(out, left_s, 0, left_s > PLUMB_RING_SECONDS_MOST);
    else
        snprintf(out, PLUMB_FIGURE_ROOM, "\xe2\x80\x93");
}

static double share_of(const struct plumb_hold_ring *ring)
{
    double done = ring->asked_n > 0 ? ring->counted_n : ring->in_zone_s;
    double asked = ring->asked_n > 0 ? ring->asked_n : ring->dose_s;
    return asked > 0 ? fmax(0, fmin(1, done / asked)) : 0;
}

static void figure(const struct place *place, const struct plumb_hold_ring *ring)
{
    double inner_pt = place->radius_pt - place->stroke_pt, size_pt = FIGURE_SHARE * inner_pt;
    struct plumb_text_style style = {size_pt, PLUMB_WEIGHT_SEMIBOLD, ring->theme->ink, PLUMB_ANCHOR_MIDDLE};
    struct plumb_text_style word = {
        ring->text_px, PLUMB_WEIGHT_REGULAR, ring->theme->slate, PLUMB_ANCHOR_MIDDLE};
    char text[PLUMB_FIGURE_ROOM];
    figure_text(text, ring);
    plumb_scene_text(place->scene, &style, place->x_pt, place->y_pt + 0.28 * size_pt, 1.7 * inner_pt, text);
    plumb_scene_text(
        place->scene, &word, place->x_pt, place->y_pt + 0.36 * size_pt + 1.25 * ring->text_px, 1.5 * inner_pt,
        ring->word ? ring->word : "");
    if (ring->paused)
        pause_sign(place, place->y_pt - 0.74 * size_pt, 0.26 * size_pt, ring->theme->zone[ring->zone].text);
}

void plumb_hold_ring_draw(struct plumb_scene *scene, const struct plumb_hold_ring *ring)
{
    double outer_pt = fmin(scene->width_pt, scene->height_pt) / 2 - 2;
    struct place place = {
        scene, scene->width_pt / 2, scene->height_pt / 2, outer_pt * (1 - THICK / 2), outer_pt * THICK};
    double share = share_of(ring);
    plumb_scene_clear(scene);
    scene->paper = ring->theme->paper;
    if (!(outer_pt > 8))
        return;
    plumb_scene_group(scene, "hold ring");
    arc(&place, 1, ring->theme->rule);
    if (share > LEAST_SHARE)
        arc(&place, share, ring->theme->zone[share >= 1 ? PLUMB_GREEN : ring->zone].fill);
    figure(&place, ring);
}
