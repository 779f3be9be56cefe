/* Who was here lately, one click each; and how it went the last time with who and what is chosen. */
#ifndef PLUMB_RECENT_H
#define PLUMB_RECENT_H

#include "app.h"

struct plumb_recent; /* lives as long as its widget */

/* `picked` is called with the alias of a button that was pressed, empty for oneself. */
GtkWidget *plumb_recent_new(
    struct plumb_app *app, void (*picked)(void *context, const char *alias), void *context,
    struct plumb_recent **made);

/* Asks the store anew, beside the window. */
void plumb_recent_ask(struct plumb_recent *recent);

/* Says how it went the last time with what is chosen now. */
void plumb_recent_look(struct plumb_recent *recent);

#endif
