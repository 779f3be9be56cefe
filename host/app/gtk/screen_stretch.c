/* The stretch: the angle to be read from across the room, the zone as shape, word and colour, the last
 * minute, the hold, the cue; everything by key and by large button.
 */
#include <math.h>
#include <stdio.h>

#include "../../core/units.h"
#include "../../view/session_strip.h"
#include "canvas.h"
#include "language.h"
#include "readings.h"
#include "stretch_keys.h"
#include "widgets.h"

#define STRIP_LEAST_S 180.0
#define READOUT_EVERY 3  /* ticks: ten times a second */
#define STRIP_EVERY   30 /* once a second */
#define WORDS_EVERY   30 /* for who listens: once a second */

struct stretch {
    struct plumb_app *app;
    GtkWidget *readout, *trace, *ring, *strip;
    GtkWidget *cue, *next, *totals[2], *rotation, *obliquity, *lumbar, *breath;
    struct plumb_trail last, whole; /* copies of the engine's */
    struct plumb_live_trace shown;
    struct plumb_live_mark marks[PLUMB_MOMENT_MARKS_N];
    struct plumb_live_span spans[PLUMB_MOMENT_HOLDS_N + 1];
    struct plumb_strip_hold holds[PLUMB_MOMENT_HOLDS_N + 1];
    size_t holds_n;
};

static double px(const struct plumb_app *app, double size)
{
    return size * app->options.text_scale;
}

/* Larger text, but never so large that the picture behind it is gone. */
static double px_within(const struct plumb_app *app, double size, double most)
{
    return fmin(px(app, size), fmax(size, most));
}

/* ---- pictures */

static void fill_readout(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct plumb_readout readout = plumb_readings_readout(&app->moment);
    (void)context;
    readout.theme = plumb_app_theme(app);
    plumb_readout_draw(scene, &readout);
}

static void fill_ring(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct plumb_hold_ring ring = plumb_readings_ring(&app->moment);
    (void)context;
    ring.theme = plumb_app_theme(app);
    ring.text_px = px_within(app, 18, scene->height_pt / 11);
    plumb_hold_ring_draw(scene, &ring);
}

/* Holds and marks as the trace and the strip want them. */
static void gather(struct stretch *stretch, const struct plumb_moment *moment)
{
    size_t n = 0;
    for (int i = 0; i < moment->holds_n; i++)
        stretch->spans[n++] = (struct plumb_live_span){moment->holds[i].begin_s, moment->holds[i].end_s};
    if (moment->holding)
        stretch->spans[n++] = (struct plumb_live_span){moment->hold.start_s, NAN};
    for (size_t i = 0; i < n; i++) {
        enum plumb_side side = i < (size_t)moment->holds_n ? moment->holds[i].side : moment->side;
        stretch->holds[i] = (struct plumb_strip_hold){stretch->spans[i], plumb_side_name(side)};
    }
    stretch->holds_n = n;
    for (int i = 0; i < moment->marks_n; i++) {
        stretch->marks[i].t_s = moment->marks_s[i];
        snprintf(stretch->marks[i].word, sizeof stretch->marks[i].word, "M%d", i + 1);
    }
}

/* Zones, grid and numbers: they stand until a limit or the scale changes. */
static void fill_trace_still(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct stretch *stretch = context;
    struct plumb_live_trace *trace = &stretch->shown;
    if (app->engine)
        plumb_engine_trail(app->engine, PLUMB_TRAIL_LAST, &stretch->last);
    trace->theme = plumb_app_theme(app);
    trace->tilt = &stretch->last;
    trace->now_s = app->moment.t_s;
    trace->text_px = px_within(app, 17, scene->height_pt / 11);
    trace->judged = app->choice.exercise.judged;
    trace->limits = plumb_readings_limits(&app->moment);
    plumb_live_trace_scale(trace);
    plumb_live_trace_stay(scene, trace);
}

/* An empty chart says why it is empty. */
static void say_unseen(const struct plumb_app *app, const struct stretch *stretch, struct plumb_scene *scene)
{
    struct plumb_text_style style = {
        stretch->shown.text_px, PLUMB_WEIGHT_REGULAR, plumb_app_theme(app)->slate, PLUMB_ANCHOR_MIDDLE};
    if (plumb_readings_tilt_unseen(&app->moment))
        plumb_scene_text(
            scene, &style, scene->width_pt / 2, 0.36 * scene->height_pt, 0.6 * scene->width_pt,
            "tilt not seen in this pose");
}

static void fill_trace(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct stretch *stretch = context;
    struct plumb_live_trace *trace = &stretch->shown;
    gather(stretch, &app->moment);
    trace->marks = stretch->marks;
    trace->marks_n = (size_t)app->moment.marks_n;
    trace->holds = stretch->spans;
    trace->holds_n = stretch->holds_n;
    plumb_live_trace_move(scene, trace);
    say_unseen(app, stretch, scene);
}

