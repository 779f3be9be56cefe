/* Giving: the rows of a session, table after table. */
#include "carry.h"

#include <assert.h>
#include <stdlib.h>

#include "../io/message_fail.h"
#include "carry_tables.h"
#include "sql.h"

struct kept {
    struct plumb_store *store; /* borrowed */
    int64_t session_id;
    int table;          /* of plumb_carry_tables */
    sqlite3_stmt *rows; /* of that table; NULL before its first row */
};

static int rewind_kept(void *self, struct plumb_message *message)
{
    struct kept *kept = self;
    (void)message;
    sqlite3_finalize(kept->rows);
    kept->rows = NULL;
    kept->table = 0;
    return 0;
}

static void close_kept(void *self)
{
    struct kept *kept = self;
    sqlite3_finalize(kept->rows);
    free(kept);
}

static void take_field(struct plumb_kept_field *field, sqlite3_stmt *rows, int column)
{
    *field = (struct plumb_kept_field){.name = sqlite3_column_name(rows, column)};
    switch (sqlite3_column_type(rows, column)) {
    case SQLITE_INTEGER:
        field->kind = PLUMB_KEPT_INTEGER;
        field->integer = sqlite3_column_int64(rows, column);
        return;
    case SQLITE_FLOAT:
        field->kind = PLUMB_KEPT_REAL;
        field->real = sqlite3_column_double(rows, column);
        return;
    case SQLITE_TEXT:
        field->kind = PLUMB_KEPT_TEXT;
        field->bytes = sqlite3_column_text(rows, column);
        field->n = (size_t)sqlite3_column_bytes(rows, column);
        return;
    case SQLITE_BLOB:
        field->kind = PLUMB_KEPT_BYTES;
        field->bytes = sqlite3_column_blob(rows, column);
        field->n = (size_t)sqlite3_column_bytes(rows, column);
        return;
    default:
        field->kind = PLUMB_KEPT_NOTHING;
    }
}

static int next_kept(void *self, struct plumb_kept *row, struct plumb_message *message)
{
    struct kept *kept = self;
    while (plumb_carry_tables[kept->table].name) {
        const struct plumb_carry_table *table = &plumb_carry_tables[kept->table];
        if (!kept->rows)
            kept->rows = plumb_sql_prepare(kept->store, message, table->select, "i", kept->session_id);
        if (!kept->rows)
            return plumb_sql_fail(kept->store, message);
        int more = plumb_sql_step(kept->store, kept->rows, message);
        if (more < 0)
            return more;
        if (more) {
            row->table = table->name;
            row->fields_n = sqlite3_column_count(kept->rows);
            for (int i = 0; i < row->fields_n; i++)
                take_field(&row->fields[i], kept->rows, i);
            return 1;
        }
        sqlite3_finalize(kept->rows);
        kept->rows = NULL;
        kept->table++;
    }
    return 0;
}

int plumb_store_kept(
    struct plumb_store *store, int64_t session_id, struct plumb_dossier *dossier,
    struct plumb_message *message)
{
    struct kept *kept = calloc(1, sizeof *kept);
    assert(!dossier->kept);
    if (!kept)
        return plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the session");
    *kept = (struct kept){.store = store, .session_id = session_id};
    if (dossier->close_kept)
        dossier->close_kept(dossier->kept);
    dossier->kept = kept;
    dossier->rewind_kept = rewind_kept;
    dossier->next_kept = next_kept;
    dossier->close_kept = close_kept;
    return 0;
}
