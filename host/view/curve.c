#include "curve.h"

#include <math.h>

#include "../core/units.h"

#define PIECES_N 10 /* straight pieces between two points */
#define ROUND_N  10 /* of a limb's end */

struct plumb_point plumb_placing_apply(const struct plumb_placing *placing, double x, double y)
{
    double c = cos(placing->turn_rad), s = sin(placing->turn_rad), along = placing->mirrored ? -x : x;
    return (struct plumb_point){
        placing->x_pt + placing->unit_pt * (c * along - s * y),
        placing->y_pt - placing->unit_pt * (s * along + c * y)};
}

/* One coordinate of the spline between b and c. */
static double spline(double a, double b, double c, double d, double at)
{
    return 0.5 * (2 * b + at * (c - a + at * (2 * a - 5 * b + 4 * c - d + at * (3 * (b - c) + d - a))));
}

static void add(struct plumb_scene *scene, const struct plumb_placing *placing, double x, double y)
{
    struct plumb_point at = plumb_placing_apply(placing, x, y);
    plumb_scene_point(scene, at.x_pt, at.y_pt);
}

void plumb_curve_closed(
    struct plumb_scene *scene, const struct plumb_placing *placing, const double (*points)[2], size_t n,
    double stroke_pt, double dash_pt, plumb_colour colour)
{
    if (stroke_pt > 0)
        plumb_scene_polyline(scene, stroke_pt, dash_pt, colour);
    else
        plumb_scene_polygon(scene, colour);
    for (size_t i = 0; i < n; i++) {
        const double *a = points[(i + n - 1) % n], *b = points[i], *c = points[(i + 1) % n],
                     *d = points[(i + 2) % n];
        for (int piece = 0; piece < PIECES_N + (i + 1 == n); piece++) {
            double at = (double)piece / PIECES_N;
            add(scene, placing, spline(a[0], b[0], c[0], d[0], at), spline(a[1], b[1], c[1], d[1], at));
        }
    }
}

/* Half a circle about an end, from one side of the limb to the other. */
static void round_end(
    struct plumb_scene *scene, const struct plumb_placing *placing, const double at[2], double wide,
    double from_rad)
{
    for (int i = 0; i <= ROUND_N; i++) {
        double angle_rad = from_rad + PLUMB_PI * i / ROUND_N;
        add(scene, placing, at[0] + wide / 2 * cos(angle_rad), at[1] + wide / 2 * sin(angle_rad));
    }
}

void plumb_curve_limb(
    struct plumb_scene *scene, const struct plumb_placing *placing, const double from[2], const double to[2],
    double from_wide, double to_wide, plumb_colour colour)
{
    double way_rad = atan2(to[1] - from[1], to[0] - from[0]);
    plumb_scene_polygon(scene, colour);
    round_end(scene, placing, from, from_wide, way_rad + PLUMB_PI / 2);
    round_end(scene, placing, to, to_wide, way_rad - PLUMB_PI / 2);
}
