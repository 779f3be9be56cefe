/* What every picture owes its reader, measured with the fonts it is drawn in. */
#ifndef PLUMB_TESTS_VIEW_LAYOUT_H
#define PLUMB_TESTS_VIEW_LAYOUT_H

#include "host/view/scene.h"

/* Fails the running test where a text leaves the page or its room, lies on another, or cannot be told from
 * what is below it. */
void layout_check(const struct plumb_scene *scene);

/* Fails where a text is cut for want of room. Not for pages with names too long for any. */
void layout_check_uncut(const struct plumb_scene *scene);

#endif
