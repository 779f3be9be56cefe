/* Afterwards: what came of it in a sentence, its page, and what next. */
#include <stdio.h>

#include "../../view/tongue.h"
#include "../shared/tongue_here.h"
#include "language.h"
#include "readings.h"
#include "session_pane.h"
#include "widgets.h"

struct after {
    struct plumb_app *app;
    GtkWidget *head, *holds, *trouble, *earned, *kept; /* kept: the pane, where the session is */
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
    gtk_widget_set_valign(row, GTK_ALIGN_END);
    gtk_box_append(
        GTK_BOX(row),
        plumb_key_new("Once more", NULL, N_("The same exercise again"), G_CALLBACK(again), app));
    gtk_box_append(
        GTK_BOX(row), plumb_key_new("All sessions", NULL, N_("What is kept"), G_CALLBACK(look_back), app));
    gtk_box_append(
        GTK_BOX(row), plumb_key_new("Done", N_("Page Down"), N_("Back to the start"), G_CALLBACK(done), app));
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
    after->kept = plumb_session_pane_new(app, &after->pane);
    gtk_widget_set_vexpand(after->kept, TRUE);
    gtk_box_append(GTK_BOX(box), after->head);
    gtk_box_append(GTK_BOX(box), after->holds);
    gtk_box_append(GTK_BOX(box), after->earned);
    gtk_box_append(GTK_BOX(box), after->trouble);
    gtk_box_append(GTK_BOX(box), after->kept);
    gtk_box_append(GTK_BOX(box), keys_new(app));
    return box;
}

/* ---- words */

/* "Left: 58.8 s in the zone of 60 s asked, out of it 1 time." */
static void say_side(GString *text, const struct plumb_moment *moment, enum plumb_side side)
{
    char figure[PLUMB_FIGURE_ROOM];
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
                "%s%s: %s s in the zone of %.0f s asked, out of it %d time.",
                "%s%s: %s s in the zone of %.0f s asked, out of it %d times.", (unsigned long)out_n),
            text->len ? "   " : "", side == PLUMB_LEFT ? _("Left") : _("Right"),
            plumb_said_figure(
                figure, &plumb_tongue_here, plumb_readings_in_zone_s(moment, side), 1, PLUMB_SIGN_ASCII),
            target_s, out_n);
}

/* "Left: 8 of 10 repetitions." */
static void say_counted(GString *text, const struct plumb_moment *moment, enum plumb_side side, int asked_n)
{
    int reps_n = moment->reps_n[side], breaths_n = moment->breaths_n[side];
    if (reps_n || breaths_n)
        g_string_append_printf(
            text, reps_n ? _("%s%s: %d of %d repetitions.") : _("%s%s: %d of %d breaths."),
            text->len ? "   " : "", side == PLUMB_LEFT ? _("Left") : _("Right"), reps_n ? reps_n : breaths_n,
            asked_n);
}

/* What the exercise asks for and there is nothing of; a timed one has nothing to be told. */
static const char *nothing_words(const struct plumb_dose *dose)
{
    return dose->holds_n                     ? _("No hold was begun.")
           : dose->reps_n || dose->breaths_n ? _("Nothing was counted.")
                                             : "";
}

static void say_done(const struct after *after, const struct plumb_moment *moment)
{
    struct plumb_dose dose = plumb_exercise_dose(&after->app->choice.exercise);
    GString *text = g_string_new(NULL);
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        say_side(text, moment, (enum plumb_side)side);
        say_counted(text, moment, (enum plumb_side)side, dose.reps_n ? dose.reps_n : dose.breaths_n);
    }
    plumb_words_set(after->holds, text->len ? text->str : nothing_words(&dose));
    g_string_free(text, TRUE);
}

/* Only the exercise's own end is called done. */
static const char *head_words(const struct plumb_moment *moment)
{
    return moment->stopped ? _("Stopped. Come out of the stretch slowly.")
           : moment->over  ? _("Done.")
                           : _("Ended early.");
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
    plumb_words_set(after->head, head_words(moment));
    say_done(after, moment);
    say_earned(after, moment);
    plumb_words_set(
        after->trouble, failed ? moment->failure
                        : moment->session_id
                            ? ""
                            : _("Nothing of this session is kept: it has no page and no note."));
    gtk_widget_set_visible(after->trouble, failed || !moment->session_id);
    gtk_widget_set_visible(after->kept, moment->session_id != 0);
    plumb_session_pane_show(after->pane, moment->session_id);
}

static void hidden(struct plumb_app *app, void *state)
{
    struct after *after = state;
    (void)app;
    plumb_session_pane_leave(after->pane);
}

/* Who lies there with one button goes on with it: to the start, and from there the next press begins. */
static gboolean key(struct plumb_app *app, void *state, guint key, GdkModifierType with)
{
    GtkWidget *focus = gtk_window_get_focus(GTK_WINDOW(app->window));
    (void)state, (void)with;
    if (key != GDK_KEY_Page_Down || (focus && (GTK_IS_EDITABLE(focus) || GTK_IS_TEXT_VIEW(focus))))
        return FALSE;
    plumb_app_show(app, "start");
    return TRUE;
}

const struct plumb_screen plumb_screen_after = {"after", N_("Afterwards"), "start", build,
                                                shown,   hidden,           NULL,    key};
