/* A recorded session back as the stream it was: item after item, in the order in which they came, with memory
 * for one block. */
#ifndef PLUMB_BLOCKS_H
#define PLUMB_BLOCKS_H

#include "../io/load_calib.h"
#include "pack.h"
#include "store.h"

struct plumb_blocks; /* owned by who opened it; to be closed before the store is */

/* Begins with the first item. What is recorded afterwards may or may not come. NULL with *fail and message.
 */
struct plumb_blocks *
plumb_blocks_open(struct plumb_store *store, int64_t session_id, int *fail, struct plumb_message *message);

/* Goes back to the first item. 0 or negative. */
int plumb_blocks_rewind(struct plumb_blocks *blocks, struct plumb_message *message);

/* 1 and the next item (borrowed until the next call), 0 behind the last, negative with message: PLUMB_DAMAGED
 * where a block is missing or not what was written. */
int plumb_blocks_next(struct plumb_blocks *blocks, struct plumb_item *item, struct plumb_message *message);

void plumb_blocks_close(struct plumb_blocks *blocks);

/* What a DEVICE item names. */
struct plumb_stored_device {
    struct plumb_hello hello;      /* zeros where there was none */
    struct plumb_calib_file calib; /* nothing `present` where none was in use */
    char words[512];               /* the calibration for a person */
};

/* Row `seq` of a session's devices. 1, 0 where there is none, negative with message. */
int plumb_store_device(
    struct plumb_store *store, int64_t session_id, int64_t seq, struct plumb_stored_device *device,
    struct plumb_message *message);

#endif
