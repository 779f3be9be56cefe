/* Afterwards: what was held, left against right, and what next. */
#include <math.h>
#include <stdio.h>

#include "../../core/units.h"
#include "canvas.h"
#include "readings.h"
#include "widgets.h"

struct after {
    struct plumb_app *app;
    GtkWidget *head, *sides[2], *holds, *kept, *earned;
};

static void again(GtkButton *button, gpointer app)
{
    (void)button;
    plumb_app_begin(app);
}

static void done(GtkButton *button, gpointer app)
{
    (void)button;
    plumb_app_show(app, "start");
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct after *after = g_new0(struct after, 1);
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 16, NULL);
    *state = after;
    after->app = app;
    after->head = plumb_words_new("", "hero");
    gtk_box_append(GTK_BOX(box), after->head);
    GtkWidget *sides = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 60, "paper");
    after->sides[PLUMB_LEFT] = plumb_field_new(sides, "Left");
    after->sides[PLUMB_RIGHT] = plumb_field_new(sides, "Right");
    gtk_box_append(GTK_BOX(box), sides);
    after->holds = plumb_words_new("", "cue-next");
    GtkWidget *scroll = gtk_scrolled_window_new();
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), after->holds);
    gtk_widget_set_vexpand(scroll, TRUE);
    gtk_box_append(GTK_BOX(box), scroll);
    after->earned = plumb_words_new("", "good");
    after->kept = plumb_words_new("", "quiet");
    gtk_box_append(GTK_BOX(box), after->earned);
    gtk_box_append(GTK_BOX(box), after->kept);
    GtkWidget *row = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    gtk_box_append(
        GTK_BOX(row), plumb_key_new("Once more", NULL, "The same exercise again", G_CALLBACK(again), app));
    gtk_box_append(GTK_BOX(row), plumb_key_new("Done", NULL, "Back to the start", G_CALLBACK(done), app));
    gtk_box_append(GTK_BOX(box), row);
    return box;
}

static void say_holds(const struct after *after, const struct plumb_moment *moment)
{
    GString *text = g_string_new(NULL);
    for (int i = 0; i < moment->holds_n; i++) {
        const struct plumb_moment_hold *hold = &moment->holds[i];
        g_string_append_printf(
            text,
            "%s, hold %d: %.1f of %.0f s in the zone, out of it %d time%s, furthest forward %.1f\xc2\xb0\n",
            hold->side == PLUMB_LEFT ? "Left" : "Right", i + 1, hold->in_zone_s, hold->target_s,
            hold->excursions, hold->excursions == 1 ? "" : "s", hold->worst_rad * PLUMB_DEG_PER_RAD);
    }
    plumb_words_set(after->holds, moment->holds_n ? text->str : "No hold was begun.");
    g_string_free(text, TRUE);
}

static void say_earned(const struct after *after, const struct plumb_moment *moment)
{
    const struct plumb_exercise *exercise = &after->app->choice.exercise;
    char text[400] = "";
    if (exercise->next_id[0] && moment->clean_n[PLUMB_LEFT] && moment->clean_n[PLUMB_RIGHT])
        snprintf(
            text, sizeof text, "Both sides held clean. %s If so, %s comes next.", exercise->next_ask,
            exercise->next_id);
    else if (exercise->weight.where[0] && (moment->clean_n[PLUMB_LEFT] || moment->clean_n[PLUMB_RIGHT]))
        snprintf(
            text, sizeof text, "A full clean hold: a weight on the %s, %.1f to %.1f kg, may be tried.",
            exercise->weight.where, exercise->weight.from_kg, exercise->weight.to_kg);
    plumb_words_set(after->earned, text);
}

static void shown(struct plumb_app *app, void *state)
{
    struct after *after = state;
    const struct plumb_moment *moment = &app->finished;
    char text[80];
    plumb_words_set(after->head, moment->stopped ? "Stopped. Come out of the stretch slowly." : "Well done.");
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        snprintf(
            text, sizeof text, "%.1f s in the zone", plumb_readings_in_zone_s(moment, (enum plumb_side)side));
        plumb_words_set(after->sides[side], text);
    }
    say_holds(after, moment);
    say_earned(after, moment);
    plumb_words_set(after->kept, moment->state == PLUMB_ENGINE_FAILED ? moment->failure : "");
}

const struct plumb_screen plumb_screen_after = {"after", "Afterwards", "start", build,
                                                shown,   NULL,         NULL,    NULL};
