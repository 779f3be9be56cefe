#include "limits_form.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

#include "../../core/units.h"
#include "../../io/load_exercise.h"
#include "../../io/patient_limits.h"
#include "../../view/limit_bands.h"
#include "canvas.h"
#include "exercise_list.h"
#include "language.h"
#include "widgets.h"

#define SIDES_N       3 /* both, left, right */
#define BANDS_TEXT_PX 15

/* Limits as people set them; why their usual values: EVIDENCE, "What follows", 2. */
static const struct limit {
    const char *words, *unit;
    size_t at; /* in struct plumb_thresholds */
    double least, most, step;
} limits[] = {
    {N_("In the zone up to"), N_("degrees forward or back of your set zone"),
     offsetof(struct plumb_thresholds, amber_rad), 2, 60, 0.5},
    {N_("Out of your set zone beyond"), N_("degrees forward"), offsetof(struct plumb_thresholds, red_rad), 2,
     60, 0.5},
    {N_("… for longer than"), N_("seconds"), offsetof(struct plumb_thresholds, delay_s), 0, 10, 0.1},
    {N_("Out at once beyond"), N_("degrees forward"), offsetof(struct plumb_thresholds, immediate_rad), 2, 60,
     0.5},
    {N_("Back again below"), N_("degrees forward"), offsetof(struct plumb_thresholds, release_rad), 2, 60,
     0.5},
    {N_("… for longer than"), N_("seconds"), offsetof(struct plumb_thresholds, release_s), 0, 10, 0.1},
    {N_("Advice when tipped back beyond"), N_("degrees back"),
     offsetof(struct plumb_thresholds, posterior_rad), 2, 60, 0.5},
    {N_("Turning or dropping: at the edge beyond"), N_("degrees"),
     offsetof(struct plumb_thresholds, turn_amber_rad), 2, 60, 0.5},
    {N_("Turning or dropping: out beyond"), N_("degrees"), offsetof(struct plumb_thresholds, turn_red_rad), 2,
     60, 0.5},
};
#define LIMITS_N G_N_ELEMENTS(limits)

struct plumb_limits_form {
    struct plumb_app *app;
    struct plumb_exercise_list exercises;
    struct plumb_exercise exercise;
    GtkWidget *who, *which, *side, *spins[LIMITS_N], *bands, *words, *usual, *undo;
    struct plumb_patient_limits now;
    struct plumb_thresholds before; /* as the form was opened for these */
    int filling;                    /* the form is being filled: nothing was changed by hand */
};

static int is_angle(const struct limit *limit)
{
    return limit->most > 10;
}

static double *value_of(struct plumb_thresholds *thresholds, const struct limit *limit)
{
    return (double *)((char *)thresholds + limit->at);
}

static double shown(const struct limit *limit, double value)
{
    return is_angle(limit) ? value * PLUMB_DEG_PER_RAD : value;
}

/* ---- the bands */

static void fill_bands(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    const struct plumb_limits_form *form = context;
    struct plumb_limit_bands bands = {
        .theme = plumb_app_theme(app),
        .limits = &form->now.own,
        .text_px = BANDS_TEXT_PX * app->options.text_scale};
    plumb_limit_bands_draw(scene, &bands);
}

/* ---- from the file */

static int side_of(const struct plumb_limits_form *form)
{
    static const int sides[SIDES_N] = {PLUMB_BOTH_SIDES, PLUMB_LEFT, PLUMB_RIGHT};
    return sides[MIN(adw_combo_row_get_selected(ADW_COMBO_ROW(form->side)), SIDES_N - 1)];
}

static int
path_of(const struct plumb_limits_form *form, char path[PLUMB_PATH_N], struct plumb_message *message)
{
    char *alias = g_strstrip(g_strdup(gtk_editable_get_text(GTK_EDITABLE(form->who))));
    int fail = plumb_patient_limits_path(alias, path, message);
    g_free(alias);
    return fail;
}

static void show_values(struct plumb_limits_form *form)
{
    form->filling++;
    for (size_t i = 0; i < LIMITS_N; i++)
        gtk_spin_button_set_value(
            GTK_SPIN_BUTTON(form->spins[i]), shown(&limits[i], *value_of(&form->now.own, &limits[i])));
    form->filling--;
    gtk_widget_set_sensitive(form->usual, memcmp(&form->now.own, &form->now.base, sizeof form->now.own) != 0);
    gtk_widget_set_sensitive(form->undo, memcmp(&form->now.own, &form->before, sizeof form->before) != 0);
    gtk_widget_queue_draw(form->bands);
}

