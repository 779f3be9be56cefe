#include <stddef.h>

#include "../../core/exercise_edit.h"
#include "../../core/units.h"
#include "../../view/limit_bands.h"
#include "canvas.h"
#include "editor_field.h"
#include "language.h"
#include "widgets.h"

#define DEG         PLUMB_RAD_PER_DEG
#define LEAST_DEG   2 /* below is noise: the reader of the files says so too */
#define MOST_DEG    60
#define MOST_S      10
#define MOST_A_WEEK 50
#define MOST_KG     20

#define BANDS_TEXT_PX 14

/* ---- choices */

static const char *const pose_words[] = {
    N_("Lying on the back"),
    N_("Lying on the front"),
    N_("Upright: kneeling, sitting, standing"),
    N_("Lying on the left side"),
    N_("Lying on the right side"),
    N_("Lying on the worked side"),
    N_("Lying on the other side"),
    NULL};
static const char *const side_words[] = {
    N_("One side, then the other"), N_("The stiffer side first and last"), N_("Has no side"), NULL};
static const char *const class_words[] = {N_("Counted and timed"), N_("Judged: flags pause the timer"), NULL};

static int pose_get(const struct plumb_editor *editor, int which)
{
    const struct plumb_exercise *now = &editor->draft->now;
    (void)which;
    return now->mirrored ? PLUMB_POSES_N + (now->pose == PLUMB_LYING_RIGHT) : (int)now->pose;
}

static void pose_set(struct plumb_editor *editor, int which, int value)
{
    int mirrored = value >= PLUMB_POSES_N;
    (void)which;
    plumb_exercise_pose_change(
        &editor->draft->now, (enum plumb_pose)(mirrored ? value - PLUMB_POSES_N + PLUMB_LYING_LEFT : value),
        mirrored);
}

static int order_get(const struct plumb_editor *editor, int which)
{
    (void)which;
    return (int)editor->draft->now.order;
}

static void order_set(struct plumb_editor *editor, int which, int value)
{
    (void)which;
    editor->draft->now.order = (enum plumb_side_order)value;
}

static int judged_get(const struct plumb_editor *editor, int which)
{
    (void)which;
    return editor->draft->now.judged;
}

static void judged_set(struct plumb_editor *editor, int which, int value)
{
    (void)which;
    editor->draft->now.judged = value;
}

static int flag_get(const struct plumb_editor *editor, int which)
{
    return (int)(editor->draft->now.judges >> which & 1u);
}

static void flag_set(struct plumb_editor *editor, int which, int value)
{
    unsigned bit = 1u << which;
    editor->draft->now.judges = (editor->draft->now.judges & ~bit) | (value ? bit : 0);
}

/* One that is ticked can always be taken off. */
static int flag_usable(const struct plumb_editor *editor, int which)
{
    const struct plumb_exercise *now = &editor->draft->now;
    return flag_get(editor, which) ||
           (now->judged && plumb_pose_shows(now->pose, (enum plumb_flag_kind)which));
}

/* ---- the rows */

#define OF(member)   .offset = offsetof(struct plumb_exercise, member)
#define ROOM(member) .room = sizeof(((struct plumb_exercise *)0)->member)
#define WORDS(name, member, tip_words)                                                                       \
    {                                                                                                        \
        .label = name, .tip = tip_words, .kind = PLUMB_EDIT_WORDS, OF(member), ROOM(member)                  \
    }
#define TEXT(name, member, tip_words)                                                                        \
    {                                                                                                        \
        .label = name, .tip = tip_words, .kind = PLUMB_EDIT_TEXT, OF(member), ROOM(member)                   \
    }
#define CHOICE(name, words, get_it, set_it)                                                                  \
    {                                                                                                        \
        .label = name, .kind = PLUMB_EDIT_CHOICE, .choices = words, .get = get_it, .set = set_it             \
    }
#define FLAG(name, flag)                                                                                     \
    {                                                                                                        \
        .label = name, .kind = PLUMB_EDIT_CHECK, .which = flag, .get = flag_get, .set = flag_set,            \
        .usable = flag_usable, .tip = N_("Usable where gravity shows it in this pose")                       \
    }
#define ANGLE(name, member, tip_words)                                                                       \
    {                                                                                                        \
        .label = name, .tip = tip_words, .kind = PLUMB_EDIT_NUMBER, OF(thresholds.member), .unit = DEG,      \
        .least = LEAST_DEG, .most = MOST_DEG, .by = 0.5, .usable = judged_get                                \
    }
#define DWELL(name, member, tip_words)                                                                       \
    {                                                                                                        \
        .label = name, .tip = tip_words, .kind = PLUMB_EDIT_NUMBER, OF(thresholds.member), .unit = 1,        \
        .most = MOST_S, .by = 0.1, .usable = judged_get                                                      \
    }

