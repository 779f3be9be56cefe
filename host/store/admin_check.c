/* Is it sound? */
#include "admin.h"

#include <stdio.h>
#include <string.h>

#include "derived.h"
#include "pack.h"
#include "sql.h"

static int count(struct plumb_store *store, int64_t *value, const char *sql, struct plumb_message *message)
{
    int found = plumb_sql_integer(store, value, message, sql, "");
    return found < 0 ? found : 0;
}

/* The first line of a check that answers with rows; "ok" and no row are well. */
static int first_trouble(
    struct plumb_store *store, const char *sql, const char *what, struct plumb_store_health *health,
    struct plumb_message *message)
{
    char text[120] = "";
    sqlite3_stmt *statement = plumb_sql_prepare(store, message, sql, "");
    int found = statement ? plumb_sql_step(store, statement, message) : plumb_sql_fail(store, message);
    if (found > 0)
        plumb_sql_text(statement, 0, text, sizeof text);
    sqlite3_finalize(statement);
    if (found > 0 && strcmp(text, "ok") != 0 && !health->trouble[0])
        snprintf(health->trouble, sizeof health->trouble, "%s: %s", what, text);
    return found < 0 ? found : 0;
}

static int
check_blocks(struct plumb_store *store, struct plumb_store_health *health, struct plumb_message *message)
{
    int more = 1;
    sqlite3_stmt *rows = plumb_sql_prepare(
        store, message, "SELECT seq, begun_host_us, ended_host_us, received_n, checksum, data FROM blocks",
        "");
    if (!rows)
        return plumb_sql_fail(store, message);
    while ((more = plumb_sql_step(store, rows, message)) > 0) {
        struct plumb_block block = {
            .seq = sqlite3_column_int64(rows, 0),
            .begun_us = sqlite3_column_int64(rows, 1),
            .ended_us = sqlite3_column_int64(rows, 2),
            .received_n = sqlite3_column_int64(rows, 3),
            .checksum = sqlite3_column_int64(rows, 4),
            .data = sqlite3_column_blob(rows, 5),
            .data_n = (size_t)sqlite3_column_bytes(rows, 5)};
        health->blocks_n++;
        health->damaged_blocks_n += plumb_block_check(&block) != 0;
    }
    sqlite3_finalize(rows);
    return more;
}

int plumb_store_check(
    struct plumb_store *store, struct plumb_store_health *health, struct plumb_message *message)
{
    memset(health, 0, sizeof *health);
    int fail = first_trouble(store, "PRAGMA integrity_check(1)", "the file", health, message);
    if (!fail)
        fail =
            first_trouble(store, "PRAGMA foreign_key_check", "a row without its owner in", health, message);
    if (!fail)
        fail = count(store, &health->patients_n, "SELECT count(*) FROM patients", message);
    if (!fail)
        fail = count(store, &health->sessions_n, "SELECT count(*) FROM sessions", message);
    if (!fail)
        fail = count(
            store, &health->recording_n,
            "SELECT count(*) FROM sessions WHERE id NOT IN (SELECT session_id FROM session_ends)", message);
    if (!fail)
        fail = count(
            store, &health->stale_n,
            "SELECT count(*) FROM sessions WHERE id NOT IN (SELECT session_id FROM derived WHERE "
            "code_version "
            "= '" PLUMB_DERIVED_BY "')",
            message);
    if (!fail)
        fail = count(
            store, &health->bytes_n, "SELECT page_count * page_size FROM pragma_page_count, pragma_page_size",
            message);
    return fail ? fail : check_blocks(store, health, message);
}
