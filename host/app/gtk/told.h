/* The calm line at the top: what is wrong and what to do, never over the angle, gone when it is over. */
#ifndef PLUMB_TOLD_H
#define PLUMB_TOLD_H

#include "app.h"

/* The widget; hidden. */
GtkWidget *plumb_told_new(struct plumb_app *app);

/* Shows a line until it is hidden or replaced. */
void plumb_told_say(struct plumb_app *app, const char *text, gboolean urgent);

void plumb_told_hide(struct plumb_app *app);

/* Says what the moment has to say: the clip is away, a sensor is in trouble, the disk is full, there is no
 * sound. */
void plumb_told_look(struct plumb_app *app);

#endif
