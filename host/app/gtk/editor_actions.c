#include <string.h>

#include "editor_field.h"
#include "language.h"
#include "try_source.h"
#include "widgets.h"

#define UNDO_S 10 /* seconds for thinking again; the button at the bottom stays */

static void say(struct plumb_editor *editor, const char *text)
{
    plumb_app_toast(editor->app, text, NULL, PLUMB_WISHES_N);
}

/* The start screen has chosen this one (`from`: the file it was opened from): it shall be done as it is now.
 */
static void tell_start(struct plumb_editor *editor, const char *from, const char *id)
{
    const char *chosen = editor->app->choice.exercise_id;
    if (chosen && (g_str_equal(chosen, id) || g_str_equal(chosen, from)))
        plumb_app_choose(editor->app, id);
}

/* ---- undo */

static void turn_back(struct plumb_editor *editor, int (*turn)(struct plumb_draft *))
{
    plumb_edit_commit(editor);
    if (!turn(editor->draft))
        return;
    editor->step = MAX(0, MIN(editor->step, editor->draft->now.steps_n - 1));
    plumb_editor_fill(editor);
}

static void undo(GtkButton *button, gpointer data)
{
    (void)button;
    turn_back(data, plumb_draft_undo);
}

static void redo(GtkButton *button, gpointer data)
{
    (void)button;
    turn_back(data, plumb_draft_redo);
}

/* What came from a file and was never saved here: there is nothing to go back to. */
static void drop(struct plumb_editor *editor)
{
    char *id = g_strdup(editor->draft->id);
    editor->draft = NULL;
    g_hash_table_remove(editor->drafts, id);
    plumb_own_exercise_forget(id);
    plumb_editor_open_chosen(editor);
    plumb_editor_list_load(editor);
    g_free(id);
}

static void discard(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    (void)button;
    if (!editor->draft->changed)
        return;
    if (!editor->draft->edited) {
        drop(editor);
        say(editor, N_("Not taken over. The file stays where it is."));
        return;
    }
    plumb_draft_discard(editor->draft);
    editor->step = MAX(0, MIN(editor->step, editor->draft->now.steps_n - 1));
    plumb_editor_fill(editor);
    say(editor, N_("As it was saved. Undo brings the changes back."));
}

/* ---- files */

static void save(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    struct plumb_message message = {""};
    (void)button;
    plumb_edit_commit(editor);
    if (!editor->draft->changed || editor->draft->complaint[0])
        return;
    char *from = g_strdup(editor->draft->from);
    int fail = plumb_draft_save(editor->draft, &message), is_new = *from != '\0';
    if (!fail)
        tell_start(editor, from, editor->draft->id);
    g_free(from);
    if (is_new)
        plumb_editor_list_load(editor);
    plumb_editor_fill(editor);
    say(editor, fail ? plumb_language_message(&message) : N_("Saved among your own exercises"));
}

static void save_as_new(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    struct plumb_message message = {""};
    char id[48];
    (void)button;
    plumb_edit_commit(editor);
    if (editor->draft->complaint[0])
        return;
    int fail = plumb_draft_save_as_new(editor->draft, id, &message);
    if (!fail && plumb_draft_is_nowhere(editor->draft))
        drop(editor);
    if (!fail) {
        plumb_editor_open(editor, id);
        plumb_editor_list_load(editor);
    }
    say(editor, fail ? plumb_language_message(&message) : N_("Saved as a new exercise of your own"));
}

static void back_again(AdwToast *toast, gpointer data)
{
    struct plumb_editor *editor = data;
    struct plumb_message message = {""};
    const char *id = g_object_get_data(G_OBJECT(toast), "id");
    plumb_editor_open(editor, id);
    int fail = plumb_draft_take_back(editor->draft, &message);
    if (!fail)
        tell_start(editor, "", id);
    plumb_editor_list_load(editor);
    plumb_editor_fill(editor);
    if (fail)
        say(editor, plumb_language_message(&message));
}

