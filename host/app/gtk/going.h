/* Deleting a session, with time to take it back: it is no longer shown at once, and really gone (overwritten,
 * the store's file written anew) when the toast with its Undo has passed. A program that dies before that has
 * deleted nothing.
 */
#ifndef PLUMB_GOING_H
#define PLUMB_GOING_H

#include "app.h"

/* Takes the session from the lists, and offers to undo that. */
void plumb_going_begin(struct plumb_app *app, int64_t session_id);

/* 1 where it is deleted, unless that is undone yet. */
int plumb_going_is(const struct plumb_app *app, int64_t session_id);

/* The window goes: no undo is possible any more. The program ends when all is deleted. */
void plumb_going_finish(struct plumb_app *app);

#endif
