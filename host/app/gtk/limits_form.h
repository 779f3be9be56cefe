/* A person's own limits for an exercise and a side, as a form: what is changed is kept at once, can be taken
 * back, and shows as bands. A widget of its own.
 */
#ifndef PLUMB_LIMITS_FORM_H
#define PLUMB_LIMITS_FORM_H

#include "app.h"

struct plumb_limits_form; /* lives as long as its widget */

GtkWidget *plumb_limits_form_new(struct plumb_app *app, struct plumb_limits_form **made);

/* Shows who and what is chosen on the start screen. */
void plumb_limits_form_show(struct plumb_limits_form *form);

#endif
