/* Getting ready: how the clip sits, and neutral. Says what it waits for, and never "calibrated" without a
 * measure. */
#include <math.h>
#include <stdio.h>

#include "../../core/units.h"
#include "../../view/pelvis_figure.h"
#include "../shared/calib_said.h"
#include "../shared/doubt_words.h"
#include "../shared/tongue_here.h"
#include "canvas.h"
#include "language.h"
#include "readings.h"
#include "widgets.h"

#define PELVIS_MOST_RAD (20 / PLUMB_DEG_PER_RAD) /* drawn turned so far at most before it is measured */

struct prepare {
    GtkWidget *pelvis, *caption, *cue, *hint, *bar, *mount, *doubt, *neutral, *clip, *calibration;
};

/* Before anything is measured only how far gravity has moved is known, not whither: it is drawn the way that
 * was asked for, back in the tilts and forward in the arch, dashed, and no farther than a pelvis goes.
 * Whoever lies down has moved far, and has not tilted the pelvis: there it rests. */
static double provisional_rad(const struct plumb_moment *moment)
{
    double moved_rad = fmin(moment->moved_rad, PELVIS_MOST_RAD);
    if (moment->step.kind == PLUMB_STEP_TILTS)
        return -moved_rad;
    return moment->step.kind == PLUMB_STEP_ARCH ? moved_rad : 0;
}

static void fill_pelvis(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    const struct plumb_moment *moment = &app->moment;
    struct plumb_pelvis_figure figure = {
        .theme = plumb_app_theme(app),
        .view = PLUMB_PELVIS_SIDE,
        .pose = moment->pose,
        .deg =
            (moment->have_neutral ? moment->decided.tilt_rad : provisional_rad(moment)) * PLUMB_DEG_PER_RAD,
        .amber_deg = NAN,
        .red_deg = NAN,
        .sure = moment->have_mount && moment->mount.quality == PLUMB_MOUNT_GOOD,
        .zone = PLUMB_OFF,
        .text_px = 16 * app->options.text_scale,
        .reason = moment->state == PLUMB_ENGINE_WAITING ? _("nothing comes from the clip yet") : NULL};
    (void)context;
    plumb_pelvis_figure_draw(scene, &figure);
}

static void skip(GtkButton *button, gpointer app)
{
    (void)button;
    plumb_app_wish(app, PLUMB_WISH_SKIP);
}

static void stop(GtkButton *button, gpointer app)
{
    (void)button;
    plumb_app_wish(app, PLUMB_WISH_STOP);
}

static GtkWidget *build_left(struct plumb_app *app, struct prepare *prepare)
{
    GtkWidget *left = plumb_box_new(GTK_ORIENTATION_VERTICAL, 14, "paper");
    prepare->pelvis = plumb_canvas_new(app, 420, 260, "Your pelvis, seen from the side", fill_pelvis, NULL);
    gtk_widget_set_vexpand(prepare->pelvis, TRUE);
    gtk_box_append(GTK_BOX(left), prepare->pelvis);
    prepare->caption = plumb_words_new(NULL, "quiet");
    gtk_box_append(GTK_BOX(left), prepare->caption);
    return left;
}

static GtkWidget *build_keys(struct plumb_app *app)
{
    GtkWidget *keys = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 12);
    gtk_box_append(
        GTK_BOX(keys),
        plumb_key_new("Go on", N_("Space"), N_("Go on to the next step now"), G_CALLBACK(skip), app));
    gtk_box_append(
        GTK_BOX(keys), plumb_key_new("End", NULL, N_("End this session; it is kept"), G_CALLBACK(stop), app));
    return keys;
}

static GtkWidget *build_right(struct plumb_app *app, struct prepare *prepare)
{
    GtkWidget *right = plumb_box_new(GTK_ORIENTATION_VERTICAL, 14, NULL);
    prepare->cue = plumb_words_new(NULL, "cue");
    prepare->hint = plumb_words_new(NULL, "cue-next");
    prepare->bar = gtk_progress_bar_new();
    plumb_name_set(prepare->bar, N_("Progress of this step"));
    gtk_widget_set_margin_top(prepare->bar, 8);
    gtk_widget_set_margin_bottom(prepare->bar, 12);
    prepare->mount = plumb_field_new(right, "How the clip sits");
    prepare->doubt = plumb_words_new(NULL, "doubt");
    gtk_box_append(GTK_BOX(right), prepare->doubt);
    prepare->neutral = plumb_field_new(right, "Your set zone");
    prepare->clip = plumb_field_new(right, "Clip");
    prepare->calibration = plumb_words_new(NULL, "quiet");
    gtk_box_append(GTK_BOX(right), prepare->calibration);
    gtk_box_prepend(GTK_BOX(right), prepare->bar);
    gtk_box_prepend(GTK_BOX(right), prepare->hint);
    gtk_box_prepend(GTK_BOX(right), prepare->cue);
    GtkWidget *keys = build_keys(app);
    gtk_widget_set_valign(keys, GTK_ALIGN_END);
    gtk_widget_set_vexpand(keys, TRUE);
    gtk_box_append(GTK_BOX(right), keys);
    return right;
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct prepare *prepare = g_new0(struct prepare, 1);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 28);
    *state = prepare;
    GtkWidget *left = build_left(app, prepare), *right = build_right(app, prepare);
    gtk_widget_set_hexpand(left, TRUE);
    gtk_widget_set_size_request(right, 430, -1);
    gtk_box_append(GTK_BOX(box), left);
    gtk_box_append(GTK_BOX(box), right);
    return box;
}

