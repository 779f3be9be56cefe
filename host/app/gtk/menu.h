/* The header's menu: where else one can go, and what the program says about itself. */
#ifndef PLUMB_MENU_H
#define PLUMB_MENU_H

#include "app.h"

/* The button that opens it. */
GtkWidget *plumb_menu_new(struct plumb_app *app);

/* All keys of the program in a window. */
void plumb_menu_keys(struct plumb_app *app);

#endif
