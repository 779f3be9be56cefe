/* Taking: one transaction, in which every row is looked at before it is put in. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "carry.h"
#include "carry_tables.h"
#include "pack.h"
#include "sql.h"
#include "uuid.h"

#define TABLES_MOST 16
#define INSERTS     3

struct plumb_take {
    struct plumb_store *store; /* borrowed */
    sqlite3_stmt *insert[TABLES_MOST][INSERTS];
    int64_t patient, session; /* ids here; 0 before their row */
    int given;                /* 1: the patient was named by the caller */
    int made;                 /* 1: the patient is new here */
    int64_t there;            /* id of the session that is here already; then nothing more is put in */
    int table;                /* of the row before: they come in order */
};

static const struct plumb_kept_field *field_of(const struct plumb_kept *row, const char *name)
{
    for (int i = 0; i < row->fields_n; i++)
        if (strcmp(row->fields[i].name, name) == 0)
            return &row->fields[i];
    return NULL;
}

/* ---- begin and end */

struct plumb_take *
plumb_take_begin(struct plumb_store *store, const char *patient, int *fail, struct plumb_message *message)
{
    struct plumb_take *take = calloc(1, sizeof *take);
    *fail = take ? plumb_sql_begin(store, message)
                 : plumb_message_fail(message, PLUMB_FAILED, "not enough memory for the session");
    if (*fail) {
        free(take);
        return NULL;
    }
    take->store = store;
    take->given = patient != NULL;
    take->patient = patient ? plumb_store_patient(store, patient, 1, message) : 0;
    if (take->patient >= 0)
        return take;
    *fail = (int)take->patient;
    plumb_take_drop(take);
    return NULL;
}

static void release(struct plumb_take *take)
{
    for (int table = 0; table < TABLES_MOST; table++)
        for (int i = 0; i < INSERTS; i++)
            sqlite3_finalize(take->insert[table][i]);
    free(take);
}

void plumb_take_drop(struct plumb_take *take)
{
    if (!take)
        return;
    plumb_sql_end(take->store, PLUMB_FAILED, NULL);
    release(take);
}

/* A patient new here who is called what another is called is that other one: "me" of two machines. */
static int join_patients(struct plumb_take *take, struct plumb_message *message)
{
    static const char same[] =
        "SELECT o.id FROM patient o JOIN patient p ON p.alias = o.alias AND p.code = o.code "
        "WHERE p.id = ?1 AND o.id <> ?1 ORDER BY o.id LIMIT 1";
    int64_t other = 0;
    int found = plumb_sql_integer(take->store, &other, message, same, "i", take->patient);
    if (found <= 0)
        return found;
    int fail = plumb_sql_run(
        take->store, message, "UPDATE sessions SET patient_id = ? WHERE patient_id = ?", "ii", other,
        take->patient);
    return fail
               ? fail
               : plumb_sql_run(take->store, message, "DELETE FROM patients WHERE id = ?", "i", take->patient);
}

int64_t plumb_take_end(struct plumb_take *take, int *was_there, struct plumb_message *message)
{
    struct plumb_store *store = take->store;
    int64_t id = take->there ? take->there : take->session;
    int fail = 0;
    *was_there = take->there != 0;
    if (!id)
        fail = plumb_message_fail(message, PLUMB_DAMAGED, "a session wants to be among what was kept");
    if (!fail && take->made && !take->there)
        fail = join_patients(take, message);
    release(take);
    int ended = plumb_sql_end(store, *was_there && !fail ? PLUMB_USAGE : fail, message); /* rolled back */
    return fail ? fail : *was_there ? id : ended ? ended : id;
}

/* ---- rows */

static int bind_field(sqlite3_stmt *insert, int at, const struct plumb_kept_field *field)
{
    switch (field->kind) {
    case PLUMB_KEPT_INTEGER:
        return sqlite3_bind_int64(insert, at, field->integer);
    case PLUMB_KEPT_REAL:
        return sqlite3_bind_double(insert, at, field->real);
    case PLUMB_KEPT_TEXT:
        return sqlite3_bind_text(insert, at, field->bytes, (int)field->n, SQLITE_STATIC);
    case PLUMB_KEPT_BYTES:
        return sqlite3_bind_blob64(insert, at, field->bytes, field->n, SQLITE_STATIC);
    case PLUMB_KEPT_NOTHING:
        return sqlite3_bind_null(insert, at);
    }
    return SQLITE_ERROR;
}

static int bind(
    struct plumb_take *take, sqlite3_stmt *insert, const struct plumb_kept *row,
    struct plumb_message *message)
{
    for (int at = 1; at <= sqlite3_bind_parameter_count(insert); at++) {
        const char *name = sqlite3_bind_parameter_name(insert, at) + 1;
        const struct plumb_kept_field *field = field_of(row, name);
        int error = strcmp(name, "session") == 0   ? sqlite3_bind_int64(insert, at, take->session)
                    : strcmp(name, "patient") == 0 ? sqlite3_bind_int64(insert, at, take->patient)
                    : field                        ? bind_field(insert, at, field)
                                                   : SQLITE_NOTFOUND;
        if (error == SQLITE_NOTFOUND)
            return plumb_message_fail(message, PLUMB_DAMAGED, "a kept \"%s\" wants \"%s\"", row->table, name);
        if (error)
            return plumb_sql_fail(take->store, message);
    }
    return 0;
}