static void fill_strip(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    struct stretch *stretch = context;
    if (app->engine)
        plumb_engine_trail(app->engine, PLUMB_TRAIL_WHOLE, &stretch->whole);
    gather(stretch, &app->moment);
    struct plumb_session_strip strip = {
        .theme = plumb_app_theme(app),
        .tilt = &stretch->whole,
        .begin_s = app->moment.begun_s,
        .now_s = app->moment.t_s,
        .text_px = px(app, 15),
        .least_s = STRIP_LEAST_S,
        .cursor_s = NAN,
        .holds = stretch->holds,
        .holds_n = stretch->holds_n,
        .marks = stretch->marks,
        .marks_n = (size_t)app->moment.marks_n};
    plumb_session_strip_draw(scene, &strip);
}

/* ---- building */

static GtkWidget *paper(GtkWidget *child)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 0, "paper");
    gtk_box_append(GTK_BOX(box), child);
    return box;
}

static GtkWidget *build_left(struct plumb_app *app, struct stretch *stretch)
{
    GtkWidget *left = gtk_box_new(GTK_ORIENTATION_VERTICAL, 16);
    stretch->readout = plumb_canvas_new(app, 430, 210, "Pelvic tilt", fill_readout, stretch);
    stretch->ring = plumb_canvas_new(app, 200, 170, "Hold", fill_ring, stretch);
    gtk_widget_add_css_class(stretch->readout, "rounded");
    gtk_widget_set_overflow(stretch->readout, GTK_OVERFLOW_HIDDEN);
    gtk_widget_set_vexpand(stretch->readout, TRUE);
    gtk_widget_set_vexpand(stretch->ring, TRUE);
    gtk_box_append(GTK_BOX(left), stretch->readout);
    GtkWidget *row = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 18, "paper");
    gtk_widget_set_hexpand(stretch->ring, TRUE);
    gtk_box_append(GTK_BOX(row), stretch->ring);
    GtkWidget *sides = plumb_box_new(GTK_ORIENTATION_VERTICAL, 12, "totals");
    gtk_widget_set_valign(sides, GTK_ALIGN_CENTER);
    gtk_widget_set_size_request(sides, 120, -1);
    stretch->totals[PLUMB_LEFT] = plumb_field_new(sides, "Left");
    stretch->totals[PLUMB_RIGHT] = plumb_field_new(sides, "Right");
    stretch->breath = plumb_field_new(sides, "Breathing");
    gtk_box_append(GTK_BOX(row), sides);
    gtk_box_append(GTK_BOX(left), row);
    return left;
}

static GtkWidget *build_others(struct stretch *stretch)
{
    GtkWidget *others = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 34, NULL);
    gtk_box_set_homogeneous(GTK_BOX(others), TRUE);
    stretch->rotation = plumb_field_new(others, "Rotation, left turn +");
    stretch->obliquity = plumb_field_new(others, "Obliquity, right up +");
    stretch->lumbar = plumb_field_new(others, "Lower back, arching +");
    return others;
}

static GtkWidget *build_right(struct plumb_app *app, struct stretch *stretch)
{
    GtkWidget *right = gtk_box_new(GTK_ORIENTATION_VERTICAL, 12);
    stretch->cue = plumb_words_new(NULL, "cue");
    stretch->next = plumb_words_new(NULL, "cue-next");
    gtk_widget_add_css_class(stretch->next, "quiet");
    stretch->trace = plumb_canvas_new(app, 420, 150, "Tilt of the last minute", fill_trace, stretch);
    plumb_canvas_stand(stretch->trace, fill_trace_still);
    stretch->strip = plumb_canvas_new(app, 420, (int)px(app, 62), "The session so far", fill_strip, stretch);
    gtk_widget_set_vexpand(stretch->trace, TRUE);
    GtkWidget *box = paper(stretch->trace);
    gtk_widget_set_vexpand(box, TRUE);
    gtk_box_append(GTK_BOX(right), stretch->cue);
    gtk_box_append(GTK_BOX(right), stretch->next);
    gtk_box_append(GTK_BOX(right), box);
    gtk_box_append(GTK_BOX(right), build_others(stretch));
    gtk_box_append(GTK_BOX(right), paper(stretch->strip));
    return right;
}

