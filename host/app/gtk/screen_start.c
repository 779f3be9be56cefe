/* Plug in and it is there: the clip, who, which exercise and side, and one large button. */
#include <stdio.h>

#include "../../io/find_data.h"
#include "../../view/pose_figure.h"
#include "canvas.h"
#include "exercise_list.h"
#include "language.h"
#include "lookout.h"
#include "recent.h"
#include "try_source.h"
#include "widgets.h"

struct start {
    struct plumb_app *app;
    struct plumb_lookout *lookout;
    struct plumb_exercise_list exercises;
    int reloading; /* the list is being set anew: nobody chooses */
    struct plumb_recent *recent;
    GtkWidget *list, *figure, *summary, *stance, *clip, *who, *sides[3], *go;
};

static void fill_figure(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct plumb_pose_figure figure = {
        .theme = plumb_app_theme(app),
        .posture = &app->choice.exercise.posture,
        .mirrored = app->choice.side == PLUMB_LEFT && !app->choice.both_sides,
        .text_px = 18 * app->options.text_scale,
        .clip_word = _("clip")};
    (void)context;
    plumb_pose_figure_draw(scene, &figure);
}

/* ---- what is chosen */

static void show_exercise(const struct start *start)
{
    const struct plumb_exercise *exercise = &start->app->choice.exercise;
    int sided = exercise->order != PLUMB_ORDER_BOTH_AT_ONCE;
    plumb_words_set(start->summary, exercise->summary);
    char *stance = g_strdup(
        exercise->stance[0] ? exercise->stance : plumb_language_text(plumb_pose_words(exercise->pose)));
    *stance = g_ascii_toupper(*stance);
    plumb_words_set(start->stance, stance);
    g_free(stance);
    for (int i = 0; i < 3; i++)
        gtk_widget_set_sensitive(start->sides[i], sided);
    gtk_widget_queue_draw(start->figure);
    if (start->recent)
        plumb_recent_look(start->recent);
}

static void exercise_chosen(GtkDropDown *list, GParamSpec *spec, gpointer data)
{
    struct start *start = data;
    guint at = gtk_drop_down_get_selected(list);
    (void)spec;
    if (start->reloading || at >= start->exercises.ids->len)
        return;
    plumb_app_choose(start->app, start->exercises.ids->pdata[at]);
    show_exercise(start);
}

static void side_chosen(GtkToggleButton *button, gpointer data)
{
    struct start *start = data;
    if (!gtk_toggle_button_get_active(button))
        return;
    start->app->choice.both_sides = GTK_WIDGET(button) == start->sides[2];
    start->app->choice.side = GTK_WIDGET(button) == start->sides[PLUMB_LEFT] ? PLUMB_LEFT : PLUMB_RIGHT;
    gtk_widget_queue_draw(start->figure);
}

static void who_changed(GtkEditable *entry, gpointer data)
{
    struct start *start = data;
    g_free(start->app->choice.patient);
    start->app->choice.patient = g_strstrip(g_strdup(gtk_editable_get_text(entry)));
    plumb_recent_look(start->recent);
}

static void picked(void *context, const char *alias)
{
    const struct start *start = context;
    gtk_editable_set_text(GTK_EDITABLE(start->who), alias);
    gtk_widget_grab_focus(start->go);
}

static void begin(struct start *start, const char *source)
{
    g_free(start->app->choice.source);
    start->app->choice.source = g_strdup(source);
    plumb_app_begin(start->app);
}

static void go(GtkButton *button, gpointer data)
{
    struct start *start = data;
    (void)button;
    begin(start, start->app->options.source ? start->app->options.source : "auto");
}

static void try_it(GtkButton *button, gpointer data)
{
    struct start *start = data;
    char *source = plumb_try_source(&start->app->choice.exercise, start->app->choice.both_sides);
    (void)button;
    begin(start, source);
    g_free(source);
}

static void look_back(GtkButton *button, gpointer data)
{
    struct start *start = data;
    (void)button;
    plumb_app_show(start->app, "history");
}

/* ---- building */

