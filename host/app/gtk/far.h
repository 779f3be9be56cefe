/* The wearer's window: one large shape and a word, for another monitor. */
#ifndef PLUMB_FAR_H
#define PLUMB_FAR_H

#include "app.h"

/* Opens it, or closes it where it is open. */
void plumb_far_toggle(struct plumb_app *app);

void plumb_far_tick(struct plumb_app *app, gint64 frame);

#endif