/* A value that the schema refuses is the row's fault, not the machine's. */
static int
run(struct plumb_take *take, sqlite3_stmt *insert, const struct plumb_kept *row,
    struct plumb_message *message)
{
    int fail = bind(take, insert, row, message), result = fail ? SQLITE_OK : sqlite3_step(insert);
    if (!fail && (result & 0xff) == SQLITE_CONSTRAINT)
        fail = plumb_message_fail(
            message, PLUMB_DAMAGED, "a kept \"%s\" does not fit: %s", row->table,
            sqlite3_errmsg(take->store->db));
    else if (!fail && result != SQLITE_DONE)
        fail = plumb_sql_fail(take->store, message);
    sqlite3_reset(insert);
    sqlite3_clear_bindings(insert);
    return fail;
}

static int
put_in(struct plumb_take *take, int table, const struct plumb_kept *row, struct plumb_message *message)
{
    int fail = 0;
    for (int i = 0; i < INSERTS && plumb_carry_tables[table].insert[i] && !fail; i++) {
        sqlite3_stmt **insert = &take->insert[table][i];
        if (!*insert)
            *insert = plumb_sql_prepare(take->store, message, plumb_carry_tables[table].insert[i], "");
        fail = *insert ? run(take, *insert, row, message) : plumb_sql_fail(take->store, message);
    }
    return fail;
}

static int
text_of(const struct plumb_kept *row, const char *name, const char **text, struct plumb_message *message)
{
    const struct plumb_kept_field *field = field_of(row, name);
    if (!field || field->kind != PLUMB_KEPT_TEXT)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "a kept \"%s\" wants \"%s\", a text", row->table, name);
    *text = field->bytes;
    return 0;
}

static int uuid_of(const struct plumb_kept *row, const char **uuid, struct plumb_message *message)
{
    int fail = text_of(row, "uuid", uuid, message);
    if (!fail && !plumb_uuid_is(*uuid))
        fail = plumb_message_fail(
            message, PLUMB_DAMAGED, "a kept \"%s\" wants a UUID, found \"%.40s\"", row->table, *uuid);
    return fail;
}

static int
take_patient(struct plumb_take *take, int table, const struct plumb_kept *row, struct plumb_message *message)
{
    const char *uuid;
    int fail = uuid_of(row, &uuid, message);
    if (fail || take->patient)
        return fail;
    int found = plumb_sql_integer(
        take->store, &take->patient, message, "SELECT id FROM patients WHERE uuid = ?", "t", uuid);
    if (found)
        return found < 0 ? found : 0;
    fail = put_in(take, table, row, message);
    take->patient = sqlite3_last_insert_rowid(take->store->db);
    take->made = 1;
    return fail;
}

static int
take_session(struct plumb_take *take, int table, const struct plumb_kept *row, struct plumb_message *message)
{
    const char *uuid;
    int fail = uuid_of(row, &uuid, message);
    if (fail)
        return fail;
    if (!take->patient || take->session)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "a session wants one patient, found none or a second session");
    int found = plumb_sql_integer(
        take->store, &take->there, message, "SELECT id FROM sessions WHERE uuid = ?", "t", uuid);
    if (found)
        return found < 0 ? found : 0;
    fail = put_in(take, table, row, message);
    take->session = sqlite3_last_insert_rowid(take->store->db);
    return fail;
}

static int64_t integer_of(const struct plumb_kept *row, const char *name)
{
    const struct plumb_kept_field *field = field_of(row, name);
    return field && field->kind == PLUMB_KEPT_INTEGER ? field->integer : -1;
}

static int check_block(const struct plumb_kept *row, struct plumb_message *message)
{
    const struct plumb_kept_field *data = field_of(row, "data");
    struct plumb_block block = {
        .seq = integer_of(row, "seq"),
        .begun_us = integer_of(row, "begun_host_us"),
        .ended_us = integer_of(row, "ended_host_us"),
        .received_n = integer_of(row, "received_n"),
        .checksum = integer_of(row, "checksum"),
        .data = data && data->kind == PLUMB_KEPT_BYTES ? data->bytes : NULL,
        .data_n = data && data->kind == PLUMB_KEPT_BYTES ? data->n : 0};
    if (!block.data || plumb_block_check(&block))
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "block %lld of the session is damaged: its checksum is wrong",
            (long long)block.seq);
    return 0;
}

int plumb_take_row(struct plumb_take *take, const struct plumb_kept *row, struct plumb_message *message)
{
    int table = 0;
    while (plumb_carry_tables[table].name && strcmp(plumb_carry_tables[table].name, row->table) != 0)
        table++;
    if (!plumb_carry_tables[table].name)
        return plumb_message_fail(message, PLUMB_DAMAGED, "\"%.40s\" is nothing that is kept", row->table);
    if (table < take->table)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "a kept \"%s\" comes too late, behind a \"%s\"", row->table,
            plumb_carry_tables[take->table].name);
    take->table = table;
    if (strcmp(row->table, "patient") == 0)
        return take_patient(take, table, row, message);
    if (strcmp(row->table, "patient_words") == 0)
        return take->made ? put_in(take, table, row, message) : 0;
    if (strcmp(row->table, "session") == 0)
        return take_session(take, table, row, message);
    if (take->there)
        return 0;
    if (!take->session)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "a kept \"%s\" wants its session before it", row->table);
    int fail = strcmp(row->table, "block") == 0 ? check_block(row, message) : 0;
    return fail ? fail : put_in(take, table, row, message);
}
