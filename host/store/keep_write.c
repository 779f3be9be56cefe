#include "keep_write.h"

#include <string.h>

#include "../io/message_fail.h"
#include "keep_device.h"
#include "keep_row.h"
#include "recover.h"

static const char add_block[] =
    "INSERT INTO blocks (session_id, seq, begun_host_us, ended_host_us, received_n, checksum, data) "
    "VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)";
static const char add_mark[] = "INSERT INTO markers (session_id, seq, t_s, text) VALUES (?1, ?2, ?3, ?4)";

int plumb_keep_writer_init(
    struct plumb_keep_writer *writer, struct plumb_store *store, int64_t session_id,
    struct plumb_message *message)
{
    *writer = (struct plumb_keep_writer){.store = store, .session_id = session_id, .pack = plumb_pack_new()};
    if (!writer->pack)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    writer->add_block = plumb_sql_prepare(store, message, add_block, "");
    writer->add_mark = plumb_sql_prepare(store, message, add_mark, "");
    return writer->add_block && writer->add_mark ? 0 : plumb_sql_fail(store, message);
}

void plumb_keep_writer_free(struct plumb_keep_writer *writer)
{
    sqlite3_finalize(writer->add_block);
    sqlite3_finalize(writer->add_mark);
    plumb_pack_free(writer->pack);
    plumb_store_close(writer->store);
    *writer = (struct plumb_keep_writer){0};
}

/* Runs a statement whose values are bound, and readies it for the next ones. */
static int run(struct plumb_keep_writer *writer, sqlite3_stmt *statement, struct plumb_message *message)
{
    int done = plumb_sql_step(writer->store, statement, message);
    sqlite3_reset(statement);
    return done < 0 ? done : 0;
}

static int close_block(struct plumb_keep_writer *writer, struct plumb_message *message)
{
    struct plumb_block block;
    sqlite3_stmt *add = writer->add_block;
    if (plumb_pack_is_empty(writer->pack))
        return 0;
    if (plumb_pack_close(writer->pack, writer->at.block_seq, &block))
        return plumb_message_fail(message, PLUMB_FAILED, "a block of the recording cannot be compressed");
    writer->at.block_seq++;
    sqlite3_bind_int64(add, 1, writer->session_id);
    sqlite3_bind_int64(add, 2, block.seq);
    sqlite3_bind_int64(add, 3, block.begun_us);
    sqlite3_bind_int64(add, 4, block.ended_us);
    sqlite3_bind_int64(add, 5, block.received_n);
    sqlite3_bind_int64(add, 6, block.checksum);
    sqlite3_bind_blob64(add, 7, block.data, block.data_n, SQLITE_STATIC);
    int fail = run(writer, add, message);
    sqlite3_bind_null(add, 7);
    return fail;
}

static int put(struct plumb_keep_writer *writer, const struct plumb_item *item, struct plumb_message *message)
{
    int fail = plumb_pack_takes(writer->pack, item) ? 0 : close_block(writer, message);
    if (!fail)
        plumb_pack_add(writer->pack, item);
    return fail;
}

/* ---- one entry */

static int put_bytes(
    struct plumb_keep_writer *writer, enum plumb_item_kind kind, const struct plumb_keep_entry *entry,
    struct plumb_message *message)
{
    int fail = 0;
    for (size_t at = 0; at < entry->n && !fail; at += PLUMB_BLOCK_ITEM_N) {
        size_t left = entry->n - at;
        struct plumb_item item = {
            kind, entry->host_us, entry->bytes + at, left < PLUMB_BLOCK_ITEM_N ? left : PLUMB_BLOCK_ITEM_N};
        fail = put(writer, &item, message);
    }
    return fail;
}

static int put_line(
    struct plumb_keep_writer *writer, enum plumb_item_kind kind, const struct plumb_keep_entry *entry,
    struct plumb_message *message)
{
    if (entry->n > PLUMB_BLOCK_ITEM_N)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "a line of %zu bytes is longer than the store takes (%d)", entry->n,
            PLUMB_BLOCK_ITEM_N);
    struct plumb_item item = {kind, entry->host_us, entry->bytes, entry->n};
    return put(writer, &item, message);
}

