/* A few ways of making widgets that all screens share. What they are given as fixed words they say in the
 * window's language; only plumb_words_set shows its text as it is.
 */
#ifndef PLUMB_WIDGETS_H
#define PLUMB_WIDGETS_H

#include <gtk/gtk.h>

/* A label that wraps, aligned left, of that CSS class (NULL: none). */
GtkWidget *plumb_words_new(const char *text, const char *css_class);

/* Sets the label only where its text changes: an unchanged label is not drawn or told again. */
void plumb_words_set(GtkWidget *label, const char *text);

/* What a widget is called for who does not see it. */
void plumb_name_set(GtkWidget *widget, const char *name);

/* A box of that class with its margins and spacing. */
GtkWidget *plumb_box_new(GtkOrientation orientation, int spacing, const char *css_class);

/* A large button: its words, the key that does the same (NULL: none), and what it is for. */
GtkWidget *
plumb_key_new(const char *text, const char *key, const char *tip, GCallback clicked, gpointer data);

/* A row of buttons that breaks where the window is too narrow for it, with so many in a line; plumb_flow_add
 * puts the next into it, which alone takes the keyboard. */
GtkWidget *plumb_flow_new(guint least, guint most, const char *css_class);
void plumb_flow_add(GtkWidget *flow, GtkWidget *button);

/* A name above its value; returns the value's label. */
GtkWidget *plumb_field_new(GtkWidget *into, const char *name);

#endif
