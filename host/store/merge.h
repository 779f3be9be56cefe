/* Another store's file taken in: a backup, or the store of another machine. */
#ifndef PLUMB_MERGE_H
#define PLUMB_MERGE_H

#include "store.h"

struct plumb_merge_done {
    int64_t of_n;             /* sessions of the other store */
    int64_t taken_n, there_n; /* so far: taken in; in this store already */
};

/* 1 where the file is a database of SQLite, as a store is; 0 where it is not or cannot be read. */
int plumb_store_is_file(const char *path);

/* Takes every session of the other store that is not in this one, each whole or not at all (carry.h); patient
 * as there. The other file is only read: it is copied into a folder for passing things first. tell (may be
 * NULL) is called after each; another return than 0 ends it early. 0, or negative with message; *done says
 * how far it came. */
int plumb_store_merge(
    struct plumb_store *store, const char *path, const char *patient,
    int (*tell)(void *context, const struct plumb_merge_done *done), void *context,
    struct plumb_merge_done *done, struct plumb_message *message);

#endif
