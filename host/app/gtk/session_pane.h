/* A stored session to look at, or a patient's weeks: the page, as it is printed, and what can be done with
 * it: replay, note and tags, report, export, delete.
 */
#ifndef PLUMB_SESSION_PANE_H
#define PLUMB_SESSION_PANE_H

#include "app.h"

struct plumb_session_pane; /* owned by its widget */

/* The widget; *pane is borrowed and lives as long. */
GtkWidget *plumb_session_pane_new(struct plumb_app *app, struct plumb_session_pane **pane);

/* Shows a session; 0: none. Looking it up happens beside the window. */
void plumb_session_pane_show(struct plumb_session_pane *pane, int64_t session_id);

/* Shows eight weeks of a patient, how they go, by alias. */
void plumb_session_pane_show_weeks(struct plumb_session_pane *pane, const char *patient);

/* The user goes elsewhere: words that were typed are kept, as "Keep note and tags" does. */
void plumb_session_pane_leave(struct plumb_session_pane *pane);

#endif
