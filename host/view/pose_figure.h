/* How to lie, kneel or stand, and where the clip goes: a person of a few round limbs, drawn from what the
 * exercise's file says. The worked leg is coloured and last, so that it lies in front. Pure. */
#ifndef PLUMB_POSE_FIGURE_H
#define PLUMB_POSE_FIGURE_H

#include "../core/posture.h"
#include "scene.h"
#include "theme.h"

struct plumb_pose_figure {
    const struct plumb_theme *theme;
    const struct plumb_posture *posture; /* borrowed for the call */
    int mirrored;                        /* 1: the left side is worked */
    double text_px;                      /* of the word at the clip; 0: no word */
    const char *clip_word;               /* "clip"; NULL: no word */
};

/* Fills the scene, whose size decides; what was in it is removed. */
void plumb_pose_figure_draw(struct plumb_scene *scene, const struct plumb_pose_figure *figure);

#endif