static const struct plumb_edit_row about_rows[] = {
    WORDS(N_("Name"), name, NULL),
    TEXT(N_("Summary"), summary, N_("One sentence on what the person does")),
    TEXT(N_("Stance"), stance, N_("How to stand, kneel or lie, where the pose alone does not say it")),
    CHOICE(N_("Pose"), pose_words, pose_get, pose_set),
    CHOICE(N_("Sides"), side_words, order_get, order_set),
    {.label = N_("Times a week"),
     .tip = N_("What the week's dose is counted against; 0: not set"),
     .kind = PLUMB_EDIT_COUNT,
     OF(week_n),
     .most = MOST_A_WEEK,
     .by = 1},
};

static const struct plumb_edit_row judge_rows[] = {
    CHOICE(N_("What is done"), class_words, judged_get, judged_set),
};

static const struct plumb_edit_row flag_rows[] = {
    FLAG(N_("Pelvis tipping forward"), PLUMB_ANTERIOR_ROTATION),
    FLAG(N_("Lower back arching"), PLUMB_LUMBAR_ARCH),
    FLAG(N_("Pelvis turning"), PLUMB_PELVIC_ROTATION),
    FLAG(N_("Pelvis dropping to one side"), PLUMB_OBLIQUITY),
    FLAG(N_("Pelvis tipped far back"), PLUMB_POSTERIOR_TILT),
};

static const struct plumb_edit_row limit_rows[] = {
    ANGLE(N_("Amber from (°)"), amber_rad, N_("Half the width of the green zone")),
    ANGLE(N_("Red beyond (°)"), red_rad, N_("Tipping forward: the timer pauses")),
    DWELL(N_("Red after (s)"), delay_s, N_("So long beyond red until it is said")),
    ANGLE(N_("At once beyond (°)"), immediate_rad, N_("Tipping forward: said without waiting")),
    ANGLE(N_("Flag ends below (°)"), release_rad, N_("Below this ...")),
    DWELL(N_("Flag ends after (s)"), release_s, N_("... for so long, and the timer goes on")),
    ANGLE(N_("Turned, amber from (°)"), turn_amber_rad, N_("Turning, and dropping to one side")),
    ANGLE(N_("Turned, red beyond (°)"), turn_red_rad, N_("Turning, and dropping to one side")),
    ANGLE(N_("Tipped back beyond (°)"), posterior_rad, N_("Said, and the timer goes on")),
};

static const struct plumb_edit_row word_rows[] = {
    TEXT(N_("Support"), support, N_("Said after a hold that was hard to keep")),
    TEXT(N_("Allowed"), allowed, N_("What may happen and is no mistake")),
    TEXT(N_("Knee pain"), pain[PLUMB_PAIN_KNEE], N_("What to do; the hold goes on")),
    TEXT(N_("Back pain"), pain[PLUMB_PAIN_BACK], N_("What to do; the hold waits")),
    TEXT(N_("Sharp pain"), pain[PLUMB_PAIN_SHARP], N_("What to do; the exercise stops")),
    WORDS(N_("Weight on the"), weight.where, N_("Thigh, ankle; empty: this exercise knows no weight")),
    {.label = N_("Weight from (kg)"),
     .kind = PLUMB_EDIT_NUMBER,
     OF(weight.from_kg),
     .unit = 1,
     .most = MOST_KG,
     .by = 0.5},
    {.label = N_("Weight to (kg)"),
     .kind = PLUMB_EDIT_NUMBER,
     OF(weight.to_kg),
     .unit = 1,
     .most = MOST_KG,
     .by = 0.5},
    WORDS(N_("Next exercise"), next_id, N_("Its id, as in the list of plumb exercises; empty: none")),
    TEXT(N_("Asked before it"), next_ask, N_("What is asked before the next exercise is offered")),
};

/* ---- the limits as a picture */

static void fill_bands(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    const struct plumb_editor *editor = context;
    if (!editor->draft)
        return;
    struct plumb_limit_bands bands = {
        .theme = plumb_app_theme(app),
        .limits = &editor->draft->now.thresholds,
        .text_px = BANDS_TEXT_PX * app->options.text_scale};
    plumb_limit_bands_draw(scene, &bands);
}

static GtkWidget *bands_new(struct plumb_editor *editor)
{
    GtkWidget *paper = plumb_box_new(GTK_ORIENTATION_VERTICAL, 0, "paper-plain");
    editor->bands = plumb_canvas_new(
        editor->app, 300, BANDS_TEXT_PX * 4, "Limits of tipping, from where the zone was set", fill_bands,
        editor);
    gtk_box_append(GTK_BOX(paper), editor->bands);
    return paper;
}

