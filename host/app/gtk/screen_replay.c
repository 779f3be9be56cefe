/* A stored session looked at moment by moment: a cursor that is dragged, stepped and played, and what was
 * there then in words.
 */
#include <stdio.h>

#include "../../core/units.h"
#include "canvas.h"
#include "language.h"
#include "replay_view.h"
#include "session_job.h"
#include "widgets.h"

#define STEP_S      1.0
#define LEAP_S      10.0
#define WORDS_EVERY 3   /* ticks, while it plays */
#define FLAGS_PX    24  /* a line */
#define LATE_S      0.5 /* a window that hung does not leap further */

static const double SPEEDS[] = {1, 2, 4};

struct replay {
    struct plumb_app *app;
    struct plumb_replay_view view;
    GtkWidget *words, *flags, *play, *speeds[G_N_ELEMENTS(SPEEDS)], *keys;
    int64_t asked_n;
    gint64 passed_us; /* up to here was played */
};

/* ---- words */

static void say(struct replay *replay)
{
    struct plumb_replay_view *view = &replay->view;
    char words[PLUMB_REPLAY_WORDS_N] = "", flags[PLUMB_REPLAY_WORDS_N] = "";
    if (view->replay) {
        plumb_replay_words(words, view->replay, &view->at);
        plumb_replay_flag_words(flags, view->replay, view->at.t_s);
    }
    plumb_words_set(replay->words, words);
    plumb_words_set(replay->flags, flags);
    plumb_canvas_describe(view->readout, words);
}

static void moved(void *context)
{
    struct replay *replay = context;
    plumb_replay_view_look(&replay->view);
    say(replay);
}

static void say_playing(const struct replay *replay)
{
    const char *words = replay->view.scrub.playing ? _("Pause") : _("Play");
    if (!g_str_equal(gtk_button_get_label(GTK_BUTTON(replay->play)), words))
        gtk_button_set_label(GTK_BUTTON(replay->play), words);
}

/* ---- what keys and buttons do */

static void step(struct replay *replay, double by_s)
{
    plumb_scrub_to(&replay->view.scrub, replay->view.scrub.cursor_s + by_s);
    moved(replay);
}

static void zoom(struct replay *replay, int steps)
{
    plumb_scrub_zoom(&replay->view.scrub, steps);
    moved(replay);
}

static void neighbour(struct replay *replay, int way)
{
    const struct plumb_replay *session = replay->view.replay;
    plumb_scrub_to(
        &replay->view.scrub,
        plumb_scrub_neighbour(&replay->view.scrub, session->moments_s, session->moments_n, way));
    moved(replay);
}

static void toggle(struct replay *replay)
{
    plumb_scrub_toggle(&replay->view.scrub);
    replay->passed_us = g_get_monotonic_time();
    say_playing(replay);
    moved(replay);
}

/* One of the keys below, as a button too. */
static const struct action {
    const char *words, *key, *tip;
    guint keys[3];
    int before_play; /* the button's place */
    void (*act)(struct replay *replay, int way);
    int way;
} actions[] = {
    {N_("Before"), ",", N_("To the flag, mark or hold before"), {GDK_KEY_comma}, 1, neighbour, -1},
    {N_("Next"), ".", N_("To the next flag, mark or hold"), {GDK_KEY_period}, 0, neighbour, 1},
    {N_("Closer"), "+", N_("Half as much time"), {GDK_KEY_plus, GDK_KEY_equal, GDK_KEY_KP_Add}, 0, zoom, 1},
    {N_("Wider"), "-", N_("Twice as much time"), {GDK_KEY_minus, GDK_KEY_KP_Subtract}, 0, zoom, -1},
};

static void acted(GtkButton *button, gpointer data)
{
    const struct action *action = g_object_get_data(G_OBJECT(button), "action");
    struct replay *replay = data;
    if (replay->view.replay)
        action->act(replay, action->way);
}

static void play_clicked(GtkButton *button, gpointer data)
{
    struct replay *replay = data;
    (void)button;
    if (replay->view.replay)
        toggle(replay);
}

static void speed_toggled(GtkToggleButton *button, gpointer data)
{
    struct replay *replay = data;
    for (size_t i = 0; i < G_N_ELEMENTS(SPEEDS); i++)
        if (gtk_toggle_button_get_active(button) && GTK_WIDGET(button) == replay->speeds[i])
            replay->view.scrub.speed = SPEEDS[i];
}

