#include "exercise_list.h"

#include "../../io/find_data.h"
#include "../../io/load_exercise.h"
#include "language.h"

#define ENDING  ".exercise"
#define EXAMPLE "example"

struct found {
    char *id, *name;
    int judged;
};

static int has_found(const GArray *found, const char *id)
{
    for (guint i = 0; i < found->len; i++)
        if (g_str_equal(g_array_index(found, struct found, i).id, id))
            return 1;
    return 0;
}

/* One file; what cannot be read is left out here: `plumb exercises check` says why. */
static void add(GArray *all, const char *folder, const char *name)
{
    struct plumb_message message;
    struct plumb_exercise exercise;
    char *path = g_build_filename(folder, name, NULL);
    if (!plumb_exercise_load(&exercise, path, &message) && !has_found(all, exercise.id)) {
        plumb_language_exercise(&exercise, plumb_language_words());
        struct found found = {g_strdup(exercise.id), g_strdup(exercise.name), exercise.judged};
        g_array_append_val(all, found);
    }
    g_free(path);
}

static void add_folder(GArray *all, const char *folder)
{
    GDir *dir = g_dir_open(folder, 0, NULL);
    const char *name;
    while (dir && (name = g_dir_read_name(dir)))
        if (g_str_has_suffix(name, ENDING) && !g_str_has_prefix(name, EXAMPLE))
            add(all, folder, name);
    if (dir)
        g_dir_close(dir);
}

static int judged_first(gconstpointer a, gconstpointer b)
{
    const struct found *one = a, *other = b;
    return one->judged != other->judged ? other->judged - one->judged : g_strcmp0(one->id, other->id);
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

void plumb_exercise_list_load(struct plumb_exercise_list *list)
{
    char folder[PLUMB_PATH_N];
    GArray *all = g_array_new(FALSE, FALSE, sizeof(struct found));
    list->ids = g_ptr_array_new_with_free_func(g_free);
    list->names = g_ptr_array_new_with_free_func(g_free);
    for (int which = 0; plumb_data_folder("exercises", which, folder) == 0; which++)
        add_folder(all, folder);
    g_array_sort(all, judged_first);
    for (guint i = 0; i < all->len; i++) {
        g_ptr_array_add(list->ids, g_array_index(all, struct found, i).id);
        g_ptr_array_add(list->names, g_array_index(all, struct found, i).name);
    }
    g_array_unref(all);
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