static void show_bands(const struct plumb_editor *editor)
{
    char words[200];
    const struct plumb_thresholds *limits = &editor->draft->now.thresholds;
    g_snprintf(
        words, sizeof words,
        _("Forward: green to %.4g, red beyond %.4g, at once beyond %.4g degrees. Back: to %.4g degrees"),
        limits->amber_rad / DEG, limits->red_rad / DEG, limits->immediate_rad / DEG,
        limits->posterior_rad / DEG);
    plumb_canvas_describe(editor->bands, words);
    gtk_drawing_area_set_content_height(
        GTK_DRAWING_AREA(editor->bands), (int)(BANDS_TEXT_PX * 3.5 * editor->app->options.text_scale));
    gtk_widget_queue_draw(editor->bands);
}

/* ---- pages */

static GtkWidget *about_new(struct plumb_editor *editor)
{
    GtkWidget *page = plumb_edit_page_new();
    PLUMB_EDIT_PUT(editor, page, about_rows, 1);
    return page;
}

static GtkWidget *judging_new(struct plumb_editor *editor)
{
    GtkWidget *page = plumb_edit_page_new();
    PLUMB_EDIT_PUT(editor, page, judge_rows, 1);
    gtk_box_append(GTK_BOX(page), plumb_words_new("What is flagged", "field"));
    PLUMB_EDIT_PUT(editor, page, flag_rows, 2);
    gtk_box_append(GTK_BOX(page), plumb_words_new("Limits, from where the zone was set", "field"));
    gtk_box_append(GTK_BOX(page), bands_new(editor));
    PLUMB_EDIT_PUT(editor, page, limit_rows, 2);
    gtk_box_append(
        GTK_BOX(page), plumb_words_new(
                           "Limits are chosen by you or your physiotherapist: no study says where control "
                           "is lost. Below 2° is noise.",
                           "quiet"));
    return page;
}

static GtkWidget *words_new(struct plumb_editor *editor)
{
    GtkWidget *page = plumb_edit_page_new();
    PLUMB_EDIT_PUT(editor, page, word_rows, 1);
    return page;
}

static GtkWidget *scrolled(GtkWidget *page)
{
    GtkWidget *scroll = gtk_scrolled_window_new();
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), page);
    gtk_widget_set_vexpand(scroll, TRUE);
    return scroll;
}

/* ---- turning them; a page that is not shown is not heard either */

static const char *const tab_names[PLUMB_EDITOR_PAGES_N] = {
    N_("Exercise"), N_("Steps"), N_("Judging"), N_("Words"), N_("Figure")};

void plumb_editor_form_page(struct plumb_editor *editor, int page)
{
    for (int i = 0; i < PLUMB_EDITOR_PAGES_N; i++)
        gtk_widget_set_visible(editor->pages[i], i == page);
    if (!gtk_toggle_button_get_active(GTK_TOGGLE_BUTTON(editor->tabs[page])))
        gtk_toggle_button_set_active(GTK_TOGGLE_BUTTON(editor->tabs[page]), TRUE);
}

static void turned(GtkToggleButton *tab, gpointer data)
{
    struct plumb_editor *editor = data;
    for (int i = 0; i < PLUMB_EDITOR_PAGES_N; i++)
        if (gtk_toggle_button_get_active(tab) && GTK_WIDGET(tab) == editor->tabs[i])
            plumb_editor_form_page(editor, i);
}

static GtkWidget *tabs_new(struct plumb_editor *editor)
{
    GtkWidget *row = plumb_flow_new(2, PLUMB_EDITOR_PAGES_N, "tabs");
    for (int i = 0; i < PLUMB_EDITOR_PAGES_N; i++) {
        editor->tabs[i] = gtk_toggle_button_new_with_label(plumb_language_text(tab_names[i]));
        gtk_widget_set_hexpand(editor->tabs[i], TRUE);
        if (i)
            gtk_toggle_button_set_group(
                GTK_TOGGLE_BUTTON(editor->tabs[i]), GTK_TOGGLE_BUTTON(editor->tabs[0]));
        g_signal_connect(editor->tabs[i], "toggled", G_CALLBACK(turned), editor);
        plumb_flow_add(row, editor->tabs[i]);
    }
    return row;
}

void plumb_editor_form_fill(struct plumb_editor *editor)
{
    for (guint i = 0; i < editor->fields->len; i++)
        plumb_edit_field_fill(editor->fields->pdata[i]);
    show_bands(editor);
}

GtkWidget *plumb_editor_form_new(struct plumb_editor *editor)
{
    GtkWidget *form = plumb_box_new(GTK_ORIENTATION_VERTICAL, 12, NULL);
    gtk_box_append(GTK_BOX(form), tabs_new(editor));
    editor->pages[0] = scrolled(about_new(editor));
    editor->pages[1] = plumb_editor_steps_new(editor);
    editor->pages[2] = scrolled(judging_new(editor));
    editor->pages[3] = scrolled(words_new(editor));
    editor->pages[4] = scrolled(plumb_editor_figure_new(editor));
    for (int i = 0; i < PLUMB_EDITOR_PAGES_N; i++)
        gtk_box_append(GTK_BOX(form), editor->pages[i]);
    plumb_editor_form_page(editor, 0);
    return form;
}
