/* The emulated patient with whom an exercise is tried where there is no clip. */
#ifndef PLUMB_TRY_SOURCE_H
#define PLUMB_TRY_SOURCE_H

#include "../../core/exercise.h"

/* The source for who does this exercise with the right side: the one made for it, else one in the same pose;
 * or for both sides, where somebody stays that long. Owned, g_free. */
char *plumb_try_source(const struct plumb_exercise *exercise, int both_sides);

#endif
