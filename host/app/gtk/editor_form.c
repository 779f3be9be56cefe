#include <stddef.h>

#include "../../core/exercise_edit.h"
#include "../../core/units.h"
#include "../../view/limit_bands.h"
#include "canvas.h"
#include "editor_field.h"
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
    "Lying on the back",
    "Lying on the front",
    "Upright: kneeling, sitting, standing",
    "Lying on the left side",
    "Lying on the right side",
    "Lying on the worked side",
    "Lying on the other side",
    NULL};
static const char *const side_words[] = {
    "One side, then the other", "The stiffer side first and last", "Has no side", NULL};
static const char *const class_words[] = {"Counted and timed", "Judged: flags pause the timer", NULL};

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
        .usable = flag_usable, .tip = "Usable where gravity shows it in this pose"                           \
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
    WORDS("Name", name, NULL),
    TEXT("Summary", summary, "One sentence on what the person does"),
    TEXT("Stance", stance, "How to stand, kneel or lie, where the pose alone does not say it"),
    CHOICE("Pose", pose_words, pose_get, pose_set),
    CHOICE("Sides", side_words, order_get, order_set),
    {.label = "Times a week",
     .tip = "What the week's dose is counted against; 0: not set",
     .kind = PLUMB_EDIT_COUNT,
     OF(week_n),
     .most = MOST_A_WEEK,
     .by = 1},
};

static const struct plumb_edit_row judge_rows[] = {
    CHOICE("What is done", class_words, judged_get, judged_set),
};

static const struct plumb_edit_row flag_rows[] = {
    FLAG("Pelvis tipping forward", PLUMB_ANTERIOR_ROTATION),
    FLAG("Lower back arching", PLUMB_LUMBAR_ARCH),
    FLAG("Pelvis turning", PLUMB_PELVIC_ROTATION),
    FLAG("Pelvis dropping to one side", PLUMB_OBLIQUITY),
    FLAG("Pelvis tipped far back", PLUMB_POSTERIOR_TILT),
};

static const struct plumb_edit_row limit_rows[] = {
    ANGLE("Amber from (\302\260)", amber_rad, "Half the width of the green zone"),
    ANGLE("Red beyond (\302\260)", red_rad, "Tipping forward: the timer pauses"),
    DWELL("Red after (s)", delay_s, "So long beyond red until it is said"),
    ANGLE("At once beyond (\302\260)", immediate_rad, "Tipping forward: said without waiting"),
    ANGLE("Flag ends below (\302\260)", release_rad, "Below this ..."),
    DWELL("Flag ends after (s)", release_s, "... for so long, and the timer goes on"),
    ANGLE("Turned, amber from (\302\260)", turn_amber_rad, "Turning, and dropping to one side"),
    ANGLE("Turned, red beyond (\302\260)", turn_red_rad, "Turning, and dropping to one side"),
    ANGLE("Tipped back beyond (\302\260)", posterior_rad, "Said, and the timer goes on"),
};

static const struct plumb_edit_row word_rows[] = {
    TEXT("Support", support, "Said after a hold that was hard to keep"),
    TEXT("Allowed", allowed, "What may happen and is no mistake"),
    TEXT("Knee pain", pain[PLUMB_PAIN_KNEE], "What to do; the hold goes on"),
    TEXT("Back pain", pain[PLUMB_PAIN_BACK], "What to do; the hold waits"),
    TEXT("Sharp pain", pain[PLUMB_PAIN_SHARP], "What to do; the exercise stops"),
    WORDS("Weight on the", weight.where, "Thigh, ankle; empty: this exercise knows no weight"),
    {.label = "Weight from (kg)",
     .kind = PLUMB_EDIT_NUMBER,
     OF(weight.from_kg),
     .unit = 1,
     .most = MOST_KG,
     .by = 0.5},
    {.label = "Weight to (kg)",
     .kind = PLUMB_EDIT_NUMBER,
     OF(weight.to_kg),
     .unit = 1,
     .most = MOST_KG,
     .by = 0.5},
    WORDS("Next exercise", next_id, "Its id, as in the list of plumb exercises; empty: none"),
    TEXT("Asked before it", next_ask, "What is asked before the next exercise is offered"),
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
    double scale = editor->app->options.text_scale;
    GtkWidget *paper = plumb_box_new(GTK_ORIENTATION_VERTICAL, 0, "paper-plain");
    editor->bands = plumb_canvas_new(
        editor->app, 300, (int)(BANDS_TEXT_PX * 3.5 * scale),
        "Limits of tipping, from where the zone was set", fill_bands, editor);
    gtk_box_append(GTK_BOX(paper), editor->bands);
    return paper;
}

