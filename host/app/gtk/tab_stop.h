/* A list is one stop for the Tab key: GTK 4.8 would walk through all its rows, choosing each. */
#ifndef PLUMB_TAB_STOP_H
#define PLUMB_TAB_STOP_H

#include <gtk/gtk.h>

/* A box around the widget; Tab comes to what is chosen in it and leaves it from anywhere. */
GtkWidget *plumb_tab_stop_new(GtkWidget *widget);

#endif
