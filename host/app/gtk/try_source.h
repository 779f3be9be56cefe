/* The emulated patient with whom an exercise is tried where there is no clip. */
#ifndef PLUMB_TRY_SOURCE_H
#define PLUMB_TRY_SOURCE_H

#include "../../core/exercise.h"

/* The source for who does this exercise: for one side the demonstration made for it, where there is one (it
 * shows a lapse too), else somebody who does whatever is asked, to the end. Owned, g_free. */
char *plumb_try_source(const struct plumb_exercise *exercise, int both_sides);

#endif
