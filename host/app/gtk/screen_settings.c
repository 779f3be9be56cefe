/* How the program shall be: limits of a person, sound, size, colours, language, paper. All takes effect at
 * once, but for the language, which opens the program anew. */
#include "../../session/voice.h"
#include "anew.h"
#include "language.h"
#include "limits_form.h"
#include "preferences.h"
#include "widgets.h"

/* A choice between words, kept as a number in struct plumb_settings. */
static const struct choice {
    const char *title, *subtitle;
    size_t at;
    const char *words[5];
} choices[] = {
    {N_("Sound"),
     N_("What is heard while you stretch"),
     offsetof(struct plumb_settings, sound),
     {[PLUMB_VOICE_FULL] = N_("Tone, signs and words"),
      [PLUMB_VOICE_BEYOND_RED] = N_("Only out of the zone"),
      [PLUMB_VOICE_SUMMARY] = N_("Only the summary"),
      [PLUMB_VOICE_OFF] = N_("Off")}},
    {N_("Colours"),
     NULL,
     offsetof(struct plumb_settings, look),
     {[PLUMB_LOOK_SYSTEM] = N_("As the system"),
      [PLUMB_LOOK_LIGHT] = N_("Light"),
      [PLUMB_LOOK_DARK] = N_("Dark")}},
    {N_("Paper of reports"), NULL, offsetof(struct plumb_settings, paper), {"A4", "Letter"}},
    {N_("Weights in"),
     NULL,
     offsetof(struct plumb_settings, weight_unit),
     {[PLUMB_KG] = N_("kilograms"), [PLUMB_LB] = N_("pounds")}},
};

static const struct {
    const char *code, *name;
} languages[] = {{"", N_("As the system")}, {"en", "English"}, {"de", "Deutsch"}};

struct settings_screen {
    struct plumb_app *app;
    struct plumb_limits_form *limits;
};

/* ---- changes */

static void chosen(AdwComboRow *row, GParamSpec *spec, gpointer data)
{
    struct plumb_app *app = data;
    const struct choice *choice = g_object_get_data(G_OBJECT(row), "choice");
    (void)spec;
    *(int *)((char *)&app->settings + choice->at) = (int)adw_combo_row_get_selected(row);
    plumb_preferences_changed(app);
}

static void language_chosen(AdwComboRow *row, GParamSpec *spec, gpointer data)
{
    struct plumb_app *app = data;
    guint at = MIN(adw_combo_row_get_selected(row), G_N_ELEMENTS(languages) - 1);
    (void)spec;
    g_strlcpy(app->settings.language, languages[at].code, sizeof app->settings.language);
    plumb_preferences_changed(app);
    plumb_anew_offer(app, N_("The language changes when Plumb is opened next"), "settings");
}

static gboolean contrast_switched(GtkSwitch *with, gboolean on, gpointer data)
{
    struct plumb_app *app = data;
    (void)with;
    app->settings.contrast = on;
    plumb_preferences_changed(app);
    return FALSE;
}

static void text_scaled(GtkRange *range, gpointer data)
{
    struct plumb_app *app = data;
    app->settings.text_scale = gtk_range_get_value(range) / 100;
    plumb_preferences_changed(app);
}

static void volume_changed(GtkRange *range, gpointer data)
{
    struct plumb_app *app = data;
    app->settings.volume = gtk_range_get_value(range) / 100;
    plumb_preferences_changed(app);
}

/* ---- rows */

static void set_title(GtkWidget *row, const char *title, const char *subtitle)
{
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), _(title));
    if (subtitle)
        adw_action_row_set_subtitle(ADW_ACTION_ROW(row), _(subtitle));
}

static GtkWidget *choice_row(struct plumb_app *app, const struct choice *choice)
{
    GtkWidget *row = adw_combo_row_new();
    GtkStringList *words = gtk_string_list_new(NULL);
    for (int i = 0; choice->words[i]; i++)
        gtk_string_list_append(words, _(choice->words[i]));
    set_title(row, choice->title, choice->subtitle);
    adw_combo_row_set_model(ADW_COMBO_ROW(row), G_LIST_MODEL(words));
    adw_combo_row_set_selected(
        ADW_COMBO_ROW(row), (guint) * (const int *)((const char *)&app->settings + choice->at));
    g_object_set_data(G_OBJECT(row), "choice", (gpointer)(guintptr)choice);
    g_signal_connect(row, "notify::selected", G_CALLBACK(chosen), app);
    g_object_unref(words);
    return row;
}

