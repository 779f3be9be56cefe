#include "app.h"

#include <string.h>

#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "heart.h"
#include "language.h"
#include "preferences.h"
#include "told.h"

/* ---- what the screens share */

const struct plumb_theme *plumb_app_theme(const struct plumb_app *app)
{
    AdwStyleManager *manager = adw_style_manager_get_default();
    if (app->options.contrast || adw_style_manager_get_high_contrast(manager))
        return plumb_theme_get(PLUMB_THEME_CONTRAST);
    return plumb_theme_get(adw_style_manager_get_dark(manager) ? PLUMB_THEME_DARK : PLUMB_THEME_LIGHT);
}

static int place_of(const char *screen_id)
{
    for (int i = 0; i < PLUMB_SCREENS_N; i++)
        if (g_str_equal(plumb_screens[i]->id, screen_id))
            return i;
    return 0;
}

void *plumb_app_state(struct plumb_app *app, const struct plumb_screen *screen)
{
    return app->states[place_of(screen->id)];
}

/* GTK tells screen readers of every page of a stack; only the one that is shown shall be heard. */
static void turn_page(struct plumb_app *app, const char *screen_id)
{
    gtk_widget_set_visible(gtk_stack_get_child_by_name(GTK_STACK(app->stack), screen_id), TRUE);
    gtk_stack_set_visible_child_name(GTK_STACK(app->stack), screen_id);
    for (int i = 0; i < PLUMB_SCREENS_N; i++)
        if (!g_str_equal(plumb_screens[i]->id, screen_id))
            gtk_widget_set_visible(
                gtk_stack_get_child_by_name(GTK_STACK(app->stack), plumb_screens[i]->id), FALSE);
}

void plumb_app_show(struct plumb_app *app, const char *screen_id)
{
    const struct plumb_screen *next = plumb_screens[place_of(screen_id)];
    if (next == app->screen)
        return;
    if (app->screen && app->screen->hidden)
        app->screen->hidden(app, plumb_app_state(app, app->screen));
    app->screen = next;
    turn_page(app, next->id);
    adw_window_title_set_title(ADW_WINDOW_TITLE(app->title), plumb_language_text(next->title));
    gtk_widget_set_visible(app->back, next->back != NULL);
    if (next->shown)
        next->shown(app, plumb_app_state(app, next));
}

void plumb_app_back(struct plumb_app *app)
{
    if (app->screen == &plumb_screen_replay && app->replay_from)
        plumb_app_show(app, app->replay_from);
    else if (app->screen->back)
        plumb_app_show(app, app->screen->back);
}

void plumb_app_replay(struct plumb_app *app, int64_t session_id)
{
    app->replay_id = session_id;
    app->replay_from = app->screen->id;
    plumb_app_show(app, "replay");
}

/* ---- toasts */

struct undo {
    struct plumb_app *app;
    enum plumb_wish wish;
};

static void take_back(AdwToast *toast, gpointer data)
{
    struct undo *undo = data;
    (void)toast;
    plumb_app_wish(undo->app, undo->wish);
}

static void forget_undo(gpointer undo, GClosure *closure)
{
    (void)closure;
    g_free(undo);
}

void plumb_app_toast(struct plumb_app *app, const char *text, const char *button, enum plumb_wish wish)
{
    AdwToast *toast = adw_toast_new(plumb_language_text(text));
    adw_toast_set_timeout(toast, 4);
    if (button) {
        struct undo *undo = g_new(struct undo, 1);
        *undo = (struct undo){app, wish};
        adw_toast_set_button_label(toast, plumb_language_text(button));
        g_signal_connect_data(toast, "button-clicked", G_CALLBACK(take_back), undo, forget_undo, 0);
    }
    adw_toast_overlay_add_toast(ADW_TOAST_OVERLAY(app->toasts), toast);
}

/* ---- the choice */

const char *plumb_app_words(const struct plumb_app *app)
{
    return app->options.words ? app->options.words : plumb_language_words();
}

/* Before there is a window the line waits for it. */
static void refuse(struct plumb_app *app, const char *text)
{
    if (app->toasts)
        plumb_app_toast(app, text, NULL, PLUMB_WISHES_N);
    else if (!app->refused)
        app->refused = g_strdup(text);
}

void plumb_app_choose(struct plumb_app *app, const char *exercise_id)
{
    char path[PLUMB_PATH_N];
    struct plumb_message message = {""};
    struct plumb_exercise exercise;
    int fail = plumb_data_find("exercises", ".exercise", exercise_id, path, &message);
    if (!fail)
        fail = plumb_exercise_load(&exercise, path, &message);
    if (fail) {
        refuse(app, plumb_language_message(&message));
        return;
    }
    plumb_language_exercise(&exercise, plumb_app_words(app));
    app->choice.exercise = exercise;
    g_free(app->choice.exercise_id);
    app->choice.exercise_id = g_strdup(exercise_id);
}

/* ---- the session */

static gboolean look_now(gpointer data)
{
    struct plumb_app *app = data;
    if (app->engine)
        plumb_heart_now(app);
    return G_SOURCE_REMOVE;
}

/* Before GTK's own drawing, so that what has happened is in the next frame. */
static void wake(void *context)
{
    g_idle_add_full(G_PRIORITY_DEFAULT, look_now, context, NULL);
}

void plumb_app_begin(struct plumb_app *app)
{
    const struct plumb_choice *choice = &app->choice;
    struct plumb_live_options options = plumb_live_options_usual();
    plumb_app_end(app);
    options.source = choice->source;
    options.exercise = choice->exercise_id;
    options.patient = choice->patient && *choice->patient ? choice->patient : NULL;
    options.side = choice->side;
    options.both_sides = choice->both_sides;
    options.sound = app->options.sound;
    options.volume = app->settings.volume;
    options.sound_file = app->options.sound_file;
    options.words = plumb_app_words(app);
    options.no_record = app->options.no_record;
    app->told_n = 0;
    memset(&app->moment, 0, sizeof app->moment);
    app->moment.decided = PLUMB_ANGLES_NONE;
    plumb_preferences_remember(app);
    app->engine = plumb_engine_new(&options, wake, app);
    plumb_app_show(app, "prepare");
}

void plumb_app_end(struct plumb_app *app)
{
    struct plumb_engine *engine = app->engine;
    if (!engine)
        return;
    plumb_engine_look(engine, &app->finished);
    app->engine = NULL;
    plumb_engine_free(engine);
    plumb_told_hide(app);
}

void plumb_app_wish(struct plumb_app *app, enum plumb_wish wish)
{
    if (app->engine)
        plumb_engine_wish(app->engine, wish);
}
