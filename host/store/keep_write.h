/* The writer's side of a recording: entries in, rows of the store out, a batch a transaction. Used by one
 * thread. */
#ifndef PLUMB_KEEP_WRITE_H
#define PLUMB_KEEP_WRITE_H

#include "keep_queue.h"
#include "pack.h"
#include "sql.h"

/* How far it is: taken back where a batch fails. */
struct plumb_keep_at {
    int64_t block_seq, mark_seq, device_seq;
    unsigned roles; /* columns of the rows so far */
};

struct plumb_keep_writer {
    struct plumb_store *store; /* owned */
    int64_t session_id;
    struct plumb_pack *pack; /* owned */
    struct plumb_keep_at at;
    sqlite3_stmt *add_block, *add_mark; /* owned */
};

/* The store (which becomes the writer's in any case) and the session, that is there already. 0 or negative.
 */
int plumb_keep_writer_init(
    struct plumb_keep_writer *writer, struct plumb_store *store, int64_t session_id,
    struct plumb_message *message);

void plumb_keep_writer_free(struct plumb_keep_writer *writer);

/* Commits all entries of the queue in one transaction, and with them the end where `how` is not NULL. 0 or
 * negative: then nothing of it is in the store, and the same batch may be tried again. */
int plumb_keep_writer_batch(
    struct plumb_keep_writer *writer, const struct plumb_keep_queue *queue, const char *how,
    struct plumb_message *message);

#endif
