#include <string.h>

#include "../../view/pose_figure.h"
#include "canvas.h"
#include "editor_field.h"
#include "exercise_list.h"
#include "language.h"
#include "tab_stop.h"
#include "widgets.h"

/* ---- the figure */

static void fill_figure(struct plumb_app *app, void *context, struct plumb_scene *scene)
{
    const struct plumb_editor *editor = context;
    struct plumb_pose_figure figure = {
        .theme = plumb_app_theme(app), .text_px = 15 * app->options.text_scale, .clip_word = _("clip")};
    if (!editor->draft)
        return;
    figure.posture = &editor->draft->now.posture;
    plumb_pose_figure_draw(scene, &figure);
}

/* ---- rows */

static const char *row_id(GtkListBoxRow *row)
{
    return row ? g_object_get_data(G_OBJECT(row), "id") : NULL;
}

static const char *where_words(const struct plumb_own_exercise *there)
{
    return there->own && there->shipped      ? _("yours, instead of Plumb's")
           : there->own                      ? _("yours")
           : there->aside && !there->shipped ? _("set aside")
                                             : "";
}

static void mark(const struct plumb_editor *editor, GtkListBoxRow *row)
{
    const char *id = row_id(row);
    const struct plumb_draft *draft = g_hash_table_lookup(editor->drafts, id);
    struct plumb_own_exercise there;
    GtkWidget *box = gtk_list_box_row_get_child(row), *name = gtk_widget_get_first_child(box),
              *rest = gtk_widget_get_last_child(box);
    plumb_own_exercise_look(id, &there);
    const char *where = where_words(&there), *unsaved = draft && draft->changed ? _("not saved") : "";
    char *words = g_strdup_printf("%s%s%s", where, *where && *unsaved ? ", " : "", unsaved);
    if (draft)
        plumb_words_set(name, draft->now.name);
    plumb_words_set(rest, words);
    gtk_widget_set_visible(rest, *words != '\0');
    char *whole = g_strdup_printf("%s%s%s", gtk_label_get_text(GTK_LABEL(name)), *words ? ", " : "", words);
    plumb_name_set(GTK_WIDGET(row), whole);
    g_free(whole);
    g_free(words);
}

static void add_row(struct plumb_editor *editor, const char *id, const char *name)
{
    GtkWidget *row = gtk_list_box_row_new(), *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 1, NULL);
    gtk_box_append(GTK_BOX(box), plumb_words_new(name, "row-head"));
    gtk_box_append(GTK_BOX(box), plumb_words_new(NULL, "quiet"));
    gtk_widget_set_margin_top(box, 6);
    gtk_widget_set_margin_bottom(box, 6);
    gtk_list_box_row_set_child(GTK_LIST_BOX_ROW(row), box);
    g_object_set_data_full(G_OBJECT(row), "id", g_strdup(id), g_free);
    gtk_list_box_append(GTK_LIST_BOX(editor->list), row);
    mark(editor, GTK_LIST_BOX_ROW(row));
}

/* Those of the user's that are nowhere else any more: they can be taken back. */
static void add_set_aside(struct plumb_editor *editor)
{
    char folder[PLUMB_PATH_N];
    struct plumb_own_exercise there;
    const char *name;
    GDir *dir = plumb_data_folder("exercises", 0, folder) ? NULL : g_dir_open(folder, 0, NULL);
    while (dir && (name = g_dir_read_name(dir))) {
        if (!g_str_has_suffix(name, PLUMB_EXERCISE_ASIDE))
            continue;
        char *id = g_strndup(name, strlen(name) - strlen(PLUMB_EXERCISE_ASIDE));
        plumb_own_exercise_look(id, &there);
        if (!there.own && !there.shipped)
            add_row(editor, id, id);
        g_free(id);
    }
    if (dir)
        g_dir_close(dir);
}

