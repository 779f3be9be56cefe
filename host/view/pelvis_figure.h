/* The pelvis turning: how it was at neutral as an outline, how it is now as a bone, and a scale with the
 * zones that says how far. Seen the way the turn shows; as the wearer lies or stands. Pure. */
#ifndef PLUMB_PELVIS_FIGURE_H
#define PLUMB_PELVIS_FIGURE_H

#include "../core/mount.h"
#include "scene.h"
#include "theme.h"

enum plumb_pelvis_view {
    PLUMB_PELVIS_SIDE,  /* tilt, from the wearer's right */
    PLUMB_PELVIS_ALONG, /* rotation, from the feet */
    PLUMB_PELVIS_FRONT, /* obliquity, from the front */
    PLUMB_PELVIS_VIEWS_N
};

struct plumb_pelvis_figure {
    const struct plumb_theme *theme;
    enum plumb_pelvis_view view;
    enum plumb_pose pose;
    double deg;                /* as in the trace: forward, left turn, right side up; NaN: not known */
    double amber_deg, red_deg; /* the zones on the scale; NaN: none */
    int both_ways;             /* the zones are on both sides (rotation, obliquity) */
    int sure;                  /* 0: how the clip sits is not known yet: the bone is dashed */
    enum plumb_zone zone;
    double text_px;
    const char *reason; /* said instead where this cannot be seen; NULL: it can */
};

/* Fills the scene, whose size decides; what was in it is removed. */
void plumb_pelvis_figure_draw(struct plumb_scene *scene, const struct plumb_pelvis_figure *figure);

#endif
