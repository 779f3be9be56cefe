#include <stddef.h>
#include <stdio.h>

#include "../../core/exercise_edit.h"
#include "../../core/units.h"
#include "editor_field.h"
#include "language.h"
#include "tab_stop.h"
#include "widgets.h"

#define LONGEST_S 3600

/* ---- what a kind of step is called and has */

static const char *const kind_words[] = {
    [PLUMB_STEP_SAY] = N_("Say words"),
    [PLUMB_STEP_STILL] = N_("Lie or stand still"),
    [PLUMB_STEP_TILTS] = N_("Pelvic tilts"),
    [PLUMB_STEP_ARCH] = N_("Arch of the back"),
    [PLUMB_STEP_NEUTRAL] = N_("Set the zone"),
    [PLUMB_STEP_MOVE] = N_("Move"),
    [PLUMB_STEP_HOLD] = N_("Hold"),
    [PLUMB_STEP_AGAIN] = N_("Again"),
    [PLUMB_STEP_CONTRACT] = N_("Press"),
    [PLUMB_STEP_REPS] = N_("Repetitions"),
    [PLUMB_STEP_BREATHS] = N_("Breaths"),
    [PLUMB_STEPS_KINDS_N] = NULL};

static int kind_get(const struct plumb_editor *editor, int which)
{
    (void)which;
    return (int)editor->draft->now.steps[editor->step].kind;
}

static void kind_set(struct plumb_editor *editor, int which, int value)
{
    (void)which;
    plumb_exercise_step_change(&editor->draft->now, editor->step, (enum plumb_step_kind)value);
}

#define BIT(kind) (1u << PLUMB_STEP_##kind)
#define ALL       ((1u << PLUMB_STEPS_KINDS_N) - 1)
#define TIMED     (BIT(SAY) | BIT(STILL) | BIT(NEUTRAL) | BIT(MOVE) | BIT(CONTRACT))
#define BOUNDED   (BIT(STILL) | BIT(TILTS) | BIT(ARCH) | BIT(HOLD) | BIT(REPS) | BIT(BREATHS))
#define COUNTED   (BIT(TILTS) | BIT(AGAIN) | BIT(REPS) | BIT(BREATHS))
#define OF(name)  .of_step = 1, .offset = offsetof(struct plumb_step, name)

#define SECONDS(words, tip_words, member, kinds)                                                             \
    {                                                                                                        \
        .label = words, .tip = tip_words, .kind = PLUMB_EDIT_NUMBER, OF(member), .steps = kinds, .unit = 1,  \
        .most = LONGEST_S, .by = 1                                                                           \
    }
#define TIMES(words, tip_words, member, kinds, least_n, most_n)                                              \
    {                                                                                                        \
        .label = words, .tip = tip_words, .kind = PLUMB_EDIT_COUNT, OF(member), .steps = kinds,              \
        .least = least_n, .most = most_n, .by = 1                                                            \
    }

static const struct plumb_edit_row step_rows[] = {
    {.label = N_("Kind"),
     .kind = PLUMB_EDIT_CHOICE,
     .of_step = 1,
     .steps = ALL,
     .choices = kind_words,
     .get = kind_get,
     .set = kind_set},
    {.label = N_("Words"),
     .tip = N_("What to do now. LEG becomes left or right, OTHER the other side"),
     .kind = PLUMB_EDIT_TEXT,
     OF(say),
     .room = PLUMB_EXERCISE_TEXT_N,
     .steps = ALL & ~BIT(AGAIN)},
    SECONDS(N_("Seconds"), N_("How long it takes"), for_s, TIMED),
    SECONDS(N_("Seconds in the zone"), N_("The hold is over when so many are counted"), in_zone_s, BIT(HOLD)),
    SECONDS(
        N_("Longest, in the zone (s)"), N_("The upper end of the dose; 0: none"), in_zone_most_s, BIT(HOLD)),
    TIMES(N_("How often"), N_("The count"), count, COUNTED, 1, 100),
    TIMES(
        N_("How often, at most"), N_("The upper end of the dose; 0: none"), count_most,
        BIT(AGAIN) | BIT(REPS) | BIT(BREATHS), 0, 100),
    TIMES(
        N_("Back to step"), N_("From there it is done again"), back_to, BIT(AGAIN), 1,
        PLUMB_EXERCISE_STEPS_N),
    {.label = N_("Smallest movement (°)"),
     .tip = N_("What counts as one repetition"),
     .kind = PLUMB_EDIT_NUMBER,
     OF(rep_rad),
     .steps = BIT(REPS),
     .unit = PLUMB_RAD_PER_DEG,
     .least = 1,
     .most = 60,
     .by = 0.5},
    {.label = N_("Lowering at least (s)"),
     .tip = N_("Lowering faster is said; 0: any"),
     .kind = PLUMB_EDIT_NUMBER,
     OF(lowering_s),
     .steps = BIT(REPS),
     .unit = 1,
     .most = 60,
     .by = 0.5},
    SECONDS(N_("At most (s)"), N_("Goes on after so long even so; 0: waits"), at_most_s, BOUNDED),
};

/* ---- the list */

