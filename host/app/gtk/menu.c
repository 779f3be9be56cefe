#include "menu.h"

#include "far.h"
#include "language.h"
#include "widgets.h"

struct shortcut {
    const char *key, *what;
};

static const struct shortcut shortcuts[] = {
    {"<primary>question F1", N_("This list")},
    {"F10", N_("Menu")},
    {"<primary>h", N_("Sessions")},
    {"<primary>comma", N_("Settings")},
    {"F11", N_("Full screen")},
    {"F9", N_("The wearer's window, for another monitor")},
    {"space Page_Down", N_("Pause, or go on")},
    {"n Right", N_("Next step")},
    {"m", N_("Mark this moment")},
    {"z", N_("Set the zone anew")},
    {"s", N_("Switch side")},
    {"k", N_("Knee pain")},
    {"b", N_("Back pain: the hold waits")},
    {"p", N_("Sharp pain: stop")},
};

static const struct shortcut of_replay[] = {
    {"space", N_("Play, or pause")},
    {"Left Right", N_("A second back, or on")},
    {"<shift>Left <shift>Right", N_("Ten seconds")},
    {"comma period", N_("The flag, mark or hold before, or the next")},
    {"Home End", N_("To the beginning, or the end")},
    {"plus minus", N_("Less time in view, or more")},
    {"1 2 4", N_("As fast as it was, twice, four times")},
    {"Escape", N_("Back")},
};

static const struct shortcut of_editor[] = {
    {"<primary>s", N_("Save")},
    {"<primary><shift>s", N_("Save as new")},
    {"<primary>z", N_("Undo")},
    {"<primary><shift>z", N_("Redo")},
    {"<alt>Up <alt>Down", N_("Move the step")},
    {"Delete", N_("Remove the step")},
};

static GtkWidget *shortcut_group_new(const char *title, const struct shortcut *list, size_t n)
{
    GtkWidget *group = g_object_new(GTK_TYPE_SHORTCUTS_GROUP, "title", plumb_language_text(title), NULL);
    for (size_t i = 0; i < n; i++)
        gtk_box_append(
            GTK_BOX(group), g_object_new(
                                GTK_TYPE_SHORTCUTS_SHORTCUT, "accelerator", list[i].key, "title",
                                plumb_language_text(list[i].what), NULL));
    return group;
}

void plumb_menu_keys(struct plumb_app *app)
{
    GtkWidget *section =
        g_object_new(GTK_TYPE_SHORTCUTS_SECTION, "section-name", "keys", "visible", TRUE, NULL);
    gtk_box_append(GTK_BOX(section), shortcut_group_new(N_("Keys"), shortcuts, G_N_ELEMENTS(shortcuts)));
    gtk_box_append(GTK_BOX(section), shortcut_group_new(N_("Replay"), of_replay, G_N_ELEMENTS(of_replay)));
    gtk_box_append(GTK_BOX(section), shortcut_group_new(N_("Exercises"), of_editor, G_N_ELEMENTS(of_editor)));
    GtkWidget *window =
        g_object_new(GTK_TYPE_SHORTCUTS_WINDOW, "modal", FALSE, "transient-for", app->window, NULL);
    gtk_window_set_child(GTK_WINDOW(window), section);
    gtk_window_present(GTK_WINDOW(window));
}

static void show_about(struct plumb_app *app)
{
    GtkWidget *about = g_object_new(
        ADW_TYPE_ABOUT_WINDOW, "transient-for", app->window, "modal", FALSE, "application-name", "Plumb",
        "application-icon", "org.plumb.Plumb", "version", PLUMB_VERSION, "developer-name", "The Plumb team",
        "comments",
        _("Shows how your pelvis tilts during a hip flexor stretch. For exercise and learning. Not a medical "
          "device."),
        NULL);
    gtk_window_present(GTK_WINDOW(about));
}

/* ---- entries: a screen, or something else to be done */

static const struct entry {
    const char *id, *label, *keys, *screen;
    void (*act)(struct plumb_app *app);
} entries[] = {
    {"sessions", N_("Sessions"), "<primary>h", "history", NULL},
    {"exercises", N_("Exercises"), "<primary>e", "exercises", NULL},
    {"settings", N_("Settings"), "<primary>comma", "settings", NULL},
    {"wearer", N_("Window for the wearer"), NULL, NULL, plumb_far_toggle},
    {"keys", N_("Keys"), NULL, NULL, plumb_menu_keys},
    {"about", N_("About Plumb"), NULL, NULL, show_about},
};

/* A session that runs is not left by the menu: the banner says how. */
static void chosen(GSimpleAction *action, GVariant *parameter, gpointer data)
{
    const struct entry *entry = g_object_get_data(G_OBJECT(action), "entry");
    struct plumb_app *app = data;
    (void)parameter;
    if (!entry->screen)
        entry->act(app);
    else if (app->engine)
        plumb_app_toast(app, "First end the stretch that runs", NULL, PLUMB_WISHES_N);
    else
        plumb_app_show(app, entry->screen);
}

static void add_entry(struct plumb_app *app, GMenu *menu, const struct entry *entry)
{
    char *name = g_strdup_printf("win.%s", entry->id);
    const char *keys[] = {entry->keys, NULL};
    GSimpleAction *action = g_simple_action_new(entry->id, NULL);
    g_object_set_data(G_OBJECT(action), "entry", (gpointer)(guintptr)entry);
    g_signal_connect(action, "activate", G_CALLBACK(chosen), app);
    g_action_map_add_action(G_ACTION_MAP(app->window), G_ACTION(action));
    g_menu_append(menu, plumb_language_text(entry->label), name);
    gtk_application_set_accels_for_action(GTK_APPLICATION(app->application), name, keys);
    g_object_unref(action);
    g_free(name);
}

GtkWidget *plumb_menu_new(struct plumb_app *app)
{
    GMenu *menu = g_menu_new();
    GtkWidget *button = gtk_menu_button_new();
    for (size_t i = 0; i < G_N_ELEMENTS(entries); i++)
        add_entry(app, menu, &entries[i]);
    gtk_menu_button_set_icon_name(GTK_MENU_BUTTON(button), "open-menu-symbolic");
    gtk_menu_button_set_menu_model(GTK_MENU_BUTTON(button), G_MENU_MODEL(menu));
    gtk_menu_button_set_primary(GTK_MENU_BUTTON(button), TRUE);
    gtk_widget_set_tooltip_text(button, _("Menu"));
    plumb_name_set(button, N_("Menu"));
    g_object_unref(menu);
    return button;
}
