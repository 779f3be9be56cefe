/* The rows of a stored session: samples read back from the recorded bytes beside what was derived of them,
 * with memory for one block of each. */
#ifndef PLUMB_STORED_ROWS_H
#define PLUMB_STORED_ROWS_H

#include "store.h"

/* Gives the dossier (its id, roles and rows_n are there) its rows. 0 or negative; the store stays open as
 * long as the dossier is used. */
int plumb_stored_rows_give(
    struct plumb_store *store, struct plumb_dossier *dossier, struct plumb_message *message);

#endif
