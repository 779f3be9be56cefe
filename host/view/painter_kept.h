/* A picture that is painted once and shown again and again, until it would look different: what stands behind
 * a picture that moves. Stroking and shaping text is what drawing costs; copying pixels costs next to
 * nothing.
 */
#ifndef PLUMB_PAINTER_KEPT_H
#define PLUMB_PAINTER_KEPT_H

#include "painter.h"

struct plumb_painter_kept; /* owned by who asked for it, until plumb_painter_kept_free */

/* NULL when there is no memory. */
struct plumb_painter_kept *plumb_painter_kept_new(void);
void plumb_painter_kept_free(struct plumb_painter_kept *kept);

/* The scene to fill for the next picture; cleared, of that size. */
struct plumb_scene *
plumb_painter_kept_scene(struct plumb_painter_kept *kept, double width_pt, double height_pt);

/* Shows what was filled in: painted anew only where it differs from what was shown before. scale: pixels of
 * the screen per point. */
void plumb_paint_kept(struct plumb_painter_kept *kept, struct plumb_fonts *fonts, double scale, cairo_t *cr);

/* How often it was painted anew so far. */
unsigned long plumb_painter_kept_n(const struct plumb_painter_kept *kept);

#endif