/* With very large text what is lower can be scrolled to; the keys below it always stay. */
static GtkWidget *scrolling(GtkWidget *child)
{
    GtkWidget *scroll = gtk_scrolled_window_new();
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), child);
    gtk_widget_set_vexpand(scroll, TRUE);
    gtk_widget_set_focusable(scroll, FALSE);
    return scroll;
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct stretch *stretch = g_new0(struct stretch, 1);
    GtkWidget *all = gtk_box_new(GTK_ORIENTATION_VERTICAL, 16), *columns = gtk_box_new(0, 24);
    *state = stretch;
    stretch->app = app;
    plumb_trail_init(&stretch->last, PLUMB_TRAIL_LAST, PLUMB_TRAIL_LIVE_S);
    plumb_trail_init(&stretch->whole, PLUMB_TRAIL_WHOLE, PLUMB_TRAIL_STRIP_S);
    GtkWidget *right = build_right(app, stretch);
    gtk_widget_set_hexpand(right, TRUE);
    gtk_widget_set_vexpand(columns, TRUE);
    gtk_box_append(GTK_BOX(columns), build_left(app, stretch));
    gtk_box_append(GTK_BOX(columns), right);
    gtk_box_append(GTK_BOX(all), scrolling(columns));
    gtk_box_append(GTK_BOX(all), plumb_stretch_keys_new(app));
    return all;
}

/* ---- words */

static void say_totals(const struct stretch *stretch, const struct plumb_moment *moment)
{
    char text[PLUMB_READING_N];
    struct plumb_dose dose = plumb_exercise_dose(&stretch->app->choice.exercise);
    for (int side = PLUMB_LEFT; side <= PLUMB_RIGHT; side++) {
        plumb_readings_total(text, moment, &dose, (enum plumb_side)side);
        plumb_words_set(stretch->totals[side], text);
    }
    if (moment->breath_per_min > 0)
        snprintf(text, sizeof text, _("%.0f / min"), moment->breath_per_min);
    else
        snprintf(text, sizeof text, "\xe2\x80\x93");
    plumb_words_set(stretch->breath, text);
}

static void say_angle(GtkWidget *label, double angle_rad, int shows)
{
    char text[PLUMB_READING_N];
    plumb_readings_angle(text, angle_rad, shows);
    plumb_words_set(label, text);
    if (shows && !isnan(angle_rad))
        gtk_widget_remove_css_class(label, "unseen");
    else
        gtk_widget_add_css_class(label, "unseen");
}

static void say_lumbar(const struct stretch *stretch, const struct plumb_moment *moment)
{
    if (!isnan(moment->decided.lumbar_rad) || moment->sensors_n > 1)
        say_angle(stretch->lumbar, moment->decided.lumbar_rad, 1);
    else
        plumb_words_set(
            stretch->lumbar,
            moment->pose == PLUMB_UPRIGHT ? _("needs a second sensor") : _("inferred from tilt"));
}

static void say_cue(const struct stretch *stretch, const struct plumb_moment *moment)
{
    char text[PLUMB_EXERCISE_TEXT_N + 40];
    plumb_words_set(
        stretch->cue, moment->resting  ? _("Resting. Space goes on.")
                      : moment->paused ? _("Paused. Space goes on.")
                                       : moment->say);
    if (moment->advice[0])
        snprintf(text, sizeof text, "%s", moment->advice);
    else
        snprintf(
            text, sizeof text,
            moment->side == PLUMB_LEFT ? _("Left side, step %d of %d") : _("Right side, step %d of %d"),
            moment->step_at + 1, moment->steps_n);
    plumb_words_set(stretch->next, text);
}

static void describe(const struct stretch *stretch, const struct plumb_moment *moment)
{
    char words[160];
    struct plumb_hold_ring ring = plumb_readings_ring(moment);
    struct plumb_readout readout = plumb_readings_readout(moment);
    plumb_readings_tilt_words(words, sizeof words, &readout);
    plumb_canvas_describe(stretch->readout, words);
    plumb_readings_ring_words(words, sizeof words, &ring);
    plumb_canvas_describe(stretch->ring, words);
}

static void tick(struct plumb_app *app, void *state, gint64 frame)
{
    struct stretch *stretch = state;
    const struct plumb_moment *moment = &app->moment;
    gtk_widget_queue_draw(stretch->trace);
    if (frame % READOUT_EVERY == 0) {
        gtk_widget_queue_draw(stretch->readout);
        gtk_widget_queue_draw(stretch->ring);
        say_cue(stretch, moment);
        say_totals(stretch, moment);
        say_angle(
            stretch->rotation, moment->decided.rotation_rad, plumb_readings_shows_rotation(moment->pose));
        say_angle(
            stretch->obliquity, moment->decided.obliquity_rad, plumb_readings_shows_obliquity(moment->pose));
        say_lumbar(stretch, moment);
    }
    if (frame % STRIP_EVERY == 0)
        gtk_widget_queue_draw(stretch->strip);
    if (frame % WORDS_EVERY == 0)
        describe(stretch, moment);
}

static gboolean key(struct plumb_app *app, void *state, guint key, GdkModifierType with)
{
    (void)state;
    return plumb_stretch_key(app, key, with);
}

const struct plumb_screen plumb_screen_stretch = {"stretch", N_("Stretch"), NULL, build,
                                                  NULL,      NULL,          tick, key};
