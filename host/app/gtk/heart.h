/* The window's heartbeat: thirty times a second the engine is looked at and what moves is drawn; at once when
 * something beside samples has happened. A clock of its own: GTK's would wake the program sixty times.
 */
#ifndef PLUMB_HEART_H
#define PLUMB_HEART_H

#include "app.h"

/* Begins to beat; stops when the window goes. */
void plumb_heart_start(struct plumb_app *app);
void plumb_heart_stop(struct plumb_app *app);

/* Looks and draws everything now, beside the rhythm. From the window's thread. */
void plumb_heart_now(struct plumb_app *app);

#endif