static void show_bands(const struct plumb_editor *editor)
{
    char words[200];
    plumb_limit_bands_words(words, sizeof words, &editor->draft->now.thresholds);
    plumb_canvas_describe(editor->bands, words);
    gtk_widget_queue_draw(editor->bands);
}

/* ---- pages */

static GtkGrid *grid_new(GtkWidget *into)
{
    GtkWidget *grid = gtk_grid_new();
    gtk_grid_set_row_spacing(GTK_GRID(grid), 8);
    gtk_grid_set_column_spacing(GTK_GRID(grid), 14);
    gtk_box_append(GTK_BOX(into), grid);
    return GTK_GRID(grid);
}

/* Row by row over so many pairs of columns. */
static void
put_rows(struct plumb_editor *editor, GtkWidget *into, const struct plumb_edit_row *rows, int n, int pairs)
{
    GtkGrid *grid = grid_new(into);
    for (int i = 0; i < n; i++)
        plumb_edit_field_put(editor, grid, i % pairs * 2, i / pairs, &rows[i]);
}

#define PUT(editor, into, rows, pairs) put_rows(editor, into, rows, (int)G_N_ELEMENTS(rows), pairs)

static GtkWidget *page_new(void)
{
    return plumb_box_new(GTK_ORIENTATION_VERTICAL, 10, "card-plain");
}

static GtkWidget *about_new(struct plumb_editor *editor)
{
    GtkWidget *page = page_new();
    PUT(editor, page, about_rows, 1);
    return page;
}

static GtkWidget *judging_new(struct plumb_editor *editor)
{
    GtkWidget *page = page_new();
    PUT(editor, page, judge_rows, 1);
    gtk_box_append(GTK_BOX(page), plumb_words_new("What is flagged", "field"));
    PUT(editor, page, flag_rows, 2);
    gtk_box_append(GTK_BOX(page), plumb_words_new("Limits, from where the zone was set", "field"));
    gtk_box_append(GTK_BOX(page), bands_new(editor));
    PUT(editor, page, limit_rows, 2);
    gtk_box_append(
        GTK_BOX(page), plumb_words_new(
                           "Limits are chosen by you or your physiotherapist: no study says where control "
                           "is lost. Below 2\302\260 is noise.",
                           "quiet"));
    return page;
}

static GtkWidget *words_new(struct plumb_editor *editor)
{
    GtkWidget *page = page_new();
    PUT(editor, page, word_rows, 1);
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

static const char *const tab_names[PLUMB_EDITOR_PAGES_N] = {"Exercise", "Steps", "Judging", "Words"};

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
    GtkWidget *row = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 0, "linked");
    for (int i = 0; i < PLUMB_EDITOR_PAGES_N; i++) {
        editor->tabs[i] = gtk_toggle_button_new_with_label(tab_names[i]);
        gtk_widget_set_hexpand(editor->tabs[i], TRUE);
        if (i)
            gtk_toggle_button_set_group(
                GTK_TOGGLE_BUTTON(editor->tabs[i]), GTK_TOGGLE_BUTTON(editor->tabs[0]));
        g_signal_connect(editor->tabs[i], "toggled", G_CALLBACK(turned), editor);
        gtk_box_append(GTK_BOX(row), editor->tabs[i]);
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
    for (int i = 0; i < PLUMB_EDITOR_PAGES_N; i++)
        gtk_box_append(GTK_BOX(form), editor->pages[i]);
    plumb_editor_form_page(editor, 0);
    return form;
}
