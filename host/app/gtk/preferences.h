/* How the person wants the program: read at the start, put into effect, kept when changed. What the command
 * line asks for holds until the program ends and is not kept.
 */
#ifndef PLUMB_PREFERENCES_H
#define PLUMB_PREFERENCES_H

#include "app.h"

/* Reads the settings and fills in what the command line has left open. Before the first widget. */
void plumb_preferences_load(struct plumb_app *app);

/* 1 where an exercise was done before that is there still: app->settings.exercise. */
int plumb_preferences_last(const struct plumb_app *app);

/* Keeps exercise and side for the next time. */
void plumb_preferences_remember(struct plumb_app *app);

/* Puts look, contrast and text size into effect. The window must be there. */
void plumb_preferences_apply(struct plumb_app *app);

/* A setting in app->settings has changed: puts it into effect and keeps it. */
void plumb_preferences_changed(struct plumb_app *app);

#endif
