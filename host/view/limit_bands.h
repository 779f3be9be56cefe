/* The limits as bands to both sides of where the zone was set: what is green, from where it is amber, red,
 * and said at once. Pure. */
#ifndef PLUMB_LIMIT_BANDS_H
#define PLUMB_LIMIT_BANDS_H

#include "../core/flag.h"
#include "scene.h"
#include "theme.h"

struct plumb_limit_bands {
    const struct plumb_theme *theme;
    const struct plumb_thresholds *limits; /* borrowed for the call */
    double text_px;
};

/* Fills the scene, whose size decides; what was in it is removed. */
void plumb_limit_bands_draw(struct plumb_scene *scene, const struct plumb_limit_bands *bands);

#endif
