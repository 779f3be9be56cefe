/* The sign of the program: a pelvis from the front, and the plumb line through its middle. Pure. */
#ifndef PLUMB_ICON_H
#define PLUMB_ICON_H

#include "scene.h"

#define PLUMB_ICON_PT          128.0 /* a side of the sign in colours */
#define PLUMB_ICON_SYMBOLIC_PT 16.0  /* of the one in a single colour, which desktops paint anew */

/* Fills the scene, made with the side above; what was in it is removed. The single colour has filled shapes
 * only: whoever paints it anew fills every outline. */
void plumb_icon_draw(struct plumb_scene *scene);
void plumb_icon_draw_symbolic(struct plumb_scene *scene);

#endif
