/* Smooth outlines through a few points: what is drawn of a body. */
#ifndef PLUMB_CURVE_H
#define PLUMB_CURVE_H

#include <stddef.h>

#include "scene.h"

/* Where a drawing's own units go: turned counterclockwise, so many points large, to (x, y). The drawing's y
 * points up. */
struct plumb_placing {
    double x_pt, y_pt, unit_pt, turn_rad;
    int mirrored; /* 1: its x points left before it is turned */
};

struct plumb_point plumb_placing_apply(const struct plumb_placing *placing, double x, double y);

/* A closed outline through the points (a Catmull-Rom spline), filled, or stroked where stroke_pt > 0. */
void plumb_curve_closed(
    struct plumb_scene *scene, const struct plumb_placing *placing, const double (*points)[2], size_t n,
    double stroke_pt, double dash_pt, plumb_colour colour);

/* A limb: a thick line with round ends; widths in the drawing's units. */
void plumb_curve_limb(
    struct plumb_scene *scene, const struct plumb_placing *placing, const double from[2], const double to[2],
    double from_wide, double to_wide, plumb_colour colour);

#endif