/* Those that came from a file and were not saved here yet. */
static void add_nowhere(struct plumb_editor *editor)
{
    GHashTableIter drafts;
    gpointer data;
    g_hash_table_iter_init(&drafts, editor->drafts);
    while (g_hash_table_iter_next(&drafts, NULL, &data)) {
        const struct plumb_draft *draft = data;
        if (plumb_draft_is_nowhere(draft))
            add_row(editor, draft->id, draft->now.name);
    }
}

static void clear(const struct plumb_editor *editor)
{
    GtkWidget *row;
    while ((row = gtk_widget_get_first_child(editor->list)))
        gtk_list_box_remove(GTK_LIST_BOX(editor->list), row);
}

static void select_shown(struct plumb_editor *editor)
{
    GtkListBoxRow *row;
    for (int at = 0; editor->draft && (row = gtk_list_box_get_row_at_index(GTK_LIST_BOX(editor->list), at));
         at++)
        if (g_str_equal(row_id(row), editor->draft->id))
            gtk_list_box_select_row(GTK_LIST_BOX(editor->list), row);
}

void plumb_editor_list_load(struct plumb_editor *editor)
{
    struct plumb_exercise_list exercises;
    editor->filling++;
    clear(editor);
    plumb_exercise_list_load(&exercises);
    add_nowhere(editor);
    for (guint i = 0; i < exercises.ids->len; i++)
        add_row(editor, exercises.ids->pdata[i], exercises.names->pdata[i]);
    add_set_aside(editor);
    plumb_exercise_list_free(&exercises);
    select_shown(editor);
    editor->filling--;
}

void plumb_editor_list_fill(struct plumb_editor *editor)
{
    GtkListBoxRow *row;
    for (int at = 0; (row = gtk_list_box_get_row_at_index(GTK_LIST_BOX(editor->list), at)); at++)
        if (g_hash_table_contains(editor->drafts, row_id(row)))
            mark(editor, row);
    if (!editor->draft)
        return;
    char *words = plumb_editor_figure_words(editor);
    plumb_canvas_describe(editor->figure, words);
    g_free(words);
    gtk_widget_queue_draw(editor->figure);
}

static void chosen(GtkListBox *list, GtkListBoxRow *row, gpointer data)
{
    struct plumb_editor *editor = data;
    (void)list;
    if (editor->filling || !row)
        return;
    plumb_edit_commit(editor);
    plumb_editor_open(editor, row_id(row));
}

GtkWidget *plumb_editor_list_new(struct plumb_editor *editor)
{
    GtkWidget *left = plumb_box_new(GTK_ORIENTATION_VERTICAL, 12, NULL), *scroll = gtk_scrolled_window_new();
    GtkWidget *paper = plumb_box_new(GTK_ORIENTATION_VERTICAL, 0, "paper");
    editor->figure =
        plumb_canvas_new(editor->app, 280, 170, "How the person lies or stands", fill_figure, editor);
    gtk_box_append(GTK_BOX(paper), editor->figure);
    editor->list = gtk_list_box_new();
    gtk_list_box_set_selection_mode(GTK_LIST_BOX(editor->list), GTK_SELECTION_BROWSE);
    gtk_widget_add_css_class(editor->list, "rows");
    plumb_name_set(editor->list, "Exercises");
    g_signal_connect(editor->list, "row-selected", G_CALLBACK(chosen), editor);
    gtk_scrolled_window_set_policy(GTK_SCROLLED_WINDOW(scroll), GTK_POLICY_NEVER, GTK_POLICY_AUTOMATIC);
    gtk_scrolled_window_set_child(GTK_SCROLLED_WINDOW(scroll), editor->list);
    gtk_box_append(GTK_BOX(left), paper);
    gtk_box_append(GTK_BOX(left), plumb_tab_stop_new(scroll));
    gtk_widget_set_size_request(left, 320, -1);
    gtk_widget_set_hexpand(left, FALSE);
    return left;
}
