#include "turned.h"

#include "../host/core/units.h"

#define NEAR_RAD   (30 * PLUMB_RAD_PER_DEG) /* a hand that aims at a face hits it within 20 */
#define ENOUGH_N   10                       /* distinct poses: nine unknowns and one to check them by */
#define MOST_N     16                       /* nobody should have to hold more */
#define SURE_RAD   (0.1 * PLUMB_RAD_PER_DEG)
#define GAIN_LEAST 0.02 /* another pose must narrow the error by this share */
#define EDGE       0.70710678118654752
#define CORNER     0.57735026918962576

static const struct plumb_turned ways[PLUMB_TURNED_N] = {
    {{0, 0, 1}, "Z up"},
    {{0, 0, -1}, "Z down"},
    {{1, 0, 0}, "X up"},
    {{-1, 0, 0}, "X down"},
    {{0, 1, 0}, "Y up"},
    {{0, -1, 0}, "Y down"},
    {{CORNER, CORNER, CORNER}, "on a corner: X, Y and Z all half up"},
    {{CORNER, -CORNER, -CORNER}, "on a corner: X half up, Y and Z half down"},
    {{-CORNER, CORNER, -CORNER}, "on a corner: Y half up, X and Z half down"},
    {{-CORNER, -CORNER, CORNER}, "on a corner: Z half up, X and Y half down"},
    {{EDGE, EDGE, 0}, "on an edge: X and Y half up"},
    {{EDGE, -EDGE, 0}, "on an edge: X half up, Y half down"},
    {{-EDGE, EDGE, 0}, "on an edge: X half down, Y half up"},
    {{-EDGE, -EDGE, 0}, "on an edge: X and Y half down"},
    {{EDGE, 0, EDGE}, "on an edge: X and Z half up"},
    {{EDGE, 0, -EDGE}, "on an edge: X half up, Z half down"},
    {{-EDGE, 0, EDGE}, "on an edge: X half down, Z half up"},
    {{-EDGE, 0, -EDGE}, "on an edge: X and Z half down"},
    {{0, EDGE, EDGE}, "on an edge: Y and Z half up"},
    {{0, EDGE, -EDGE}, "on an edge: Y half up, Z half down"},
    {{0, -EDGE, EDGE}, "on an edge: Y half down, Z half up"},
    {{0, -EDGE, -EDGE}, "on an edge: Y and Z half down"},
    {{CORNER, CORNER, -CORNER}, "on a corner: X and Y half up, Z half down"},
    {{CORNER, -CORNER, CORNER}, "on a corner: X and Z half up, Y half down"},
    {{-CORNER, CORNER, CORNER}, "on a corner: Y and Z half up, X half down"},
    {{-CORNER, -CORNER, -CORNER}, "on a corner: X, Y and Z all half down"},
};

const struct plumb_turned *plumb_turned_way(int which)
{
    return &ways[which];
}

int plumb_turned_nearest(struct plumb_vec3 up_s)
{
    int best = 0;
    for (int i = 1; i < PLUMB_TURNED_N; i++)
        if (plumb_vec3_dot(ways[i].up_s, up_s) > plumb_vec3_dot(ways[best].up_s, up_s))
            best = i;
    return best;
}

unsigned plumb_turned_shown(const struct plumb_still *stills, size_t n)
{
    unsigned shown = 0;
    for (size_t i = 0; i < n; i++)
        shown |= 1u << plumb_turned_nearest(stills[i].accel_s_mps2);
    return shown;
}

static int near_any(struct plumb_vec3 up_s, const struct plumb_still *stills, size_t n)
{
    for (size_t i = 0; i < n; i++)
        if (plumb_vec3_dot(plumb_vec3_unit(stills[i].accel_s_mps2), up_s) > cos(NEAR_RAD))
            return 1;
    return 0;
}

/* The way after which the least is left open; -1 where none narrows it. */
static int most_telling(const struct plumb_accel_fit *fit)
{
    double least_rad = fit->direction_sd_rad * (1 - GAIN_LEAST);
    int best = -1;
    for (int i = 0; i < PLUMB_TURNED_N; i++) {
        double with_rad = plumb_accel_sd_with(fit, ways[i].up_s);
        if (with_rad < least_rad * (1 - 1e-9)) {
            least_rad = with_rad;
            best = i;
        }
    }
    return best;
}

int plumb_turned_next(const struct plumb_accel_fit *fit, const struct plumb_still *stills, size_t n)
{
    for (int i = 0; i < PLUMB_TURNED_FACES_N; i++)
        if (!near_any(ways[i].up_s, stills, n))
            return i;
    if (fit->distinct_n > MOST_N - 0.5 ||
        (fit->distinct_n > ENOUGH_N - 0.5 && fit->direction_sd_rad < SURE_RAD))
        return -1;
    return most_telling(fit);
}
