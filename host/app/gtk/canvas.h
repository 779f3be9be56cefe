/* A picture in the window: a scene, filled when it is to be drawn, painted by the one painter. */
#ifndef PLUMB_CANVAS_H
#define PLUMB_CANVAS_H

#include "app.h"

/* Fills a scene that has the widget's size in pixels. */
typedef void plumb_canvas_fill(struct plumb_app *app, void *context, struct plumb_scene *scene);

/* A drawing area of at least that size with a name for who does not see it. context must outlive it. */
GtkWidget *plumb_canvas_new(
    struct plumb_app *app, int width_px, int height_px, const char *name, plumb_canvas_fill *fill,
    void *context);

/* What stands behind the picture, filled each time and painted only where it has changed. `still` gets the
 * context of the canvas; its picture is opaque, and what the canvas itself fills is painted over it. */
void plumb_canvas_stand(GtkWidget *canvas, plumb_canvas_fill *still);

/* What is in it now, in words: for who listens. */
void plumb_canvas_describe(GtkWidget *canvas, const char *words);

#endif