static gboolean key_of_action(struct replay *replay, guint key)
{
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++)
        for (size_t k = 0; k < G_N_ELEMENTS(actions[i].keys); k++)
            if (actions[i].keys[k] == key) {
                actions[i].act(replay, actions[i].way);
                return TRUE;
            }
    return FALSE;
}

static gboolean key(struct plumb_app *app, void *state, guint key, GdkModifierType with)
{
    struct replay *replay = state;
    double step_s = with & GDK_SHIFT_MASK ? LEAP_S : STEP_S;
    if (key == GDK_KEY_Escape) {
        plumb_app_back(app);
        return TRUE;
    }
    if (!replay->view.replay || with & (GDK_CONTROL_MASK | GDK_ALT_MASK))
        return FALSE;
    if (key == GDK_KEY_Left || key == GDK_KEY_Right)
        step(replay, key == GDK_KEY_Left ? -step_s : step_s);
    else if (key == GDK_KEY_Home || key == GDK_KEY_End)
        step(replay, key == GDK_KEY_Home ? -replay->view.replay->end_s : replay->view.replay->end_s);
    else if (key == GDK_KEY_space)
        toggle(replay);
    else if (key == GDK_KEY_1 || key == GDK_KEY_2 || key == GDK_KEY_4)
        gtk_toggle_button_set_active(
            GTK_TOGGLE_BUTTON(replay->speeds
                                  [key == GDK_KEY_1   ? 0
                                   : key == GDK_KEY_2 ? 1
                                                      : 2]),
            TRUE);
    else
        return key_of_action(replay, key);
    return TRUE;
}

/* ---- building */

static GtkWidget *paper(GtkWidget *child)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 0, "paper");
    gtk_box_append(GTK_BOX(box), child);
    return box;
}

static void add_actions(struct replay *replay, GtkWidget *row, int before_play)
{
    for (size_t i = 0; i < G_N_ELEMENTS(actions); i++) {
        if (actions[i].before_play != before_play)
            continue;
        GtkWidget *button =
            plumb_key_new(actions[i].words, actions[i].key, actions[i].tip, G_CALLBACK(acted), replay);
        g_object_set_data(G_OBJECT(button), "action", (gpointer)&actions[i]);
        gtk_box_append(GTK_BOX(row), button);
    }
}

static GtkWidget *speeds_new(struct replay *replay)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 0, "linked");
    for (size_t i = 0; i < G_N_ELEMENTS(SPEEDS); i++) {
        char words[32], name[32];
        snprintf(words, sizeof words, "%.0f\xc3\x97", SPEEDS[i]);
        snprintf(name, sizeof name, _("Speed %.0f"), SPEEDS[i]);
        GtkWidget *button = gtk_toggle_button_new_with_label(words);
        gtk_widget_add_css_class(button, "key");
        gtk_accessible_update_property(GTK_ACCESSIBLE(button), GTK_ACCESSIBLE_PROPERTY_LABEL, name, -1);
        gtk_widget_set_tooltip_text(button, name);
        replay->speeds[i] = button;
        if (i)
            gtk_toggle_button_set_group(GTK_TOGGLE_BUTTON(button), GTK_TOGGLE_BUTTON(replay->speeds[0]));
        g_signal_connect(button, "toggled", G_CALLBACK(speed_toggled), replay);
        gtk_box_append(GTK_BOX(box), button);
    }
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(replay->speeds[0]), TRUE);
    return box;
}

static GtkWidget *keys_new(struct replay *replay)
{
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    add_actions(replay, row, 1);
    replay->play =
        plumb_key_new("Play", N_("Space"), N_("Plays from the cursor"), G_CALLBACK(play_clicked), replay);
    gtk_widget_set_size_request(replay->play, (int)(110 * replay->app->options.text_scale), -1);
    gtk_box_append(GTK_BOX(row), replay->play);
    gtk_box_append(GTK_BOX(row), speeds_new(replay));
    add_actions(replay, row, 0);
    return row;
}

static GtkWidget *left_new(struct replay *replay)
{
    GtkWidget *left = gtk_box_new(GTK_ORIENTATION_VERTICAL, 16), *box = paper(replay->view.pelvis);
    gtk_widget_set_vexpand(replay->view.readout, TRUE);
    gtk_widget_set_vexpand(replay->view.pelvis, TRUE);
    gtk_widget_set_vexpand(box, TRUE);
    gtk_box_append(GTK_BOX(left), replay->view.readout);
    gtk_box_append(GTK_BOX(left), box);
    return left;
}

