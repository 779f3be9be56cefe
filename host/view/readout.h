/* The angle, to be read from the other side of the room: figure, shape, word and colour say the same thing.
 */
#ifndef PLUMB_READOUT_H
#define PLUMB_READOUT_H

#include "theme.h"
#include "tongue.h"

struct plumb_readout {
    const struct plumb_theme *theme;
    const struct plumb_tongue *tongue; /* of the figure; NULL: English */
    double tilt_deg;                   /* NaN: not known */
    enum plumb_zone zone;
    const char *word;                         /* "in the zone" */
    double amber_deg, red_deg, posterior_deg; /* for the gauge; NaN: none */
    int away;                                 /* nothing comes from the clip: no figure is trusted */
};

/* Draws into the scene at its size; what was in it is removed. The figure is as high as fits. */
void plumb_readout_draw(struct plumb_scene *scene, const struct plumb_readout *readout);

/* The same without gauge: one large shape and its word, for the wearer's monitor. */
void plumb_readout_draw_far(struct plumb_scene *scene, const struct plumb_readout *readout);

#endif
