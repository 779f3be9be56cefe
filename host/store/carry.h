/* A session carried from store to store, row by row: what was kept of it, told by what it says and without
 * the numbers that a store gives (session/kept.h). What was derived is not carried: it is found again.
 */
#ifndef PLUMB_CARRY_H
#define PLUMB_CARRY_H

#include "store.h"

/* Gives the dossier the rows that were kept of its session (plumb_store_dossier has done so). 0 or negative;
 * the store stays open as long as the dossier is used. */
int plumb_store_kept(
    struct plumb_store *store, int64_t session_id, struct plumb_dossier *dossier,
    struct plumb_message *message);

/* Taking a session in: one transaction from begin to end, so that a session is there whole or not at all. */
struct plumb_take; /* owned by who began it, until end or drop */

/* patient: under whom, by alias, made where there is none; NULL: as the rows say, under the patient of that
 * uuid or of the same alias and code where there is one. NULL with *fail and message. */
struct plumb_take *
plumb_take_begin(struct plumb_store *store, const char *patient, int *fail, struct plumb_message *message);

/* The next row, in the order in which they were given. 0, or PLUMB_DAMAGED with message where it does not
 * fit: a table or field that is unknown or missing, a value out of its range, a block whose checksum is
 * wrong. */
int plumb_take_row(struct plumb_take *take, const struct plumb_kept *row, struct plumb_message *message);

/* Commits: the session's id, or negative with message; `take` is gone. *was_there: 1 where a session of that
 * uuid was in the store already; then nothing is changed and its id is given. */
int64_t plumb_take_end(struct plumb_take *take, int *was_there, struct plumb_message *message);

/* Gives up; nothing is changed. NULL is allowed. */
void plumb_take_drop(struct plumb_take *take);

#endif
