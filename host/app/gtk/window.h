/* The window around the screens: header, banner, toasts, keys that hold everywhere. */
#ifndef PLUMB_WINDOW_H
#define PLUMB_WINDOW_H

#include "app.h"

/* Builds and shows it. */
void plumb_window_open(struct plumb_app *app);

#endif
