/* Afterwards: what came of it in a sentence, its page, and what next. */
#include <stdio.h>

#include "language.h"
#include "readings.h"
#include "session_pane.h"
#include "widgets.h"

struct after {
    struct plumb_app *app;
    GtkWidget *head, *holds, *trouble, *earned;
    struct plumb_session_pane *pane;
};

static void again(GtkButton *button, gpointer app)
{
    (void)button;
    plumb_app_begin(app);
}

static void look_back(GtkButton *button, gpointer app)
{
    (void)button;
    plumb_app_show(app, "history");
}

static void done(GtkButton *button, gpointer app)
{
    (void)button;
    plumb_app_show(app, "start");
}

static GtkWidget *keys_new(struct plumb_app *app)
{
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    gtk_box_append(
        GTK_BOX(row),
        plumb_key_new("Once more", NULL, N_("The same exercise again"), G_CALLBACK(again), app));
    gtk_box_append(
        GTK_BOX(row), plumb_key_new("All sessions", NULL, N_("What is kept"), G_CALLBACK(look_back), app));
    gtk_box_append(GTK_BOX(row), plumb_key_new("Done", NULL, N_("Back to the start"), G_CALLBACK(done), app));
    return row;
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct after *after = g_new0(struct after, 1);
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, NULL);
    *state = after;
    after->app = app;
    after->head = plumb_words_new(NULL, "hero");
    after->holds = plumb_words_new(NULL, "cue-next");
    after->earned = plumb_words_new(NULL, "good");
    after->trouble = plumb_words_new(NULL, "doubt");
    GtkWidget *pane = plumb_session_pane_new(app, &after->pane);
    gtk_widget_set_vexpand(pane, TRUE);
    gtk_box_append(GTK_BOX(box), after->head);
    gtk_box_append(GTK_BOX(box), after->holds);
    gtk_box_append(GTK_BOX(box), after->earned);
    gtk_box_append(GTK_BOX(box), after->trouble);
    gtk_box_append(GTK_BOX(box), pane);
    gtk_box_append(GTK_BOX(box), keys_new(app));
    return box;
}

/* ---- words */

/* "Left: 58.8 s in the zone of 60 s asked, out of it 1 time." */
static void say_side(GString *text, const struct plumb_moment *moment, enum plumb_side side)
{
    double target_s = 0;
    int holds_n = 0, out_n = 0;
    for (int i = 0; i < moment->holds_n; i++)
        if (moment->holds[i].side == side) {
            target_s += moment->holds[i].target_s;
            out_n += moment->holds[i].excursions;
            holds_n++;
        }
    if (holds_n)
        g_string_append_printf(
            text,
            ngettext(
                "%s%s: %.1f s in the zone of %.0f s asked, out of it %d time.",
                "%s%s: %.1f s in the zone of %.0f s asked, out of it %d times.", (unsigned long)out_n),
            text->len ? "   " : "", side == PLUMB_LEFT ? _("Left") : _("Right"),
            plumb_readings_in_zone_s(moment, side), target_s, out_n);
}

static void say_holds(const struct after *after, const struct plumb_moment *moment)
{
    GString *text = g_string_new(NULL);
    say_side(text, moment, PLUMB_LEFT);
    say_side(text, moment, PLUMB_RIGHT);
    plumb_words_set(after->holds, text->len ? text->str : _("No hold was begun."));
    g_string_free(text, TRUE);
}

static void say_weight(const struct after *after, char *text, size_t room)
{
    const struct plumb_added_weight *weight = &after->app->choice.exercise.weight;
    int unit = after->app->settings.weight_unit;
    char from[24], to[24];
    plumb_settings_weight(from, weight->from_kg, unit);
    plumb_settings_weight(to, weight->to_kg, unit);
    snprintf(
        text, room, _("A full clean hold: a weight on the %s, %s to %s, may be tried."), weight->where, from,
        to);
}

/* What a clean hold has earned; the rest is asked, never decided (EXERCISES, "Rules over a programme"). */
static void say_earned(const struct after *after, const struct plumb_moment *moment)
{
    const struct plumb_exercise *exercise = &after->app->choice.exercise;
    int left = moment->clean_n[PLUMB_LEFT], right = moment->clean_n[PLUMB_RIGHT];
    char text[512] = "";
    struct plumb_exercise next;
    plumb_language_name(&next, exercise->next_id, exercise->next_id);
    if (exercise->next_id[0] && left && right)
        snprintf(
            text, sizeof text, _("Both sides held clean. %s If so, %s comes next."), exercise->next_ask,
            next.name);
    else if (exercise->weight.where[0] && (left || right))
        say_weight(after, text, sizeof text);
    plumb_words_set(after->earned, text);
    gtk_widget_set_visible(after->earned, *text != '\0');
}

static void shown(struct plumb_app *app, void *state)
{
    struct after *after = state;
    const struct plumb_moment *moment = &app->finished;
    int failed = moment->state == PLUMB_ENGINE_FAILED;
    plumb_words_set(
        after->head, moment->stopped ? _("Stopped. Come out of the stretch slowly.") : _("Done."));
    say_holds(after, moment);
    say_earned(after, moment);
    plumb_words_set(after->trouble, failed ? moment->failure : "");
    gtk_widget_set_visible(after->trouble, failed);
    plumb_session_pane_show(after->pane, moment->session_id);
}

static void hidden(struct plumb_app *app, void *state)
{
    struct after *after = state;
    (void)app;
    plumb_session_pane_leave(after->pane);
}

const struct plumb_screen plumb_screen_after = {"after", N_("Afterwards"), "start", build,
                                                shown,   hidden,           NULL,    NULL};
