/* What a program that died has left half recorded: closed as "recovered", with what was committed. */
#ifndef PLUMB_RECOVER_H
#define PLUMB_RECOVER_H

#include "sql.h"

/* Opens without looking for what was left: for who is about to record. *store is NULL where it fails. */
int plumb_store_connect(struct plumb_store **store, const char *path, struct plumb_message *message);

/* Closes every recording that no living process holds. 0 or negative; the message tells what was recovered
 * and stays empty where nothing was. */
int plumb_recover(struct plumb_store *store, struct plumb_message *message);

/* Writes down the end of a session, once. In a transaction of the caller's. duration: to its last block. */
int plumb_session_end(
    struct plumb_store *store, int64_t session_id, const char *how, struct plumb_message *message);

#endif
