/* The typeface of every picture: Inter through a font configuration of our own, so that a picture does not
 * depend on whose desk it was made at. */
#ifndef PLUMB_FONTS_H
#define PLUMB_FONTS_H

#include <pango/pangocairo.h>

#include "scene.h"

struct plumb_fonts;

/* For one thread, until given back; NULL when memory ran out. Without Inter installed the desktop's sans
 * serif is used, and plumb_fonts_private says 0. From any thread. */
struct plumb_fonts *plumb_fonts_take(void);
void plumb_fonts_give_back(struct plumb_fonts *fonts); /* NULL is nothing; the next to take may get it */
int plumb_fonts_private(const struct plumb_fonts *fonts);

/* The layout of a text item, already fitted into its room. Owned, free with g_object_unref. */
PangoLayout *
plumb_fonts_layout(struct plumb_fonts *fonts, const struct plumb_scene *scene, const struct plumb_item *item);

#endif
