/* The program opened once more in its own place: what is built in a language is built again. */
#ifndef PLUMB_ANEW_H
#define PLUMB_ANEW_H

#include "app.h"

/* A toast that says so, with a button that closes the window and opens it anew at that screen. */
void plumb_anew_offer(struct plumb_app *app, const char *text, const char *screen_id);

/* The last thing main does, with what it was started with: returns unless the button was pressed. */
void plumb_anew_run(const char *screen_id, char **argv);

#endif
