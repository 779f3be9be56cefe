/* The ways a clip can be turned: each of the 26 directions through a cube's faces, edges and corners, in
 * words. Which of them is still missing is a question of arithmetic, not of a fixed list. */
#ifndef PLUMB_TURNED_H
#define PLUMB_TURNED_H

#include "../host/core/accel_fit.h"

#define PLUMB_TURNED_N       26
#define PLUMB_TURNED_FACES_N 6

struct plumb_turned {
    struct plumb_vec3 up_s; /* unit: what points up, in the sensor's axes */
    const char *words;      /* "Z up" */
};

/* The faces first, then four corners that see the most, then the rest. Static. */
const struct plumb_turned *plumb_turned_way(int which);

/* The way that comes nearest to this up (any length but 0). */
int plumb_turned_nearest(struct plumb_vec3 up_s);

/* What to show next: a face none of the poses is near, the one after the other; then the way after which the
 * least is left open. -1 when nothing is missing. `stills` are those of the fit. */
int plumb_turned_next(const struct plumb_accel_fit *fit, const struct plumb_still *stills, size_t n);

/* Bits of the ways that have been shown. */
unsigned plumb_turned_shown(const struct plumb_still *stills, size_t n);

#endif
