/* Unfinished changes outlive the program: they are kept a moment after each, and are there again when the
 * editor is. */
#include <string.h>
#include <sys/stat.h>

#include "../../io/load_exercise.h"
#include "editor.h"
#include "language.h"

#define LATER_S 1 /* what a killed process may lose */

/* ---- keeping */

void plumb_editor_keep(struct plumb_editor *editor)
{
    GHashTableIter drafts;
    gpointer draft;
    g_hash_table_iter_init(&drafts, editor->drafts);
    while (g_hash_table_iter_next(&drafts, NULL, &draft)) {
        struct plumb_message message = {""};
        int fail = plumb_draft_keep(draft, &message);
        if (fail && fail != PLUMB_USAGE) /* a text that no file holds: the form says so already */
            plumb_app_toast(editor->app, plumb_language_message(&message), NULL, PLUMB_WISHES_N);
    }
}

static gboolean keep_now(gpointer data)
{
    struct plumb_editor *editor = data;
    editor->keeping = 0;
    plumb_editor_keep(editor);
    return G_SOURCE_REMOVE;
}

void plumb_editor_keep_later(struct plumb_editor *editor)
{
    if (editor->draft->to_disk && !editor->keeping)
        editor->keeping = g_timeout_add_seconds(LATER_S, keep_now, editor);
}

/* ---- having back */

static gint64 kept_s(const char *id)
{
    char path[PLUMB_PATH_N];
    struct stat file;
    return plumb_own_exercise_path(id, PLUMB_EXERCISE_DRAFT, path) || stat(path, &file)
               ? 0
               : (gint64)file.st_mtim.tv_sec;
}

char *plumb_editor_recall(struct plumb_editor *editor)
{
    char folder[PLUMB_PATH_N], *last = NULL;
    const char *name;
    GDir *dir = plumb_data_folder("exercises", 0, folder) ? NULL : g_dir_open(folder, 0, NULL);
    while (dir && (name = g_dir_read_name(dir))) {
        if (!g_str_has_suffix(name, PLUMB_EXERCISE_DRAFT))
            continue;
        char *id = g_strndup(name, strlen(name) - strlen(PLUMB_EXERCISE_DRAFT));
        struct plumb_draft *draft = plumb_editor_draft(editor, id);
        int later = draft && draft->changed && (!last || kept_s(id) >= kept_s(last));
        g_free(later ? last : id);
        last = later ? id : last;
    }
    if (dir)
        g_dir_close(dir);
    return last;
}

/* ---- files from elsewhere */

/* An id that no folder can have becomes one of the name. */
static void set_id(struct plumb_exercise *exercise)
{
    char id[sizeof exercise->id];
    if (!plumb_data_is_id(exercise->id) && plumb_own_exercise_new_id(exercise->name, id) == 0)
        memcpy(exercise->id, id, sizeof id);
}

static struct plumb_draft *known(struct plumb_editor *editor, const char *id)
{
    struct plumb_own_exercise there;
    struct plumb_draft *draft = g_hash_table_lookup(editor->drafts, id);
    plumb_own_exercise_look(id, &there);
    return draft || there.own || there.shipped || there.aside ? plumb_editor_draft(editor, id) : NULL;
}

void plumb_editor_open_file(struct plumb_editor *editor, const char *path)
{
    struct plumb_exercise exercise;
    struct plumb_message message = {""};
    if (plumb_exercise_load(&exercise, path, &message)) {
        plumb_app_toast(editor->app, plumb_language_message(&message), NULL, PLUMB_WISHES_N);
        return;
    }
    set_id(&exercise);
    struct plumb_draft *before = known(editor, exercise.id);
    plumb_language_exercise(&exercise, plumb_language_words());
    struct plumb_draft *draft = plumb_draft_take_file(before, &exercise, path);
    if (!before)
        g_hash_table_insert(editor->drafts, draft->id, draft);
    plumb_editor_open(editor, draft->id);
}
