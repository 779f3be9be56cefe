#include "exercise_list.h"

#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "language.h"

#define ENDING  ".exercise"
#define EXAMPLE "example"

static int has(const struct plumb_exercise_list *list, const char *id)
{
    for (guint i = 0; i < list->ids->len; i++)
        if (g_str_equal(list->ids->pdata[i], id))
            return 1;
    return 0;
}

/* One file; what cannot be read is left out here: `plumb exercises check` says why. Judged ones come first.
 */
static void add(struct plumb_exercise_list *list, const char *folder, const char *name)
{
    struct plumb_message message;
    struct plumb_exercise exercise;
    char *path = g_build_filename(folder, name, NULL);
    if (!plumb_exercise_load(&exercise, path, &message) && !has(list, exercise.id)) {
        plumb_language_exercise(&exercise, plumb_language_words());
        g_ptr_array_insert(list->ids, exercise.judged ? 0 : -1, g_strdup(exercise.id));
        g_ptr_array_insert(list->names, exercise.judged ? 0 : -1, g_strdup(exercise.name));
    }
    g_free(path);
}

void plumb_exercise_list_add_file(struct plumb_exercise_list *list, const char *path)
{
    struct plumb_message message;
    struct plumb_exercise exercise;
    if (plumb_exercise_load(&exercise, path, &message))
        return;
    plumb_language_exercise(&exercise, plumb_language_words());
    g_ptr_array_insert(list->ids, 0, g_strdup(path));
    g_ptr_array_insert(list->names, 0, g_strdup(exercise.name));
}

static int by_name_down(gconstpointer a, gconstpointer b)
{
    return -g_strcmp0(*(const char *const *)a, *(const char *const *)b);
}

static void add_folder(struct plumb_exercise_list *list, const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    GPtrArray *names = g_ptr_array_new_with_free_func(g_free);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (g_str_has_suffix(name, ENDING) && !g_str_has_prefix(name, EXAMPLE))
            g_ptr_array_add(names, g_strdup(name));
    g_ptr_array_sort(names, by_name_down);
    for (guint i = 0; i < names->len; i++)
        add(list, folder, names->pdata[i]);
    g_ptr_array_unref(names);
    if (dir)
        g_dir_close(dir);
}

void plumb_exercise_list_load(struct plumb_exercise_list *list)
{
    char folder[PLUMB_PATH_N];
    list->ids = g_ptr_array_new_with_free_func(g_free);
    list->names = g_ptr_array_new_with_free_func(g_free);
    for (int which = 0; plumb_data_folder("exercises", which, folder) == 0; which++)
        add_folder(list, folder);
    g_ptr_array_add(list->names, NULL);
}

void plumb_exercise_list_free(struct plumb_exercise_list *list)
{
    g_ptr_array_unref(list->ids);
    g_ptr_array_unref(list->names);
}

guint plumb_exercise_list_find(const struct plumb_exercise_list *list, const char *id)
{
    for (guint i = 0; i < list->ids->len; i++)
        if (g_str_equal(list->ids->pdata[i], id))
            return i;
    return 0;
}