static GtkWidget *language_row(struct plumb_app *app)
{
    GtkWidget *row = adw_combo_row_new();
    GtkStringList *names = gtk_string_list_new(NULL);
    guint now = 0;
    for (guint i = 0; i < G_N_ELEMENTS(languages); i++) {
        gtk_string_list_append(names, _(languages[i].name));
        now = g_str_equal(languages[i].code, app->settings.language) ? i : now;
    }
    set_title(row, N_("Language"), NULL);
    adw_combo_row_set_model(ADW_COMBO_ROW(row), G_LIST_MODEL(names));
    adw_combo_row_set_selected(ADW_COMBO_ROW(row), now);
    g_signal_connect(row, "notify::selected", G_CALLBACK(language_chosen), app);
    g_object_unref(names);
    return row;
}

static GtkWidget *
scale_row(const char *title, double from, double to, double now, GCallback changed, struct plumb_app *app)
{
    GtkWidget *row = adw_action_row_new();
    GtkWidget *scale = gtk_scale_new_with_range(GTK_ORIENTATION_HORIZONTAL, from, to, 10);
    set_title(row, title, NULL);
    plumb_name_set(scale, title);
    gtk_range_set_value(GTK_RANGE(scale), now);
    gtk_scale_set_draw_value(GTK_SCALE(scale), TRUE);
    gtk_scale_set_value_pos(GTK_SCALE(scale), GTK_POS_LEFT);
    gtk_scale_set_digits(GTK_SCALE(scale), 0);
    gtk_widget_set_size_request(scale, 260, -1);
    gtk_widget_set_valign(scale, GTK_ALIGN_CENTER);
    g_signal_connect(scale, "value-changed", changed, app);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), scale);
    return row;
}

static GtkWidget *contrast_row(struct plumb_app *app)
{
    GtkWidget *row = adw_action_row_new(), *with = gtk_switch_new();
    set_title(row, N_("High contrast"), NULL);
    plumb_name_set(with, N_("High contrast"));
    gtk_switch_set_active(GTK_SWITCH(with), app->settings.contrast);
    gtk_widget_set_valign(with, GTK_ALIGN_CENTER);
    g_signal_connect(with, "state-set", G_CALLBACK(contrast_switched), app);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), with);
    adw_action_row_set_activatable_widget(ADW_ACTION_ROW(row), with);
    return row;
}

static GtkWidget *program_new(struct plumb_app *app)
{
    GtkWidget *group = adw_preferences_group_new();
    AdwPreferencesGroup *rows = ADW_PREFERENCES_GROUP(group);
    adw_preferences_group_set_title(rows, _("This program"));
    adw_preferences_group_add(rows, choice_row(app, &choices[0]));
    adw_preferences_group_add(
        rows,
        scale_row(
            N_("Volume in percent"), 0, 100, app->settings.volume * 100, G_CALLBACK(volume_changed), app));
    adw_preferences_group_add(
        rows, scale_row(
                  N_("Text size in percent"), 100, 250, app->settings.text_scale * 100,
                  G_CALLBACK(text_scaled), app));
    adw_preferences_group_add(rows, contrast_row(app));
    for (size_t i = 1; i < G_N_ELEMENTS(choices); i++)
        adw_preferences_group_add(rows, choice_row(app, &choices[i]));
    adw_preferences_group_add(rows, language_row(app));
    return group;
}

/* ---- the screen */

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct settings_screen *screen = g_new0(struct settings_screen, 1);
    GtkWidget *scroll = gtk_scrolled_window_new(), *flow = gtk_flow_box_new();
    *state = screen;
    screen->app = app;
    gtk_flow_box_set_selection_mode(GTK_FLOW_BOX(flow), GTK_SELECTION_NONE);
    gtk_flow_box_set_max_children_per_line(GTK_FLOW_BOX(flow), 2);
    gtk_flow_box_set_column_spacing(GTK_FLOW_BOX(flow), 28);
    gtk_flow_box_set_row_spacing(GTK_FLOW_BOX(flow), 24);
    gtk_flow_box_append(GTK_FLOW_BOX(flow), plumb_limits_form_new(app, &screen->limits));
    gtk_flow_box_append(GTK_FLOW_BOX(flow), program_new(app));
    for (GtkWidget *child = gtk_widget_get_first_child(flow); child;
         child = gtk_widget_get_next_sibling(child))
        gtk_widget_set_focusable(child, FALSE);
    gtk_widget_set_valign(flow, GTK_ALIGN_START);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), flow);
    return scroll;
}

static void shown(struct plumb_app *app, void *state)
{
    struct settings_screen *screen = state;
    (void)app;
    plumb_limits_form_show(screen->limits);
}

const struct plumb_screen plumb_screen_settings = {"settings", N_("Settings"), "start", build,
                                                   shown,      NULL,           NULL,    NULL};