static int put_text(
    struct plumb_keep_writer *writer, enum plumb_item_kind kind, int64_t host_us, const char *text, size_t n,
    struct plumb_message *message)
{
    struct plumb_item item = {kind, host_us, (const uint8_t *)text, n};
    return put(writer, &item, message);
}

static int put_sample(
    struct plumb_keep_writer *writer, const struct plumb_keep_entry *entry, struct plumb_message *message)
{
    struct plumb_sample sample;
    struct plumb_csv_row row;
    int fail = 0;
    memcpy(&sample, entry->bytes, sizeof sample);
    if (sample.present & ~writer->at.roles) {
        writer->at.roles |= sample.present;
        plumb_keep_row_header(&row, writer->at.roles);
        fail = put_text(writer, PLUMB_ITEM_HEADER, entry->host_us, row.text, row.n, message);
    }
    uint8_t flags = (uint8_t)sample.flags;
    struct plumb_item odd = {PLUMB_ITEM_FLAGS, entry->host_us, &flags, 1};
    if (!fail && flags)
        fail = put(writer, &odd, message);
    plumb_keep_row(&row, writer->at.roles, &sample);
    return fail ? fail : put_text(writer, PLUMB_ITEM_ROW, entry->host_us, row.text, row.n, message);
}

static int put_mark(
    struct plumb_keep_writer *writer, const struct plumb_keep_entry *entry, struct plumb_message *message)
{
    sqlite3_bind_int64(writer->add_mark, 1, writer->session_id);
    sqlite3_bind_int64(writer->add_mark, 2, writer->at.mark_seq++);
    sqlite3_bind_double(writer->add_mark, 3, entry->t_s);
    sqlite3_bind_text(writer->add_mark, 4, (const char *)entry->bytes, (int)entry->n, SQLITE_STATIC);
    int fail = run(writer, writer->add_mark, message);
    sqlite3_bind_null(writer->add_mark, 4);
    return fail;
}

static int put_device(
    struct plumb_keep_writer *writer, const struct plumb_keep_entry *entry, struct plumb_message *message)
{
    uint16_t seq = (uint16_t)writer->at.device_seq;
    uint8_t bytes[2] = {(uint8_t)seq, (uint8_t)(seq >> 8)};
    struct plumb_item item = {PLUMB_ITEM_DEVICE, entry->host_us, bytes, sizeof bytes};
    if (writer->at.device_seq > UINT16_MAX)
        return 0; /* beyond any session: what was in use stays in use */
    int fail = plumb_keep_device_write(writer->store, writer->session_id, seq, entry->bytes, message);
    writer->at.device_seq++;
    return fail ? fail : put(writer, &item, message);
}

static int write_entry(
    struct plumb_keep_writer *writer, const struct plumb_keep_entry *entry, struct plumb_message *message)
{
    struct plumb_item restart = {PLUMB_ITEM_RESTART, entry->host_us, NULL, 0};
    switch (entry->what) {
    case PLUMB_KEEP_BYTES:
        return put_bytes(writer, PLUMB_ITEM_BYTES, entry, message);
    case PLUMB_KEEP_SAMPLE:
        return put_sample(writer, entry, message);
    case PLUMB_KEEP_HEADER:
        return put_line(writer, PLUMB_ITEM_HEADER, entry, message);
    case PLUMB_KEEP_ROW:
        return put_line(writer, PLUMB_ITEM_ROW, entry, message);
    case PLUMB_KEEP_MARK:
        return put_mark(writer, entry, message);
    case PLUMB_KEEP_DEVICE:
        return put_device(writer, entry, message);
    default:
        return put(writer, &restart, message);
    }
}

int plumb_keep_writer_batch(
    struct plumb_keep_writer *writer, const struct plumb_keep_queue *queue, const char *how,
    struct plumb_message *message)
{
    struct plumb_keep_at before = writer->at;
    struct plumb_keep_entry entry;
    size_t at = 0;
    int fail = plumb_sql_begin(writer->store, message);
    if (fail)
        return fail;
    while (!fail && plumb_keep_queue_next(queue, &at, &entry))
        fail = write_entry(writer, &entry, message);
    if (!fail)
        fail = close_block(writer, message);
    if (!fail && how)
        fail = plumb_session_end(writer->store, writer->session_id, how, message);
    fail = plumb_sql_end(writer->store, fail, message);
    if (fail) {
        writer->at = before;
        plumb_pack_drop(writer->pack);
    }
    return fail;
}