/* "30", "30 to 60" into the format. */
static void range_words(char *out, size_t room, double least, double most, const char *format)
{
    char *range = most > least ? g_strdup_printf(_("%g to %g"), least, most) : g_strdup_printf("%g", least);
    char **halves = g_strsplit(format, "{n}", 2);
    snprintf(out, room, "%s%s%s", halves[0], range, halves[0] && halves[1] ? halves[1] : "");
    g_strfreev(halves);
    g_free(range);
}

/* "30 to 60 s in the zone" */
static void figure_words(char *out, size_t room, const struct plumb_step *step)
{
    switch (step->kind) {
    case PLUMB_STEP_HOLD:
        range_words(out, room, step->in_zone_s, step->in_zone_most_s, _("{n} s in the zone"));
        return;
    case PLUMB_STEP_AGAIN:
        range_words(out, room, step->count, step->count_most, _("{n} times in all"));
        return;
    case PLUMB_STEP_TILTS:
    case PLUMB_STEP_REPS:
    case PLUMB_STEP_BREATHS:
        range_words(out, room, step->count, step->count_most, _("{n} times"));
        return;
    case PLUMB_STEP_ARCH:
        snprintf(out, room, "%s", _("once"));
        return;
    default:
        range_words(out, room, step->for_s, 0, "{n} s");
    }
}

static void step_words(const struct plumb_exercise *exercise, int at, char *head, char *rest, size_t room)
{
    const struct plumb_step *step = &exercise->steps[at];
    char figure[64];
    figure_words(figure, sizeof figure, step);
    snprintf(head, room, "%d  %s, %s", at + 1, plumb_language_text(kind_words[step->kind]), figure);
    if (step->kind == PLUMB_STEP_AGAIN)
        snprintf(rest, room, _("from step %d on"), step->back_to);
    else
        snprintf(rest, room, "%s", step->say);
}

static void row_fill(GtkWidget *row, const struct plumb_exercise *exercise, int at)
{
    char head[400], rest[400];
    GtkWidget *box = gtk_list_box_row_get_child(GTK_LIST_BOX_ROW(row));
    step_words(exercise, at, head, rest, sizeof head);
    plumb_words_set(gtk_widget_get_first_child(box), head);
    plumb_words_set(gtk_widget_get_last_child(box), rest);
    char *name = g_strdup_printf(_("Step %s: %s"), head, rest);
    plumb_name_set(row, name);
    g_free(name);
}

static GtkWidget *row_new(void)
{
    GtkWidget *row = gtk_list_box_row_new(), *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 1, NULL);
    GtkWidget *rest = plumb_words_new(NULL, "quiet");
    gtk_label_set_ellipsize(GTK_LABEL(rest), PANGO_ELLIPSIZE_END);
    gtk_label_set_wrap(GTK_LABEL(rest), FALSE);
    gtk_box_append(GTK_BOX(box), plumb_words_new(NULL, "row-head"));
    gtk_box_append(GTK_BOX(box), rest);
    gtk_widget_set_margin_top(box, 5);
    gtk_widget_set_margin_bottom(box, 5);
    gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
    return row;
}

static GtkListBoxRow *row_at(const struct plumb_editor *editor, int at)
{
    return gtk_list_box_get_row_at_index(GTK_LIST_BOX(editor->steps), at);
}

/* As many rows as steps; they stay where they can, with the keyboard on them. */
static void fit_rows(struct plumb_editor *editor, int n)
{
    int had = 0;
    while (row_at(editor, had))
        had++;
    for (; had < n; had++)
        gtk_list_box_append(GTK_LIST_BOX(editor->steps), row_new());
    for (; had > n; had--)
        gtk_list_box_remove(GTK_LIST_BOX(editor->steps), GTK_WIDGET(row_at(editor, had - 1)));
}

void plumb_editor_steps_fill(struct plumb_editor *editor)
{
    const struct plumb_exercise *now = &editor->draft->now;
    editor->filling++;
    fit_rows(editor, now->steps_n);
    for (int at = 0; at < now->steps_n; at++)
        row_fill(GTK_WIDGET(row_at(editor, at)), now, at);
    gtk_list_box_select_row(GTK_LIST_BOX(editor->steps), row_at(editor, editor->step));
    editor->filling--;
}

static void chosen(GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
    struct plumb_editor *editor = data;
    (void)list;
    if (editor->filling || !row)
        return;
    plumb_edit_commit(editor); /* a number that is still being typed belongs to the old step */
    editor->step = gtk_list_box_row_get_index(row);
    plumb_editor_fill(editor);
}

/* ---- what is done with steps */

static void show_step(struct plumb_editor *editor, int at)
{
    editor->step = at;
    plumb_editor_changed(editor);
}

static void insert(struct plumb_editor *editor, const struct plumb_step *step)
{
    struct plumb_exercise *now = &editor->draft->now;
    int at = now->steps_n ? editor->step + 1 : 0;
    if (now->steps_n == PLUMB_EXERCISE_STEPS_N) {
        plumb_app_toast(editor->app, "An exercise has at most 32 steps", NULL, PLUMB_WISHES_N);
        return;
    }
    plumb_editor_begin(editor, NULL);
    plumb_exercise_step_insert(now, at, step);
    show_step(editor, at);
}