static void say_set_aside(struct plumb_editor *editor)
{
    AdwToast *toast = adw_toast_new(
        editor->draft->there.shipped ? _("Plumb's own is back, yours is set aside") : _("Set aside"));
    adw_toast_set_button_label(toast, _("Undo"));
    adw_toast_set_timeout(toast, UNDO_S);
    g_object_set_data_full(G_OBJECT(toast), "id", g_strdup(editor->draft->id), g_free);
    g_signal_connect(toast, "button-clicked", G_CALLBACK(back_again), editor);
    adw_toast_overlay_add_toast(ADW_TOAST_OVERLAY(editor->app->toasts), toast);
}

/* Sets the user's own aside, or takes it back where it is. */
static void revert(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    struct plumb_message message = {""};
    int own = editor->draft->there.own;
    (void)button;
    int fail =
        own ? plumb_draft_set_aside(editor->draft, &message) : plumb_draft_take_back(editor->draft, &message);
    if (!fail)
        tell_start(editor, "", editor->draft->id);
    editor->step = MAX(0, MIN(editor->step, editor->draft->now.steps_n - 1));
    plumb_editor_fill(editor);
    if (fail)
        say(editor, plumb_language_message(&message));
    else if (own)
        say_set_aside(editor);
    else
        say(editor, N_("Yours is back"));
}

static void try_it(GtkButton *button, gpointer data)
{
    struct plumb_editor *editor = data;
    struct plumb_choice *choice = &editor->app->choice;
    (void)button;
    if (editor->draft->changed)
        return;
    plumb_app_choose(editor->app, editor->draft->id);
    g_free(choice->source);
    choice->source = plumb_try_source(&editor->draft->kept, choice->both_sides);
    plumb_app_begin(editor->app);
}

/* ---- what is shown */

static const char *revert_words(const struct plumb_own_exercise *there)
{
    return there->own && there->shipped ? _("Back to Plumb's own")
           : there->own                 ? _("Set aside")
           : there->aside               ? _("Bring mine back")
                                        : "";
}

static const char *state_words(const struct plumb_draft *draft)
{
    if (draft->changed)
        return _("Changed and in order: it can be saved.");
    if (draft->damaged)
        return _("Yours cannot be read: this is Plumb's own. What you save takes its place.");
    return draft->there.own       ? _("Yours, saved.")
           : draft->there.shipped ? _("As Plumb brought it along. What you save becomes your own.")
                                  : _("Set aside: no list has it.");
}

/* Where what is shown has come from, as long as it stands there as it came. */
static void show_note(const struct plumb_editor *editor)
{
    const struct plumb_draft *draft = editor->draft;
    char *words = NULL, *name = draft->from[0] ? g_path_get_basename(draft->from) : NULL;
    if (draft->recalled && draft->changed)
        words =
            g_strdup(_("Your unfinished changes are back. Save keeps them, Undo or Discard puts them away."));
    else if (name && draft->changed)
        words = g_strdup_printf(_("From %s. Save makes it one of your own; the file stays as it is."), name);
    plumb_words_set(editor->note, words ? words : "");
    gtk_widget_set_visible(editor->note, words != NULL);
    g_free(words);
    g_free(name);
}

static void show_check(const struct plumb_editor *editor)
{
    const struct plumb_draft *draft = editor->draft;
    int bad = draft->complaint[0] != '\0';
    plumb_words_set(editor->check, bad ? draft->complaint : state_words(draft));
    gtk_widget_set_css_classes(
        editor->check, (const char *[]){
                           bad              ? "doubt"
                           : draft->changed ? "good"
                                            : "quiet",
                           NULL});
}

