/* The one painter: window, PNG, SVG and PDF are the same picture because they all come through here. */
#ifndef PLUMB_PAINTER_H
#define PLUMB_PAINTER_H

#include <cairo.h>

#include "fonts.h"
#include "scene.h"

/* Paints the scene, background first, in the units the context has (one unit = one point). What went wrong is
 * in the status of `cr`. The context's state is as before afterwards. */
void plumb_paint(const struct plumb_scene *scene, struct plumb_fonts *fonts, cairo_t *cr);

/* The same on what is there already: the part that moves, over a part that was kept. */
void plumb_paint_over(const struct plumb_scene *scene, struct plumb_fonts *fonts, cairo_t *cr);

#endif