static void look(struct plumb_limits_form *form)
{
    struct plumb_message message = {""};
    char path[PLUMB_PATH_N];
    int fail = path_of(form, path, &message);
    if (!fail)
        fail = plumb_patient_limits_get(&form->now, path, &form->exercise, side_of(form), &message);
    if (fail)
        form->now = (struct plumb_patient_limits){form->exercise.thresholds, form->exercise.thresholds, 0};
    form->before = form->now.own;
    plumb_words_set(
        form->words, fail ? plumb_language_message(&message)
                     : form->now.has_own
                         ? _("This person has limits of their own here.")
                         : _("As the exercise has it. What you change is kept for this person."));
    show_values(form);
}

/* ---- into the file */

static void keep(struct plumb_limits_form *form)
{
    struct plumb_message message = {""};
    char path[PLUMB_PATH_N];
    int fail = path_of(form, path, &message);
    if (!fail)
        fail = plumb_patient_limits_set(path, &form->exercise, side_of(form), &form->now.own, &message);
    plumb_words_set(
        form->words, fail ? plumb_language_message(&message) : _("Kept: in force from the next stretch on."));
    show_values(form);
}

static void value_changed(GtkSpinButton *spin, gpointer data)
{
    struct plumb_limits_form *form = data;
    const struct limit *limit = g_object_get_data(G_OBJECT(spin), "limit");
    double *value = value_of(&form->now.own, limit), before = *value;
    double wanted = gtk_spin_button_get_value(spin);
    if (form->filling || fabs(wanted - shown(limit, before)) < 1e-6)
        return;
    *value = is_angle(limit) ? wanted * PLUMB_RAD_PER_DEG : wanted;
    plumb_thresholds_make_room(&form->now.own, *value > before);
    keep(form);
}

static void use_usual(GtkButton *button, gpointer data)
{
    struct plumb_limits_form *form = data;
    (void)button;
    form->now.own = form->now.base;
    keep(form);
}

static void take_back(GtkButton *button, gpointer data)
{
    struct plumb_limits_form *form = data;
    (void)button;
    form->now.own = form->before;
    keep(form);
}

/* ---- who and what */

static void who_changed(GtkEditable *who, gpointer data)
{
    struct plumb_limits_form *form = data;
    (void)who;
    if (!form->filling)
        look(form);
}

static void load_exercise(struct plumb_limits_form *form)
{
    struct plumb_message message = {""};
    char path[PLUMB_PATH_N];
    guint at = adw_combo_row_get_selected(ADW_COMBO_ROW(form->which));
    const char *id = at < form->exercises.ids->len ? form->exercises.ids->pdata[at] : "";
    if (plumb_data_find("exercises", ".exercise", id, path, &message) ||
        plumb_exercise_load(&form->exercise, path, &message))
        plumb_words_set(form->words, plumb_language_message(&message));
}

static void which_changed(AdwComboRow *row, GParamSpec *spec, gpointer data)
{
    struct plumb_limits_form *form = data;
    (void)row, (void)spec;
    if (form->filling)
        return;
    load_exercise(form);
    look(form);
}

void plumb_limits_form_show(struct plumb_limits_form *form)
{
    const struct plumb_choice *choice = &form->app->choice;
    form->filling++;
    gtk_editable_set_text(GTK_EDITABLE(form->who), choice->patient ? choice->patient : "");
    adw_combo_row_set_selected(
        ADW_COMBO_ROW(form->which), plumb_exercise_list_find(&form->exercises, choice->exercise_id));
    form->filling--;
    load_exercise(form);
    look(form);
}

/* ---- building */

static GtkWidget *combo_new(const char *title, GtkStringList *names, GCallback changed, gpointer form)
{
    GtkWidget *row = adw_combo_row_new();
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), _(title));
    adw_combo_row_set_model(ADW_COMBO_ROW(row), G_LIST_MODEL(names));
    g_signal_connect(row, "notify::selected", changed, form);
    g_object_unref(names);
    return row;
}

