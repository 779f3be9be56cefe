/* The user's own exercises: files in their folder (XDG_DATA_HOME/plumb/exercises). One of an id that Plumb
 * brought along hides that one. None is ever deleted: it is set aside and can be taken back.
 */
#ifndef PLUMB_OWN_EXERCISE_H
#define PLUMB_OWN_EXERCISE_H

#include "../core/exercise.h"
#include "../core/message.h"
#include "find_data.h"

#define PLUMB_EXERCISE_ENDING ".exercise"
#define PLUMB_EXERCISE_ASIDE  ".exercise.aside"
#define PLUMB_EXERCISE_DRAFT  ".exercise.draft"

/* What there is under an id; each 0 or 1. */
struct plumb_own_exercise {
    int own, shipped;
    int aside; /* one of the user's that was set aside */
};

void plumb_own_exercise_look(const char *id, struct plumb_own_exercise *there);

/* Paths of the user's file and of the one set aside, of the one that Plumb brought along; -1 where the id or
 * the folders make none. */
int plumb_own_exercise_path(const char *id, const char *ending, char path[PLUMB_PATH_N]);
int plumb_shipped_exercise_path(const char *id, char path[PLUMB_PATH_N]);

/* The file that is edited under that id: the user's own where it can be read, else what Plumb brought along;
 * -1 where there is none. */
int plumb_own_exercise_edited(const char *id, char path[PLUMB_PATH_N]);

/* 1 where that is this file. */
int plumb_own_exercise_is(const char *id, const char *path);

/* Writes it under its id into the user's folder, with the comments and the order of the file at `like` (NULL:
 * none), the one it was made from. */
int plumb_own_exercise_save(
    const struct plumb_exercise *exercise, const char *like, struct plumb_message *message);

/* What somebody is at work on, kept beside the exercises until it is saved or given up: one for each id,
 * readable by its owner alone, whatever is still wrong with it. Recall: 1, 0 where there is none, negative
 * where it cannot be read. */
int plumb_own_exercise_keep(const struct plumb_exercise *exercise, struct plumb_message *message);
int plumb_own_exercise_recall(const char *id, struct plumb_exercise *exercise, struct plumb_message *message);
void plumb_own_exercise_forget(const char *id);

/* Puts the user's file aside, over an older one that was: what Plumb brought along is seen again. */
int plumb_own_exercise_set_aside(const char *id, struct plumb_message *message);

/* Takes back what was set aside. PLUMB_USAGE where there is one of the user's own by now. */
int plumb_own_exercise_take_back(const char *id, struct plumb_message *message);

/* An id that no exercise has, made of a name: small letters, digits, dashes. -1 where a hundred are alike. */
int plumb_own_exercise_new_id(const char *name, char id[48]);

#endif
