/* What the window is shown of the live engine at one instant. */
#ifndef PLUMB_ENGINE_MOMENT_H
#define PLUMB_ENGINE_MOMENT_H

#include "engine.h"

/* Copies clip, exercise and angles; state, holds, marks and words stay as they are. */
void plumb_moment_copy(struct plumb_moment *moment, const struct plumb_live *live);

#endif
