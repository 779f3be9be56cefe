#include "stored.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "../session/session.h"
#include "blocks.h"
#include "keep_row.h"
#include "sql.h"

#define MARKER_N 2100 /* "note:" and the longest note that a recording keeps */
#define SIDE     "side:"

struct plumb_stored {
    struct plumb_store *store; /* borrowed */
    int64_t session_id;
    struct plumb_blocks *blocks;   /* owned, as is all below */
    struct plumb_session *session; /* only its link, clock and calibration are used */
    struct plumb_item item;        /* what is left of the bytes being read */
    struct plumb_columns columns;  /* of rows */
    unsigned row_flags;
    double last_t_s;
    size_t rows_n; /* that were given */
    sqlite3_stmt *marks;
    int mark_waits; /* 1: the statement stands on a mark whose row has not come yet */
    double mark_t_s;
    char marker[MARKER_N];
};

/* ---- marks */

static const char marks_sql[] = "SELECT t_s, text FROM markers WHERE session_id = ? "
                                "AND substr(text, 1, 5) <> '" SIDE "' ORDER BY t_s, seq";

static int next_mark(struct plumb_stored *stored, struct plumb_message *message)
{
    stored->mark_waits = plumb_sql_step(stored->store, stored->marks, message);
    if (stored->mark_waits > 0)
        stored->mark_t_s = sqlite3_column_double(stored->marks, 0);
    return stored->mark_waits < 0 ? stored->mark_waits : 0;
}

/* A row has one marker: one that waits behind another comes on the next row. */
static int take_mark(struct plumb_stored *stored, struct plumb_stored_row *row, struct plumb_message *message)
{
    row->marker = NULL;
    if (stored->mark_waits <= 0 || !(stored->mark_t_s <= row->sample.t_s))
        return 0;
    plumb_sql_text(stored->marks, 1, stored->marker, sizeof stored->marker);
    row->marker = stored->marker;
    return next_mark(stored, message);
}

/* ---- opening */

static void begin_session(struct plumb_stored *stored)
{
    struct plumb_session_params params;
    plumb_session_params_default(&params);
    params.only_samples = 1;
    plumb_session_init(stored->session, &params);
    stored->item.n = 0;
    stored->last_t_s = -INFINITY;
    stored->columns.n = 0;
    stored->row_flags = 0;
    stored->rows_n = 0;
}

static int open_all(struct plumb_stored *stored, struct plumb_message *message)
{
    int fail = 0;
    stored->session = malloc(sizeof *stored->session);
    if (!stored->session)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    stored->blocks = plumb_blocks_open(stored->store, stored->session_id, &fail, message);
    stored->marks = plumb_sql_prepare(stored->store, message, marks_sql, "i", stored->session_id);
    if (!fail && !stored->marks)
        fail = plumb_sql_fail(stored->store, message);
    begin_session(stored);
    return fail ? fail : next_mark(stored, message);
}

struct plumb_stored *
plumb_stored_open(struct plumb_store *store, int64_t session_id, int *fail, struct plumb_message *message)
{
    struct plumb_stored *stored = calloc(1, sizeof *stored);
    if (!stored) {
        *fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
        return NULL;
    }
    stored->store = store;
    stored->session_id = session_id;
    *fail = open_all(stored, message);
    if (!*fail)
        return stored;
    plumb_stored_close(stored);
    return NULL;
}

void plumb_stored_close(struct plumb_stored *stored)
{
    if (!stored)
        return;
    sqlite3_finalize(stored->marks);
    plumb_blocks_close(stored->blocks);
    free(stored->session);
    free(stored);
}

int plumb_stored_rewind(struct plumb_stored *stored, struct plumb_message *message)
{
    begin_session(stored);
    sqlite3_reset(stored->marks);
    int fail = plumb_blocks_rewind(stored->blocks, message);
    return fail ? fail : next_mark(stored, message);
}