static GtkWidget *build_sides(struct start *start)
{
    static const char *const names[] = {[PLUMB_LEFT] = N_("Left"), [PLUMB_RIGHT] = N_("Right"), N_("Both")};
    GtkWidget *row = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 0, "linked");
    int chosen = start->app->choice.both_sides ? 2 : start->app->choice.side;
    for (int i = 0; i < 3; i++) {
        start->sides[i] = gtk_toggle_button_new_with_label(_(names[i]));
        gtk_widget_add_css_class(start->sides[i], "key");
        gtk_widget_set_hexpand(start->sides[i], TRUE);
        if (i)
            gtk_toggle_button_set_group(
                GTK_TOGGLE_BUTTON(start->sides[i]), GTK_TOGGLE_BUTTON(start->sides[0]));
        gtk_box_append(GTK_BOX(row), start->sides[i]);
    }
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(start->sides[chosen]), TRUE);
    for (int i = 0; i < 3; i++)
        g_signal_connect(start->sides[i], "toggled", G_CALLBACK(side_chosen), start);
    return row;
}

static void load_exercises(struct start *start)
{
    plumb_exercise_list_load(&start->exercises);
    if (strchr(start->app->choice.exercise_id, '/'))
        plumb_exercise_list_add_file(&start->exercises, start->app->choice.exercise_id);
}

static void show_choice(const struct start *start)
{
    gtk_drop_down_set_selected(
        GTK_DROP_DOWN(start->list),
        plumb_exercise_list_find(&start->exercises, start->app->choice.exercise_id));
}

/* The folders anew: exercises may have been changed meanwhile, also the one that is chosen. */
static void reload_exercises(struct start *start)
{
    char path[PLUMB_PATH_N];
    plumb_exercise_list_free(&start->exercises);
    load_exercises(start);
    GtkStringList *names = gtk_string_list_new((const char *const *)start->exercises.names->pdata);
    start->reloading = 1;
    gtk_drop_down_set_model(GTK_DROP_DOWN(start->list), G_LIST_MODEL(names));
    show_choice(start);
    start->reloading = 0;
    g_object_unref(names);
    char *id = g_strdup(start->app->choice.exercise_id);
    if (plumb_data_find("exercises", ".exercise", id, path, NULL))
        exercise_chosen(GTK_DROP_DOWN(start->list), NULL, start); /* it is gone: the first of the list */
    else
        plumb_app_choose(start->app, id);
    show_exercise(start);
    g_free(id);
}

static GtkWidget *build_list(struct start *start)
{
    start->list = gtk_drop_down_new_from_strings((const char *const *)start->exercises.names->pdata);
    gtk_widget_add_css_class(start->list, "key");
    show_choice(start);
    plumb_name_set(start->list, N_("Exercise"));
    g_signal_connect(start->list, "notify::selected", G_CALLBACK(exercise_chosen), start);
    return start->list;
}

static GtkWidget *build_who(struct start *start)
{
    start->who = gtk_entry_new();
    gtk_widget_add_css_class(start->who, "key");
    gtk_entry_set_placeholder_text(GTK_ENTRY(start->who), _("me"));
    gtk_entry_set_max_length(GTK_ENTRY(start->who), 60);
    plumb_name_set(start->who, N_("Who: an alias, or empty for yourself"));
    if (start->app->choice.patient)
        gtk_editable_set_text(GTK_EDITABLE(start->who), start->app->choice.patient);
    g_signal_connect(start->who, "changed", G_CALLBACK(who_changed), start);
    return start->who;
}

static void put(GtkWidget *into, const char *name, GtkWidget *child)
{
    gtk_box_append(GTK_BOX(into), plumb_words_new(name, "field"));
    gtk_box_append(GTK_BOX(into), child);
}