static GtkWidget *right_new(struct replay *replay)
{
    GtkWidget *right = gtk_box_new(GTK_ORIENTATION_VERTICAL, 10), *box = paper(replay->view.trace);
    gtk_widget_set_vexpand(replay->view.trace, TRUE);
    gtk_widget_set_vexpand(box, TRUE);
    gtk_widget_set_hexpand(right, TRUE);
    gtk_box_append(GTK_BOX(right), box);
    return right;
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct replay *replay = g_new0(struct replay, 1);
    GtkWidget *all = gtk_box_new(GTK_ORIENTATION_VERTICAL, 10), *columns = gtk_box_new(0, 24);
    *state = replay;
    replay->app = app;
    replay->view.moved = moved;
    replay->view.context = replay;
    plumb_replay_view_build(&replay->view, app);
    replay->words = plumb_words_new(NULL, "cue");
    replay->flags = plumb_words_new(NULL, "cue-next");
    gtk_widget_set_size_request(
        replay->flags, -1, (int)(FLAGS_PX * app->options.text_scale)); /* or the trace would jump */
    gtk_widget_set_vexpand(columns, TRUE);
    gtk_box_append(GTK_BOX(columns), left_new(replay));
    gtk_box_append(GTK_BOX(columns), right_new(replay));
    gtk_box_append(GTK_BOX(all), replay->words);
    gtk_box_append(GTK_BOX(all), replay->flags);
    gtk_box_append(GTK_BOX(all), columns);
    gtk_box_append(GTK_BOX(all), paper(replay->view.strip));
    replay->keys = keys_new(replay);
    gtk_box_append(GTK_BOX(all), replay->keys);
    return all;
}

/* ---- coming and going */

static void loaded(void *context, struct plumb_session_job *job)
{
    struct replay *replay = context;
    char called[PLUMB_REPLAY_HEAD_N], head[PLUMB_REPLAY_HEAD_N + PLUMB_WHEN_ROOM + 4];
    if (job->asked_n != replay->asked_n)
        return;
    if (job->fail) {
        plumb_words_set(replay->words, job->words);
        return;
    }
    struct plumb_exercise exercise;
    plumb_language_name(&exercise, job->replay->exercise, job->replay->exercise_name);
    plumb_replay_head(called, job->replay, exercise.name);
    snprintf(head, sizeof head, "%s. %s", called, job->replay->when);
    adw_window_title_set_subtitle(ADW_WINDOW_TITLE(replay->app->title), head);
    plumb_replay_view_take(&replay->view, job->replay);
    job->replay = NULL;
    gtk_widget_set_sensitive(replay->keys, TRUE);
    gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(replay->speeds[0]), TRUE);
    moved(replay);
}

static void shown(struct plumb_app *app, void *state)
{
    struct replay *replay = state;
    struct plumb_session_job *job = g_new0(struct plumb_session_job, 1);
    job->task = PLUMB_TASK_REPLAY;
    job->session_id = app->replay_id;
    job->asked_n = ++replay->asked_n;
    plumb_words_set(replay->words, _("Reading the session."));
    gtk_widget_set_sensitive(replay->keys, FALSE);
    plumb_session_job_run(job, replay->keys, loaded, replay);
}

static void hidden(struct plumb_app *app, void *state)
{
    struct replay *replay = state;
    adw_window_title_set_subtitle(ADW_WINDOW_TITLE(app->title), "");
    replay->asked_n++;
    plumb_replay_view_take(&replay->view, NULL);
    replay->view.scrub.playing = 0;
    say_playing(replay);
    say(replay);
}

static void tick(struct plumb_app *app, void *state, gint64 frame)
{
    struct replay *replay = state;
    struct plumb_scrub *scrub = &replay->view.scrub;
    gint64 now_us = g_get_monotonic_time();
    double passed_s = MIN(LATE_S, (double)(now_us - replay->passed_us) / PLUMB_US_PER_S);
    (void)app;
    replay->passed_us = now_us;
    if (!replay->view.replay || !plumb_scrub_pass(scrub, passed_s))
        return;
    plumb_replay_view_look(&replay->view);
    if (frame % WORDS_EVERY == 0 || !scrub->playing)
        say(replay);
    say_playing(replay);
}

const struct plumb_screen plumb_screen_replay = {"replay", N_("Replay"), "history", build,
                                                 shown,    hidden,       tick,      key};