/* ---- words */

static void say_mount(const struct prepare *prepare, const struct plumb_moment *moment)
{
    const struct plumb_mount *mount = &moment->mount;
    char text[160];
    int measuring = moment->step.kind == PLUMB_STEP_TILTS || moment->step.kind == PLUMB_STEP_ARCH;
    int known = moment->have_mount && !measuring, good = known && mount->quality == PLUMB_MOUNT_GOOD;
    if (measuring)
        snprintf(
            text, sizeof text,
            ngettext(
                "being measured, %d tilt so far", "being measured, %d tilts so far",
                moment->have_mount ? (unsigned long)mount->tilts_n : 0),
            moment->have_mount ? mount->tilts_n : 0);
    else if (known)
        snprintf(
            text, sizeof text,
            good ? _("measured, good: %d tilts, %.0f %% about one axis")
                 : _("approximate: %d tilts, %.0f %% about one axis"),
            mount->tilts_n, 100 * mount->explained);
    else
        snprintf(text, sizeof text, "%s", _("not measured yet"));
    plumb_words_set(prepare->mount, text);
    const char *doubt = "";
    for (unsigned bit = 1; known && !good && bit < 1u << PLUMB_DOUBTS_N && !*doubt; bit <<= 1)
        doubt = mount->doubts & bit ? plumb_language_text(plumb_doubt_words(bit)) : "";
    plumb_words_set(prepare->doubt, doubt);
    gtk_widget_set_visible(prepare->doubt, *doubt != '\0');
}

static const char *figure_deg(char out[PLUMB_FIGURE_ROOM], double rad)
{
    return plumb_said_figure(out, &plumb_tongue_here, rad * PLUMB_DEG_PER_RAD, 1, PLUMB_SIGN_MINUS);
}

static void say_neutral(const struct prepare *prepare, const struct plumb_moment *moment)
{
    char text[160], zone[PLUMB_FIGURE_ROOM], breath[PLUMB_FIGURE_ROOM];
    if (moment->have_neutral)
        snprintf(
            text, sizeof text, _("±%s° about neutral; breathing %s°"),
            figure_deg(zone, moment->thresholds.amber_rad),
            figure_deg(breath, moment->neutral.breath_pp_rad));
    else
        snprintf(text, sizeof text, "%s", _("not set yet"));
    plumb_words_set(prepare->neutral, text);
}

/* An emulated clip has no number, and a clip may have none: then it is not made up of noughts. */
static void say_hello(char *out, size_t room, const struct plumb_moment *moment)
{
    char number[16] = "";
    if (moment->hello.serial)
        snprintf(number, sizeof number, "%08X, ", moment->hello.serial);
    snprintf(
        out, room,
        ngettext("%s%d sensor, %.0f Hz", "%s%d sensors, %.0f Hz", (unsigned long)moment->sensors_n), number,
        moment->sensors_n, moment->rate_hz > 0 ? moment->rate_hz : moment->hello.rate_hz);
}

static void say_clip(const struct prepare *prepare, const struct plumb_moment *moment)
{
    char text[240];
    if (moment->have_hello)
        say_hello(text, sizeof text, moment);
    else
        snprintf(text, sizeof text, "%s", moment->source[0] ? moment->source : _("looking for it"));
    plumb_words_set(prepare->clip, text);
    const struct plumb_tongue tongue = plumb_language_tongue();
    plumb_words_set(prepare->calibration, plumb_calib_said(text, sizeof text, moment->calibration, &tongue));
}

static void say_caption(const struct prepare *prepare, const struct plumb_moment *moment)
{
    int measuring = moment->step.kind == PLUMB_STEP_TILTS || moment->step.kind == PLUMB_STEP_ARCH;
    plumb_words_set(
        prepare->caption,
        moment->have_neutral ? _("Your pelvis from the side, moving as you move.")
        : measuring ? _("Your pelvis from the side. Which way it turns is not measured yet, only how far.")
                    : _("Your pelvis from the side."));
}

static void tick(struct plumb_app *app, void *state, gint64 frame)
{
    struct prepare *prepare = state;
    const struct plumb_moment *moment = &app->moment;
    gtk_widget_queue_draw(prepare->pelvis);
    if (frame % 3)
        return;
    gtk_progress_bar_set_fraction(GTK_PROGRESS_BAR(prepare->bar), CLAMP(moment->progress.fraction, 0, 1));
    int waiting = moment->state == PLUMB_ENGINE_WAITING;
    plumb_words_set(prepare->cue, waiting ? _("Waiting for the clip") : moment->say);
    plumb_words_set(
        prepare->hint, waiting             ? _("Plug it in; it is found by itself.")
                       : moment->advice[0] ? moment->advice
                                           : plumb_language_text(plumb_hint_words(moment->progress.hint)));
    say_caption(prepare, moment);
    say_mount(prepare, moment);
    say_neutral(prepare, moment);
    say_clip(prepare, moment);
}

static gboolean key(struct plumb_app *app, void *state, guint key, GdkModifierType with)
{
    (void)state, (void)with;
    if (key != GDK_KEY_space && key != GDK_KEY_Page_Down)
        return FALSE;
    plumb_app_wish(app, PLUMB_WISH_SKIP);
    return TRUE;
}

const struct plumb_screen plumb_screen_prepare = {
    "prepare", N_("Getting ready"), NULL, build, NULL, NULL, tick, key};
