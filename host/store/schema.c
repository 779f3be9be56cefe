#include "schema.h"

#include <stdio.h>

#include "../io/message_fail.h"

static const char schema_sql[] = {
#include "schema_sql.inc"
};
static const char derived_sql[] = {
#include "derived_sql.inc"
};

static int pragma(struct plumb_store *store, const char *sql, int64_t *value, struct plumb_message *message)
{
    int found = plumb_sql_integer(store, value, message, sql, "");
    return found < 0 ? found : 0;
}

/* ---- the recorded part */

/* From each released schema to the next one: row n leads from n to n + 1. Schema 0 is an empty file. */
static const char *const migrations[PLUMB_STORE_SCHEMA] = {
    schema_sql,
};

static int set_version(struct plumb_store *store, int64_t version, struct plumb_message *message)
{
    char sql[96];
    snprintf(
        sql, sizeof sql, "PRAGMA application_id = %d; PRAGMA user_version = %d", PLUMB_STORE_APPLICATION,
        (int)version);
    return plumb_sql_script(store, message, sql);
}

/* Within a transaction: another program may have been here in between. */
static int migrate(struct plumb_store *store, struct plumb_message *message)
{
    int64_t version = 0;
    int fail = pragma(store, "PRAGMA user_version", &version, message);
    int from = (int)version;
    for (; !fail && version < PLUMB_STORE_SCHEMA; version++)
        fail = plumb_sql_script(store, message, migrations[version]);
    return fail || from == version ? fail : set_version(store, version, message);
}

static int is_empty(struct plumb_store *store, int *empty, struct plumb_message *message)
{
    int64_t tables_n = 0;
    int fail = pragma(store, "SELECT count(*) FROM sqlite_schema", &tables_n, message);
    *empty = tables_n == 0;
    return fail;
}

static int check_version(struct plumb_store *store, int64_t *version, struct plumb_message *message)
{
    int64_t application = 0;
    int empty = 0;
    int fail = pragma(store, "PRAGMA application_id", &application, message);
    if (!fail)
        fail = pragma(store, "PRAGMA user_version", version, message);
    if (!fail)
        fail = is_empty(store, &empty, message);
    if (fail || (empty && application == 0 && *version == 0))
        return fail;
    if (application != PLUMB_STORE_APPLICATION || *version < 1)
        return plumb_message_fail(
            message, PLUMB_DAMAGED, "%s: is a database of another program, not a Plumb store", store->path);
    if (*version > PLUMB_STORE_SCHEMA)
        return plumb_message_fail(
            message, PLUMB_DAMAGED,
            "%s: was written by a newer Plumb (schema %lld, this one knows %d); update Plumb to open it",
            store->path, (long long)*version, PLUMB_STORE_SCHEMA);
    return 0;
}

/* ---- the derived part */

static const char derived_is[] = "SELECT count(*) FROM meta WHERE name = 'derived' AND value = ?";

static int remake_derived(struct plumb_store *store, struct plumb_message *message)
{
    int64_t same = 0;
    int fail = plumb_sql_integer(store, &same, message, derived_is, "t", PLUMB_DERIVED_SCHEMA);
    if (fail < 0 || same)
        return fail < 0 ? fail : 0;
    fail = plumb_sql_script(store, message, derived_sql);
    if (!fail)
        fail = plumb_sql_run(
            store, message, "INSERT OR REPLACE INTO meta VALUES ('derived', ?)", "t", PLUMB_DERIVED_SCHEMA);
    return fail;
}

static int is_current(struct plumb_store *store, int64_t version, int *current, struct plumb_message *message)
{
    int64_t same = 0;
    *current = 0;
    if (version != PLUMB_STORE_SCHEMA)
        return 0;
    int found = plumb_sql_integer(store, &same, message, derived_is, "t", PLUMB_DERIVED_SCHEMA);
    *current = same == 1;
    return found < 0 ? found : 0;
}

int plumb_schema_open(struct plumb_store *store, struct plumb_message *message)
{
    int64_t version = 0;
    int current = 0;
    int fail = check_version(store, &version, message);
    if (!fail)
        fail = is_current(store, version, &current, message);
    if (fail || current)
        return fail;
    fail = plumb_sql_begin(store, message);
    if (fail)
        return fail;
    fail = migrate(store, message);
    if (!fail)
        fail = remake_derived(store, message);
    return plumb_sql_end(store, fail, message);
}
