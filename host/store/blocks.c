#include "blocks.h"

#include <stdlib.h>
#include <string.h>

#include <plumb/payload.h>

#include "../io/message_fail.h"
#include "sql.h"

struct plumb_blocks {
    struct plumb_store *store; /* borrowed */
    int64_t session_id, seq;   /* seq: of the block that comes next */
    sqlite3_stmt *rows;        /* owned */
    struct plumb_unpack *unpack;
};

static const char sql[] = "SELECT seq, begun_host_us, ended_host_us, received_n, checksum, data FROM blocks "
                          "WHERE session_id = ? ORDER BY seq";

struct plumb_blocks *
plumb_blocks_open(struct plumb_store *store, int64_t session_id, int *fail, struct plumb_message *message)
{
    struct plumb_blocks *blocks = calloc(1, sizeof *blocks);
    *fail = 0;
    if (blocks) {
        *blocks =
            (struct plumb_blocks){.store = store, .session_id = session_id, .unpack = plumb_unpack_new()};
        blocks->rows = plumb_sql_prepare(store, message, sql, "i", session_id);
    }
    if (!blocks || !blocks->unpack)
        *fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    else if (!blocks->rows)
        *fail = plumb_sql_fail(store, message);
    if (!*fail)
        return blocks;
    plumb_blocks_close(blocks);
    return NULL;
}

void plumb_blocks_close(struct plumb_blocks *blocks)
{
    if (!blocks)
        return;
    sqlite3_finalize(blocks->rows);
    plumb_unpack_free(blocks->unpack);
    free(blocks);
}

/* Forgets the block that was being read. */
static void drop_block(struct plumb_blocks *blocks)
{
    struct plumb_item item;
    while (plumb_unpack_next(blocks->unpack, &item) > 0)
        continue;
}

int plumb_blocks_rewind(struct plumb_blocks *blocks, struct plumb_message *message)
{
    (void)message;
    sqlite3_reset(blocks->rows);
    blocks->seq = 0;
    drop_block(blocks);
    return 0;
}

static int damaged(const struct plumb_blocks *blocks, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s: session %lld, block %lld is missing or damaged", blocks->store->path,
        (long long)blocks->session_id, (long long)blocks->seq);
}

/* Opens the next block: 1, 0 behind the last one, or negative. */
static int next_block(struct plumb_blocks *blocks, struct plumb_message *message)
{
    sqlite3_stmt *row = blocks->rows;
    int more = plumb_sql_step(blocks->store, row, message);
    if (more <= 0)
        return more;
    struct plumb_block block = {
        .seq = sqlite3_column_int64(row, 0),
        .begun_us = sqlite3_column_int64(row, 1),
        .ended_us = sqlite3_column_int64(row, 2),
        .received_n = sqlite3_column_int64(row, 3),
        .checksum = sqlite3_column_int64(row, 4),
        .data = sqlite3_column_blob(row, 5),
        .data_n = (size_t)sqlite3_column_bytes(row, 5)};
    if (block.seq != blocks->seq || plumb_unpack_open(blocks->unpack, &block))
        return damaged(blocks, message);
    blocks->seq++;
    return 1;
}

int plumb_blocks_next(struct plumb_blocks *blocks, struct plumb_item *item, struct plumb_message *message)
{
    int more = plumb_unpack_next(blocks->unpack, item);
    while (!more && (more = next_block(blocks, message)) > 0)
        more = plumb_unpack_next(blocks->unpack, item);
    return more < 0 ? damaged(blocks, message) : more;
}

/* ---- devices */

static int take_device(sqlite3_stmt *row, struct plumb_stored_device *device, struct plumb_message *message)
{
    const uint8_t *hello = sqlite3_column_blob(row, 0);
    const char *calib = (const char *)sqlite3_column_text(row, 1);
    size_t n = calib ? (size_t)sqlite3_column_bytes(row, 1) : 0;
    int hello_n = sqlite3_column_bytes(row, 0);
    memset(device, 0, sizeof *device);
    plumb_calib_file_init(&device->calib);
    plumb_sql_text(row, 2, device->words, sizeof device->words);
    if (hello && (hello_n > PLUMB_PAYLOAD_N || plumb_get_hello(&device->hello, hello, (uint8_t)hello_n)))
        return plumb_message_fail(message, PLUMB_DAMAGED, "a device in the store is not understood");
    return n ? plumb_calib_read(&device->calib, "calibration in the store", calib, n, message) : 0;
}

int plumb_store_device(
    struct plumb_store *store, int64_t session_id, int64_t seq, struct plumb_stored_device *device,
    struct plumb_message *message)
{
    static const char device_sql[] = "SELECT d.hello, c.text, u.words FROM session_devices u "
                                     "LEFT JOIN devices d ON d.id = u.device_id "
                                     "LEFT JOIN calibrations c ON c.id = u.calibration_id "
                                     "WHERE u.session_id = ? AND u.seq = ?";
    sqlite3_stmt *row = plumb_sql_prepare(store, message, device_sql, "ii", session_id, seq);
    int found = row ? plumb_sql_step(store, row, message) : plumb_sql_fail(store, message);
    int fail = found > 0 ? take_device(row, device, message) : 0;
    sqlite3_finalize(row);
    return fail ? fail : found;
}