void plumb_editor_actions_fill(struct plumb_editor *editor)
{
    const struct plumb_draft *draft = editor->draft;
    const char *words = revert_words(&draft->there);
    int good = !draft->complaint[0], in_lists = draft->there.own || draft->there.shipped;
    show_note(editor);
    show_check(editor);
    gtk_widget_set_sensitive(editor->save, draft->changed && good);
    gtk_widget_set_sensitive(editor->save_as_new, good);
    gtk_widget_set_sensitive(editor->discard, draft->changed);
    gtk_widget_set_sensitive(editor->undo, draft->before.length > 0);
    gtk_widget_set_sensitive(editor->redo, draft->undone.length > 0);
    gtk_widget_set_sensitive(editor->try_it, !draft->changed && in_lists);
    gtk_widget_set_visible(editor->revert, *words != '\0');
    gtk_button_set_label(GTK_BUTTON(editor->revert), words);
}

gboolean plumb_editor_key(struct plumb_editor *editor, guint key, GdkModifierType with)
{
    if (!editor->draft || !(with & GDK_CONTROL_MASK))
        return FALSE;
    int shift = (with & GDK_SHIFT_MASK) != 0;
    switch (gdk_keyval_to_lower(key)) {
    case GDK_KEY_z:
        (shift ? redo : undo)(NULL, editor);
        return TRUE;
    case GDK_KEY_y:
        redo(NULL, editor);
        return TRUE;
    case GDK_KEY_s:
        (shift ? save_as_new : save)(NULL, editor);
        return TRUE;
    default:
        return FALSE;
    }
}

/* ---- building */

static GtkWidget *
put(struct plumb_editor *editor, GtkWidget *row, const char *text, const char *key, const char *tip,
    void (*act)(GtkButton *button, gpointer data))
{
    GtkWidget *button = plumb_key_new(text, key, tip, G_CALLBACK(act), editor);
    gtk_widget_set_valign(button, GTK_ALIGN_CENTER);
    if (GTK_IS_FLOW_BOX(row))
        plumb_flow_add(row, button);
    else
        gtk_box_append(GTK_BOX(row), button);
    return button;
}

/* The draft and what it was. */
static GtkWidget *edits_new(struct plumb_editor *editor)
{
    GtkWidget *row = plumb_flow_new(2, 5, "slim");
    editor->save = put(editor, row, N_("Save"), "Control+S", N_("Save as your own, under this id"), save);
    gtk_widget_add_css_class(editor->save, "suggested-action");
    editor->save_as_new =
        put(editor, row, N_("Save as new"), "Control+Shift+S", N_("Save as another exercise, named as below"),
            save_as_new);
    editor->undo = put(editor, row, N_("Undo"), "Control+Z", N_("Take the last change back"), undo);
    editor->redo = put(editor, row, N_("Redo"), "Control+Shift+Z", N_("Make it again"), redo);
    editor->discard = put(editor, row, N_("Discard"), NULL, N_("Back to what was saved"), discard);
    return row;
}

/* How it stands, and the file. */
static GtkWidget *file_new(struct plumb_editor *editor)
{
    GtkWidget *row = plumb_box_new(GTK_ORIENTATION_HORIZONTAL, 8, "slim");
    editor->check = plumb_words_new(NULL, "quiet");
    g_object_set(editor->check, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
    gtk_widget_set_hexpand(editor->check, TRUE);
    gtk_box_append(GTK_BOX(row), editor->check);
    editor->revert =
        put(editor, row, NULL, NULL, N_("Your own is set aside and can be brought back"), revert);
    editor->try_it = put(
        editor, row, N_("Try it"), NULL, N_("Do it as saved, with the emulated patient and no clip"), try_it);
    return row;
}

GtkWidget *plumb_editor_actions_new(struct plumb_editor *editor)
{
    GtkWidget *box = plumb_box_new(GTK_ORIENTATION_VERTICAL, 8, NULL);
    editor->note = plumb_words_new(NULL, "told");
    g_object_set(editor->note, "accessible-role", GTK_ACCESSIBLE_ROLE_STATUS, NULL);
    gtk_widget_set_visible(editor->note, FALSE);
    gtk_box_append(GTK_BOX(box), edits_new(editor));
    gtk_box_append(GTK_BOX(box), editor->note);
    gtk_box_append(GTK_BOX(box), file_new(editor));
    return box;
}
