/* One exercise while it is edited: as it is kept, as it is now, what was before, and what the reader of the
 * files says to it. No widgets.
 */
#ifndef PLUMB_EDITOR_DRAFT_H
#define PLUMB_EDITOR_DRAFT_H

#include <glib.h>

#include "../../io/own_exercise.h"

struct plumb_draft {
    char id[48];
    struct plumb_exercise kept, now;
    struct plumb_own_exercise there; /* what there is in the folders */
    GQueue before, undone;           /* of struct plumb_exercise, the latest first; owned */
    gconstpointer field;             /* what was changed last ... */
    gint64 field_us;                 /* ... and when: typing is one change, not one a letter */
    int edited;                      /* `now` is not what is kept */
    int changed;             /* there is something to save: edited, or nowhere among the exercises yet */
    int damaged;             /* the user's own cannot be read: what Plumb brought along is there instead */
    char from[PLUMB_PATH_N]; /* the file that was opened, of somebody else's folder; empty: none */
    int recalled;            /* unfinished changes of an earlier time are back, and nothing was done since */
    int on_disk, to_disk;    /* unfinished changes are kept; what is kept is not what is now */
    char complaint[400];     /* what keeps it from being saved; empty: nothing */
};

/* Loads it, with the unfinished changes that there are of it; owned. NULL with message; a message too where
 * `damaged`. What still stands as Plumb brought it along is there in the window's language, as people know
 * it. */
struct plumb_draft *plumb_draft_new(const char *id, struct plumb_message *message);

/* Takes over what a file says that is none of the user's folder nor Plumb's: a change that can be undone, or,
 * where `draft` is NULL, a draft of its own that no list has; owned. */
struct plumb_draft *
plumb_draft_take_file(struct plumb_draft *draft, const struct plumb_exercise *exercise, const char *path);

/* 1 where no file among the exercises has that id. */
int plumb_draft_is_nowhere(const struct plumb_draft *draft);

/* Keeps on the disk what is unfinished, or takes away what was. 0 or negative with message; until then a
 * killed process loses what was done since. */
int plumb_draft_keep(struct plumb_draft *draft, struct plumb_message *message);

/* A GDestroyNotify. */
void plumb_draft_free(gpointer draft);

/* Comes before every change of `now`: what is there can be had back. Changes of one field (any pointer; NULL:
 * none) in quick succession are one. plumb_draft_check comes behind. */
void plumb_draft_begin(struct plumb_draft *draft, gconstpointer field);

/* Sets `changed` and `complaint`. */
void plumb_draft_check(struct plumb_draft *draft);

/* 1 where there was something. */
int plumb_draft_undo(struct plumb_draft *draft);
int plumb_draft_redo(struct plumb_draft *draft);

/* Back to what is kept; can be undone. */
void plumb_draft_discard(struct plumb_draft *draft);

/* Writes it into the user's folder. 0 or negative with message. */
int plumb_draft_save(struct plumb_draft *draft, struct plumb_message *message);

/* Gives it a name and an id that no other exercise has, writes it, and leaves this one as it is kept. The new
 * id goes to `id`. */
int plumb_draft_save_as_new(struct plumb_draft *draft, char id[48], struct plumb_message *message);

/* Sets the user's own aside, or takes it back; what is then in force is loaded. */
int plumb_draft_set_aside(struct plumb_draft *draft, struct plumb_message *message);
int plumb_draft_take_back(struct plumb_draft *draft, struct plumb_message *message);

#endif
