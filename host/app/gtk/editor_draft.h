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
    int changed;                     /* `now` is not what is kept */
    int damaged;         /* the user's own cannot be read: what Plumb brought along is there instead */
    char complaint[400]; /* what keeps it from being saved; empty: nothing */
};

/* Loads it; owned. NULL with message; a message too where `damaged`. What still stands as Plumb brought it
 * along is there in the window's language, as people know it. */
struct plumb_draft *plumb_draft_new(const char *id, struct plumb_message *message);

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
