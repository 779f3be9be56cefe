#include "widgets.h"

#include "language.h"

GtkWidget *plumb_words_new(const char *text, const char *css_class)
{
    GtkWidget *label = gtk_label_new(plumb_language_text(text));
    gtk_label_set_wrap(GTK_LABEL(label), TRUE);
    gtk_label_set_xalign(GTK_LABEL(label), 0);
    if (css_class)
        gtk_widget_add_css_class(label, css_class);
    return label;
}

void plumb_words_set(GtkWidget *label, const char *text)
{
    if (!g_str_equal(gtk_label_get_text(GTK_LABEL(label)), text))
        gtk_label_set_text(GTK_LABEL(label), text);
}

/* Of a drop-down it is the button within that has the focus. */
void plumb_name_set(GtkWidget *widget, const char *name)
{
    const char *said = plumb_language_text(name);
    GtkWidget *button = GTK_IS_DROP_DOWN(widget) ? gtk_widget_get_first_child(widget) : NULL;
    gtk_accessible_update_property(GTK_ACCESSIBLE(widget), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
    if (button)
        gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, said, -1);
}

GtkWidget *plumb_box_new(GtkOrientation orientation, int spacing, const char *css_class)
{
    GtkWidget *box = gtk_box_new(orientation, spacing);
    if (css_class)
        gtk_widget_add_css_class(box, css_class);
    return box;
}

GtkWidget *plumb_key_new(const char *text, const char *key, const char *tip, GCallback clicked, gpointer data)
{
    GtkWidget *button = gtk_button_new_with_label(plumb_language_text(text));
    const char *said_tip = plumb_language_text(tip), *said_key = plumb_language_text(key);
    char *whole = key ? g_strdup_printf("%s (%s)", said_tip, said_key) : g_strdup(said_tip);
    gtk_widget_add_css_class(button, "key");
    gtk_widget_set_tooltip_text(button, whole);
    if (key)
        gtk_accessible_update_property(
            GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_KEY_SHORTCUTS, said_key, -1);
    g_signal_connect(button, "clicked", clicked, data);
    g_free(whole);
    return button;
}

GtkWidget *plumb_flow_new(guint least, guint most, const char *css_class)
{
    GtkWidget *flow = gtk_flow_box_new();
    gtk_widget_add_css_class(flow, css_class);
    gtk_flow_box_set_selection_mode(GTK_FLOW_BOX(flow), GTK_SELECTION_NONE);
    gtk_flow_box_set_min_children_per_line(GTK_FLOW_BOX(flow), least);
    gtk_flow_box_set_max_children_per_line(GTK_FLOW_BOX(flow), most);
    gtk_flow_box_set_column_spacing(GTK_FLOW_BOX(flow), 8);
    return flow;
}

/* What holds a button goes dead with it: a flow box swallows the Tab that meets a dead button in a live
 * place. */
void plumb_flow_add(GtkWidget *flow, GtkWidget *button)
{
    gtk_flow_box_append(GTK_FLOW_BOX(flow), button);
    gtk_widget_set_focusable(gtk_widget_get_parent(button), FALSE);
    g_object_bind_property(
        button, "sensitive", gtk_widget_get_parent(button), "sensitive", G_BINDING_SYNC_CREATE);
}

GtkWidget *plumb_field_new(GtkWidget *into, const char *name)
{
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_VERTICAL, 2);
    GtkWidget *value = plumb_words_new(NULL, "value");
    gtk_box_append(GTK_BOX(box), plumb_words_new(name, "field"));
    gtk_box_append(GTK_BOX(box), value);
    gtk_box_append(GTK_BOX(into), box);
    return value;
}
