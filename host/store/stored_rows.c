#include "stored_rows.h"

#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "derived_rows.h"
#include "sql.h"
#include "stored.h"

struct rows {
    struct plumb_store *store; /* borrowed */
    int64_t session_id;
    struct plumb_stored *stored; /* owned, as is all below */
    sqlite3_stmt *blocks;
    struct plumb_derived_rows *derived;
    size_t at, n; /* the next row of the derived block, and how many it has */
};

static int rewind_rows(void *self, struct plumb_message *message)
{
    struct rows *rows = self;
    rows->at = rows->n = 0;
    sqlite3_reset(rows->blocks);
    return plumb_stored_rewind(rows->stored, message);
}

static int apart(const struct rows *rows, struct plumb_message *message)
{
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s: what was derived of session %lld does not fit its recording (plumb sessions rebuild --all makes "
        "it anew)",
        plumb_store_path(rows->store), (long long)rows->session_id);
}

static int next_block(struct rows *rows, struct plumb_message *message)
{
    int more = plumb_sql_step(rows->store, rows->blocks, message);
    if (more <= 0)
        return more ? more : apart(rows, message);
    rows->n = (size_t)sqlite3_column_int64(rows->blocks, 0);
    rows->at = 0;
    const uint8_t *data = sqlite3_column_blob(rows->blocks, 1);
    size_t data_n = (size_t)sqlite3_column_bytes(rows->blocks, 1);
    return rows->n && !plumb_derived_rows_open(rows->derived, data, data_n, rows->n) ? 0
                                                                                     : apart(rows, message);
}

static void put_derived(struct rows *rows, struct plumb_dossier_row *row)
{
    struct plumb_derived_row derived;
    plumb_derived_rows_get(rows->derived, rows->at++, &derived);
    row->angles = derived.angles;
    row->zone = derived.zone;
    row->flags = derived.flags;
    memcpy(row->q_ws, derived.q_ws, sizeof row->q_ws);
}

static int next_row(void *self, struct plumb_dossier_row *row, struct plumb_message *message)
{
    struct rows *rows = self;
    struct plumb_stored_row sample;
    int more = plumb_stored_next(rows->stored, &sample, message);
    if (more <= 0)
        return more;
    int fail = rows->at == rows->n ? next_block(rows, message) : 0;
    if (fail)
        return fail;
    row->sample = sample.sample;
    row->marker = sample.marker;
    put_derived(rows, row);
    return 1;
}

static void close_rows(void *self)
{
    struct rows *rows = self;
    sqlite3_finalize(rows->blocks);
    plumb_derived_rows_free(rows->derived);
    plumb_stored_close(rows->stored);
    free(rows);
}

static int open_rows(struct rows *rows, unsigned roles, struct plumb_message *message)
{
    int fail = 0;
    rows->derived = plumb_derived_rows_new(roles);
    if (!rows->derived)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    rows->blocks = plumb_sql_prepare(
        rows->store, message, "SELECT n, data FROM derived_rows WHERE session_id = ? ORDER BY seq", "i",
        rows->session_id);
    if (!rows->blocks)
        return plumb_sql_fail(rows->store, message);
    rows->stored = plumb_stored_open(rows->store, rows->session_id, &fail, message);
    return fail;
}

int plumb_stored_rows_give(
    struct plumb_store *store, struct plumb_dossier *dossier, struct plumb_message *message)
{
    struct rows *rows = calloc(1, sizeof *rows);
    if (!rows)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    *rows = (struct rows){.store = store, .session_id = dossier->id};
    dossier->rows = rows;
    dossier->rewind = rewind_rows;
    dossier->next = next_row;
    dossier->close = close_rows;
    return open_rows(rows, dossier->roles, message);
}
