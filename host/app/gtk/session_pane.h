/* A stored session to look at: its page, as it is printed, and what can be done with it: report, export,
 * note.
 */
#ifndef PLUMB_SESSION_PANE_H
#define PLUMB_SESSION_PANE_H

#include "app.h"

struct plumb_session_pane; /* owned by its widget */

/* The widget; *pane is borrowed and lives as long. */
GtkWidget *plumb_session_pane_new(struct plumb_app *app, struct plumb_session_pane **pane);

/* Shows a session; 0: none. Looking it up happens beside the window. */
void plumb_session_pane_show(struct plumb_session_pane *pane, int64_t session_id);

/* The user goes elsewhere: a note that was typed is kept, as "Keep the note" does. */
void plumb_session_pane_leave(struct plumb_session_pane *pane);

#endif