static GtkWidget *spin_row_new(struct plumb_limits_form *form, const struct limit *limit, GtkWidget **spin)
{
    GtkWidget *row = adw_action_row_new();
    char *name = g_strdup_printf("%s, %s", _(limit->words), _(limit->unit));
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(row), _(limit->words));
    adw_action_row_set_subtitle(ADW_ACTION_ROW(row), _(limit->unit));
    *spin = gtk_spin_button_new_with_range(limit->least, limit->most, limit->step);
    gtk_spin_button_set_digits(GTK_SPIN_BUTTON(*spin), 1);
    gtk_widget_set_valign(*spin, GTK_ALIGN_CENTER);
    plumb_name_set(*spin, name);
    g_object_set_data(G_OBJECT(*spin), "limit", (gpointer)(guintptr)limit);
    g_signal_connect(*spin, "value-changed", G_CALLBACK(value_changed), form);
    adw_action_row_add_suffix(ADW_ACTION_ROW(row), *spin);
    g_free(name);
    return row;
}

static GtkWidget *who_new(struct plumb_limits_form *form)
{
    form->who = adw_entry_row_new();
    adw_preferences_row_set_title(ADW_PREFERENCES_ROW(form->who), _("Who: an alias, or empty for yourself"));
    g_signal_connect(form->who, "changed", G_CALLBACK(who_changed), form);
    return form->who;
}

static GtkWidget *keys_new(struct plumb_limits_form *form)
{
    GtkWidget *keys = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 12, NULL);
    form->usual = plumb_key_new(
        N_("As usual"), NULL, N_("The limits that hold without this person's own"), G_CALLBACK(use_usual),
        form);
    form->undo =
        plumb_key_new(N_("Undo"), NULL, N_("As they were when you came here"), G_CALLBACK(take_back), form);
    gtk_box_append(GTK_BOX(keys), form->usual);
    gtk_box_append(GTK_BOX(keys), form->undo);
    return keys;
}

static void add_rows(struct plumb_limits_form *form, GtkWidget *group)
{
    static const char *const sides[] = {N_("Both sides"), N_("Left"), N_("Right")};
    GtkStringList *which = gtk_string_list_new(NULL), *side = gtk_string_list_new(NULL);
    for (guint i = 0; i < form->exercises.ids->len; i++)
        gtk_string_list_append(which, form->exercises.names->pdata[i]);
    for (int i = 0; i < SIDES_N; i++)
        gtk_string_list_append(side, _(sides[i]));
    form->which = combo_new(N_("Exercise"), which, G_CALLBACK(which_changed), form);
    form->side = combo_new(N_("Side that is stretched"), side, G_CALLBACK(which_changed), form);
    adw_preferences_group_add(ADW_PREFERENCES_GROUP(group), who_new(form));
    adw_preferences_group_add(ADW_PREFERENCES_GROUP(group), form->which);
    adw_preferences_group_add(ADW_PREFERENCES_GROUP(group), form->side);
}

static GtkWidget *bands_new(struct plumb_limits_form *form)
{
    GtkWidget *paper = plumb_box_new(GTK_ORIENTATION_VERTICAL, 0, "paper");
    int height_px = (int)(3.5 * BANDS_TEXT_PX * form->app->options.text_scale);
    form->bands =
        plumb_canvas_new(form->app, 300, height_px, N_("The zones that these limits make"), fill_bands, form);
    gtk_box_append(GTK_BOX(paper), form->bands);
    return paper;
}

static void forget(gpointer data)
{
    struct plumb_limits_form *form = data;
    plumb_exercise_list_free(&form->exercises);
    g_free(form);
}

GtkWidget *plumb_limits_form_new(struct plumb_app *app, struct plumb_limits_form **made)
{
    struct plumb_limits_form *form = g_new0(struct plumb_limits_form, 1);
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 14, NULL);
    GtkWidget *group = adw_preferences_group_new(), *values = adw_preferences_group_new();
    *made = form;
    form->app = app;
    form->exercise = app->choice.exercise;
    form->filling = 1;
    plumb_exercise_list_load(&form->exercises);
    adw_preferences_group_set_title(ADW_PREFERENCES_GROUP(group), _("Limits"));
    add_rows(form, group);
    for (size_t i = 0; i < LIMITS_N; i++)
        adw_preferences_group_add(
            ADW_PREFERENCES_GROUP(values), spin_row_new(form, &limits[i], &form->spins[i]));
    form->words = plumb_words_new(NULL, "quiet");
    gtk_box_append(GTK_BOX(box), group);
    gtk_box_append(GTK_BOX(box), bands_new(form));
    gtk_box_append(GTK_BOX(box), form->words);
    gtk_box_append(GTK_BOX(box), keys_new(form));
    gtk_box_append(GTK_BOX(box), values);
    form->filling = 0;
    g_object_set_data_full(G_OBJECT(box), "form", form, forget);
    return box;
}
