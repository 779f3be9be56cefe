/* Exercises looked at and changed: what is saved is a file as the others are, in the user's own folder. */
#include <string.h>

#include "editor.h"
#include "editor_field.h"
#include "exercise_list.h"
#include "language.h"
#include "widgets.h"

/* ---- the parts, kept in step */

void plumb_editor_fill(struct plumb_editor *editor)
{
    if (!editor->draft)
        return;
    plumb_editor_form_fill(editor);
    plumb_editor_steps_fill(editor);
    plumb_editor_list_fill(editor);
    plumb_editor_actions_fill(editor);
    plumb_editor_keep_later(editor);
}

void plumb_editor_begin(struct plumb_editor *editor, gconstpointer field)
{
    plumb_draft_begin(editor->draft, field);
}

void plumb_editor_changed(struct plumb_editor *editor)
{
    plumb_draft_check(editor->draft);
    plumb_editor_fill(editor);
}

struct plumb_draft *plumb_editor_draft(struct plumb_editor *editor, const char *id)
{
    struct plumb_message message = {""};
    struct plumb_draft *draft = g_hash_table_lookup(editor->drafts, id);
    if (draft)
        return draft;
    draft = plumb_draft_new(id, &message);
    if (message.text[0])
        plumb_app_toast(editor->app, plumb_language_message(&message), NULL, PLUMB_WISHES_N);
    if (draft)
        g_hash_table_insert(editor->drafts, draft->id, draft);
    return draft;
}

void plumb_editor_open(struct plumb_editor *editor, const char *id)
{
    struct plumb_draft *draft = plumb_editor_draft(editor, id);
    if (!draft || draft == editor->draft)
        return;
    editor->draft = draft;
    editor->step = 0;
    plumb_editor_fill(editor);
}

/* ---- the screen */

static void forget(gpointer data)
{
    struct plumb_editor *editor = data;
    g_clear_handle_id(&editor->keeping, g_source_remove);
    g_hash_table_unref(editor->drafts);
    g_ptr_array_unref(editor->fields);
}

/* While something is typed the window leaves the keys to the field: undo and save are wanted all the same. */
static gboolean
key_typed(GtkEventControllerKey *keys, guint key, guint code, GdkModifierType with, gpointer data)
{
    (void)keys, (void)code;
    return plumb_editor_key(data, key, with);
}

static GtkWidget *right_new(struct plumb_editor *editor)
{
    GtkWidget *right = plumb_box_new(GTK_ORIENTATION_VERTICAL, 12, NULL);
    gtk_box_append(GTK_BOX(right), plumb_editor_actions_new(editor)); /* at the bottom toasts lie over them */
    gtk_box_append(GTK_BOX(right), plumb_editor_form_new(editor));
    gtk_widget_set_hexpand(right, TRUE);
    return right;
}

static GtkWidget *build(struct plumb_app *app, void **state)
{
    struct plumb_editor *editor = g_new0(struct plumb_editor, 1);
    GtkWidget *box = gtk_box_new(GTK_ORIENTATION_HORIZONTAL, 22);
    GtkEventController *keys = gtk_event_controller_key_new();
    *state = editor;
    editor->app = app;
    editor->drafts = g_hash_table_new_full(g_str_hash, g_str_equal, NULL, plumb_draft_free);
    editor->fields = g_ptr_array_new_with_free_func(g_free);
    gtk_box_append(GTK_BOX(box), plumb_editor_list_new(editor));
    gtk_box_append(GTK_BOX(box), right_new(editor));
    gtk_event_controller_set_propagation_phase(keys, GTK_PHASE_CAPTURE);
    g_signal_connect(keys, "key-pressed", G_CALLBACK(key_typed), editor);
    gtk_widget_add_controller(box, keys);
    g_object_set_data_full(G_OBJECT(box), "editor", editor, forget);
    return box;
}

void plumb_editor_open_chosen(struct plumb_editor *editor)
{
    struct plumb_exercise_list exercises;
    plumb_exercise_list_load(&exercises);
    guint at = plumb_exercise_list_find(&exercises, editor->app->choice.exercise_id);
    if (at < exercises.ids->len)
        plumb_editor_open(editor, exercises.ids->pdata[at]);
    plumb_exercise_list_free(&exercises);
}

/* The file that was opened, else what was asked for, else what is unfinished, else what is chosen. */
static void open_first(struct plumb_editor *editor)
{
    const struct plumb_app *app = editor->app;
    char *last = plumb_editor_recall(editor);
    if (strchr(app->choice.exercise_id, '/'))
        plumb_editor_open_file(editor, app->choice.exercise_id);
    else if (last && !app->options.exercise)
        plumb_editor_open(editor, last);
    if (!editor->draft)
        plumb_editor_open_chosen(editor);
    g_free(last);
}

static void shown(struct plumb_app *app, void *state)
{
    struct plumb_editor *editor = state;
    (void)app;
    if (!editor->draft)
        open_first(editor);
    plumb_editor_list_load(editor);
    GtkListBoxRow *row = gtk_list_box_get_selected_row(GTK_LIST_BOX(editor->list));
    gtk_widget_grab_focus(row ? GTK_WIDGET(row) : editor->list);
}

static void hidden(struct plumb_app *app, void *state)
{
    (void)app;
    plumb_edit_commit(state);
    plumb_editor_keep(state);
}

static gboolean key(struct plumb_app *app, void *state, guint key, GdkModifierType with)
{
    (void)app;
    return plumb_editor_key(state, key, with);
}

const struct plumb_screen plumb_screen_editor = {"exercises", "Exercises", "start", build,
                                                 shown,       hidden,      NULL,    key};
