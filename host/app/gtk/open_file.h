/* A file that the desktop, or the command line, hands to the window: a recording to be played, an exercise to
 * be edited and done. */
#ifndef PLUMB_OPEN_FILE_H
#define PLUMB_OPEN_FILE_H

#include "app.h"

/* Takes the file as what is to be done, before the window is built. What keeps it from that is in
 * app->refused. */
void plumb_open_file_take(struct plumb_app *app, GFile *file);

#endif
