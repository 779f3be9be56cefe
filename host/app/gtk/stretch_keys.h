/* What the user may want in a stretch: one table for keys and buttons. */
#ifndef PLUMB_STRETCH_KEYS_H
#define PLUMB_STRETCH_KEYS_H

#include "app.h"

/* The row of large buttons. */
GtkWidget *plumb_stretch_keys_new(struct plumb_app *app);

/* TRUE where the key means something here. */
gboolean plumb_stretch_key(struct plumb_app *app, guint key, GdkModifierType with);

#endif