static GtkWidget *build_right(struct start *start)
{
    GtkWidget *right = plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, NULL);
    put(right, N_("Exercise"), build_list(start));
    put(right, N_("Side that is stretched"), build_sides(start));
    put(right, N_("Who"), build_who(start));
    gtk_box_append(GTK_BOX(right), plumb_recent_new(start->app, picked, start, &start->recent));
    start->clip = plumb_words_new(NULL, "cue-next");
    put(right, N_("Clip"), start->clip);
    start->go = gtk_button_new_with_label(_("Start"));
    gtk_widget_add_css_class(start->go, "suggested-action");
    gtk_widget_add_css_class(start->go, "go");
    g_signal_connect(start->go, "clicked", G_CALLBACK(go), start);
    GtkWidget *without = gtk_button_new_with_label(_("Try without a sensor"));
    gtk_widget_add_css_class(without, "key");
    gtk_widget_set_tooltip_text(without, _("An emulated patient on the real firmware, to look around"));
    g_signal_connect(without, "clicked", G_CALLBACK(try_it), start);
    GtkWidget *buttons = plumb_box_new(GTK_ORIENTATION_VERTICAL, 12, NULL);
    gtk_widget_set_valign(buttons, GTK_ALIGN_END);
    gtk_widget_set_vexpand(buttons, TRUE);
    gtk_box_append(GTK_BOX(buttons), start->go);
    gtk_box_append(GTK_BOX(buttons), without);
    gtk_box_append(
        GTK_BOX(buttons),
        plumb_key_new(
            "Sessions", NULL, N_("What is kept: pages, notes, exports"), G_CALLBACK(look_back), start));
    gtk_box_append(GTK_BOX(right), buttons);
    return right;
}

static GtkWidget *build_left(struct start *start)
{
    GtkWidget *left = plumb_box_new(GTK_ORIENTATION_VERTICAL, 12, "paper");
    start->figure = plumb_canvas_new(
        start->app, 420, 300, "How to lie or stand, and where the clip goes", fill_figure, start);
    gtk_widget_set_vexpand(start->figure, TRUE);
    start->stance = plumb_words_new(NULL, "cue-next");
    start->summary = plumb_words_new(NULL, "quiet");
    gtk_box_append(GTK_BOX(left), start->figure);
    gtk_box_append(GTK_BOX(left), start->stance);
    gtk_box_append(GTK_BOX(left), start->summary);
    gtk_box_append(
        GTK_BOX(left),
        plumb_words_new(
            "For exercise and learning. Not a medical device. Pain is a reason to stop.", "quiet"));
    return left;
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct start *start = g_new0(struct start, 1);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 28);
    *state = start;
    start->app = app;
    load_exercises(start);
    GtkWidget *left = build_left(start), *right = build_right(start);
    gtk_widget_set_hexpand(left, TRUE);
    gtk_widget_set_size_request(right, 420, -1);
    gtk_box_append(GTK_BOX(box), left);
    gtk_box_append(GTK_BOX(box), right);
    show_exercise(start);
    return box;
}

/* ---- while it is shown: only then ports are looked at */

static void shown(struct plumb_app *app, void *state)
{
    struct start *start = state;
    if (!start->lookout && !app->options.source)
        start->lookout = plumb_lookout_new();
    reload_exercises(start);
    plumb_recent_ask(start->recent);
    gtk_widget_grab_focus(start->go);
}

static void hidden(struct plumb_app *app, void *state)
{
    struct start *start = state;
    (void)app;
    plumb_lookout_free(start->lookout);
    start->lookout = NULL;
}

static void tick(struct plumb_app *app, void *state, gint64 frame)
{
    struct start *start = state;
    struct plumb_lookout_seen seen;
    if (frame % 6)
        return;
    if (!start->lookout) {
        plumb_words_set(start->clip, app->options.source ? app->options.source : "");
        return;
    }
    plumb_lookout_look(start->lookout, &seen);
    plumb_words_set(start->clip, seen.words);
}

static gboolean key(struct plumb_app *app, void *state, guint key, GdkModifierType with)
{
    struct start *start = state;
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(app->window));
    (void)with;
    if (key != GDK_KEY_Page_Down || (focus && GTK_IS_EDITABLE(focus)))
        return FALSE;
    go(NULL, start);
    return TRUE;
}

const struct plumb_screen plumb_screen_start = {"start", "Plumb", NULL, build, shown, hidden, tick, key};
