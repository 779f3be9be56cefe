#include "tab_stop.h"

typedef struct {
    GtkBox parent_instance;
} PlumbTabStop;

typedef struct {
    GtkBoxClass parent_class;
} PlumbTabStopClass;

GType plumb_tab_stop_get_type(void);

G_DEFINE_TYPE(PlumbTabStop, plumb_tab_stop, GTK_TYPE_BOX)

static gboolean focus(GtkWidget *widget, GtkDirectionType direction)
{
    int tab = direction == GTK_DIR_TAB_FORWARD || direction == GTK_DIR_TAB_BACKWARD;
    if (tab && gtk_widget_get_focus_child(widget))
        return FALSE;
    return GTK_WIDGET_CLASS(plumb_tab_stop_parent_class)->focus(widget, direction);
}

static void plumb_tab_stop_class_init(PlumbTabStopClass *class)
{
    GTK_WIDGET_CLASS(class)->focus = focus;
}

static void plumb_tab_stop_init(PlumbTabStop *stop)
{
    (void)stop;
}

GtkWidget *plumb_tab_stop_new(GtkWidget *widget)
{
    GtkWidget *stop = g_object_new(plumb_tab_stop_get_type(), NULL);
    gtk_widget_set_vexpand(widget, TRUE);
    gtk_widget_set_hexpand(widget, TRUE);
    gtk_box_append(GTK_BOX(stop), widget);
    return stop;
}
