/* The window's screens: one file each, one row of the table in screens.c each. To add one: write
 * screen_NAME.c with a const struct plumb_screen, declare it here, put it into the table, raise
 * PLUMB_SCREENS_N.
 */
#ifndef PLUMB_SCREEN_H
#define PLUMB_SCREEN_H

#include <gtk/gtk.h>

struct plumb_app;

#define PLUMB_SCREENS_N 8

struct plumb_screen {
    const char *id, *title;
    const char *back; /* the screen behind the back button; NULL: there is none */
    /* Builds the screen once; *state is its own, kept by the app until the end and freed with g_free. */
    GtkWidget *(*build)(struct plumb_app *app, void **state);
    void (*shown)(struct plumb_app *app, void *state);  /* may be NULL */
    void (*hidden)(struct plumb_app *app, void *state); /* may be NULL */
    /* Thirty times a second while it is shown; frame counts up, and is 0 where everything shall be drawn at
     * once. May be NULL. */
    void (*tick)(struct plumb_app *app, void *state, gint64 frame);
    /* A key; TRUE when it was used. May be NULL. */
    gboolean (*key)(struct plumb_app *app, void *state, guint key, GdkModifierType with);
};

extern const struct plumb_screen plumb_screen_start, plumb_screen_prepare, plumb_screen_stretch,
    plumb_screen_after, plumb_screen_history, plumb_screen_replay, plumb_screen_settings, plumb_screen_editor;

extern const struct plumb_screen *const plumb_screens[PLUMB_SCREENS_N];

#endif