static void add(GtkButton *button, gpointer data)
{
    struct plumb_step step;
    (void)button;
    plumb_step_usual(&step, PLUMB_STEP_MOVE);
    insert(data, &step);
}

static void duplicate(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    (void)button;
    if (editor->draft->now.steps_n)
        insert(editor, &editor->draft->now.steps[editor->step]);
}

static void take_out(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    (void)button;
    if (!editor->draft->now.steps_n)
        return;
    plumb_editor_begin(editor, NULL);
    plumb_exercise_step_remove(&editor->draft->now, editor->step);
    show_step(editor, MAX(0, MIN(editor->step, editor->draft->now.steps_n - 1)));
}

static void move(struct plumb_editor *editor, int to)
{
    if (to < 0 || to >= editor->draft->now.steps_n)
        return;
    plumb_editor_begin(editor, NULL);
    plumb_exercise_step_move(&editor->draft->now, editor->step, to);
    show_step(editor, to);
}

static void move_up(GtkButton *button, gpointer data)
{
    (void)button;
    move(data, ((struct plumb_editor *)data)->step - 1);
}

static void move_down(GtkButton *button, gpointer data)
{
    (void)button;
    move(data, ((struct plumb_editor *)data)->step + 1);
}

static gboolean
key_pressed(GtkEventControllerKey *keys, guint key, guint code, GdkModifierType with, gpointer data)
{
    (void)keys, (void)code;
    if (key == GDK_KEY_Delete)
        take_out(NULL, data);
    else if (key == GDK_KEY_Up && with & GDK_ALT_MASK)
        move_up(NULL, data);
    else if (key == GDK_KEY_Down && with & GDK_ALT_MASK)
        move_down(NULL, data);
    else
        return FALSE;
    return TRUE;
}

/* ---- building */

static GtkWidget *buttons_new(struct plumb_editor *editor)
{
    static const struct {
        const char *icon, *name, *tip;
        void (*act)(GtkButton *button, gpointer data);
    } buttons[] = {
        {"list-add-symbolic", N_("Add a step"), N_("Add a step behind this one"), add},
        {"edit-copy-symbolic", N_("Duplicate the step"), N_("Duplicate the step"), duplicate},
        {"go-up-symbolic", N_("Move the step up"), N_("Move the step up (Alt+Up)"), move_up},
        {"go-down-symbolic", N_("Move the step down"), N_("Move the step down (Alt+Down)"), move_down},
        {"list-remove-symbolic", N_("Remove the step"), N_("Remove the step (Delete)"), take_out},
    };
    GtkWidget *row = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 6, NULL);
    for (size_t i = 0; i < G_N_ELEMENTS(buttons); i++) {
        GtkWidget *button = gtk_button_new_from_icon_name(buttons[i].icon);
        gtk_widget_set_tooltip_text(button, plumb_language_text(buttons[i].tip));
        plumb_name_set(button, buttons[i].name);
        g_signal_connect(button, "clicked", G_CALLBACK(buttons[i].act), editor);
        gtk_box_append(GTK_BOX(row), button);
    }
    return row;
}

static GtkWidget *list_new(struct plumb_editor *editor)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, "card-plain");
    GtkWidget *scroll = gtk_scrolled_window_new();
    GtkEventController *keys = gtk_event_controller_key_new();
    editor->steps = gtk_list_box_new();
    gtk_list_box_set_selection_mode(GTK_LIST_BOX(editor->steps), GTK_SELECTION_BROWSE);
    gtk_widget_add_css_class(editor->steps, "rows");
    plumb_name_set(editor->steps, "Steps of the exercise");
    g_signal_connect(editor->steps, "row-selected", G_CALLBACK(chosen), editor);
    g_signal_connect(keys, "key-pressed", G_CALLBACK(key_pressed), editor);
    gtk_widget_add_controller(editor->steps, keys);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), editor->steps);
    gtk_box_append(GTK_BOX(box), plumb_tab_stop_new(scroll));
    gtk_box_append(GTK_BOX(box), buttons_new(editor));
    return box;
}

static GtkWidget *details_new(struct plumb_editor *editor)
{
    GtkWidget *scroll = gtk_scrolled_window_new(), *grid = gtk_grid_new();
    gtk_grid_set_row_spacing(GTK_GRID(grid), 10);
    gtk_grid_set_column_spacing(GTK_GRID(grid), 14);
    for (size_t i = 0; i < G_N_ELEMENTS(step_rows); i++)
        plumb_edit_field_put(editor, GTK_GRID(grid), 0, (int)i, &step_rows[i]);
    gtk_widget_add_css_class(scroll, "card-plain");
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), grid);
    return scroll;
}

GtkWidget *plumb_editor_steps_new(struct plumb_editor *editor)
{
    GtkWidget *page = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 14, NULL);
    gtk_box_set_homogeneous(GTK_BOX(page), TRUE);
    gtk_box_append(GTK_BOX(page), list_new(editor));
    gtk_box_append(GTK_BOX(page), details_new(editor));
    return page;
}
