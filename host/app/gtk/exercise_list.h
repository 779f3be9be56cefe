/* The exercises that can be chosen, judged ones first, by id: those that Plumb brought along, the user's own,
 * and of one id the user's own alone. */
#ifndef PLUMB_EXERCISE_LIST_H
#define PLUMB_EXERCISE_LIST_H

#include <gtk/gtk.h>

struct plumb_exercise_list {
    GPtrArray *ids, *names; /* owned, with their texts */
};

void plumb_exercise_list_load(struct plumb_exercise_list *list);
void plumb_exercise_list_free(struct plumb_exercise_list *list);

/* An exercise in a file of its own, put first: its path is its id. */
void plumb_exercise_list_add_file(struct plumb_exercise_list *list, const char *path);

/* Its place, 0 where it is not there. */
guint plumb_exercise_list_find(const struct plumb_exercise_list *list, const char *id);

#endif