const struct plumb_link_counters *plumb_stored_counters(const struct plumb_stored *stored)
{
    return &stored->session->link.counters;
}

/* ---- from item to row */

static int take_device(struct plumb_stored *stored, struct plumb_message *message)
{
    struct plumb_stored_device device;
    const uint8_t *bytes = stored->item.bytes;
    if (stored->item.n < 2)
        return 0;
    int64_t seq = bytes[0] | bytes[1] << 8;
    int found = plumb_store_device(stored->store, stored->session_id, seq, &device, message);
    for (int imu = 0; imu < PLUMB_WIRE_IMUS_N && found > 0; imu++)
        stored->session->params.calib[imu] = device.calib.imu[imu];
    return found < 0 ? found : 0;
}

static void restart(struct plumb_stored *stored)
{
    stored->session->have_hello = 0;
    plumb_session_restart(stored->session);
}

/* Reads on in the bytes up to the next sample: 1 with one, 0 where they are used up. */
static int take_bytes(struct plumb_stored *stored, struct plumb_sample *sample)
{
    struct plumb_item *item = &stored->item;
    struct plumb_event event;
    int found = 0;
    while (item->n && !found) {
        size_t used = plumb_session_bytes(stored->session, item->host_us, item->bytes, item->n);
        item->bytes += used;
        item->n -= used;
        while (plumb_session_next(stored->session, &event))
            if (event.kind == PLUMB_EVENT_SAMPLE) {
                *sample = event.row.sample;
                found = 1;
            }
    }
    return found;
}

static int bad_row(const struct plumb_stored *stored, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_DAMAGED, "%s: session %lld holds a row that is not one",
        plumb_store_path(stored->store), (long long)stored->session_id);
}

static int take_header(struct plumb_stored *stored, struct plumb_message *message)
{
    return plumb_columns_read(
        &stored->columns, plumb_store_path(stored->store), (const char *)stored->item.bytes, stored->item.n,
        message);
}

/* 1 with a sample; 0 for a row whose time does not rise. */
static int take_row(struct plumb_stored *stored, struct plumb_sample *sample, struct plumb_message *message)
{
    const char *text = (const char *)stored->item.bytes;
    if (!stored->columns.n || plumb_keep_row_read(&stored->columns, text, stored->item.n, sample))
        return bad_row(stored, message);
    sample->flags = stored->row_flags;
    stored->row_flags = 0;
    if (!(sample->t_s > stored->last_t_s))
        return 0;
    stored->last_t_s = sample->t_s;
    return 1;
}

static int take_item(struct plumb_stored *stored, struct plumb_sample *sample, struct plumb_message *message)
{
    switch (stored->item.kind) {
    case PLUMB_ITEM_BYTES:
        return take_bytes(stored, sample);
    case PLUMB_ITEM_HEADER:
        return take_header(stored, message);
    case PLUMB_ITEM_ROW:
        return take_row(stored, sample, message);
    case PLUMB_ITEM_FLAGS:
        stored->row_flags = stored->item.n ? stored->item.bytes[0] : 0;
        return 0;
    case PLUMB_ITEM_DEVICE:
        return take_device(stored, message);
    default:
        restart(stored);
        return 0;
    }
}

int plumb_stored_next(
    struct plumb_stored *stored, struct plumb_stored_row *row, struct plumb_message *message)
{
    int is_bytes = stored->item.kind == PLUMB_ITEM_BYTES && stored->item.n;
    int found = is_bytes ? take_bytes(stored, &row->sample) : 0;
    int more = 1;
    while (!found && (more = plumb_blocks_next(stored->blocks, &stored->item, message)) > 0)
        found = take_item(stored, &row->sample, message);
    if (more <= 0 || found < 0)
        return found < 0 ? found : more;
    int fail = take_mark(stored, row, message);
    if (!fail && stored->rows_n++ % PLUMB_WANTED_ROWS == 0)
        fail = plumb_store_given_up(stored->store, message);
    return fail ? fail : 1;
}
