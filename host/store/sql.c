#include "sql.h"

#include <math.h>
#include <stdarg.h>
#include <string.h>
#include <time.h>

#include "../io/csv_field.h"
#include "../io/message_fail.h"

/* ---- what went wrong */

static const struct {
    int code, fail;
    const char *what;
} failures[] = {
    {SQLITE_FULL, PLUMB_FAILED, "the disk is full"},
    {SQLITE_NOTADB, PLUMB_DAMAGED, "is not a Plumb store, or its beginning is damaged"},
    {SQLITE_CORRUPT, PLUMB_DAMAGED, "is damaged"},
    {SQLITE_BUSY, PLUMB_FAILED, "another program has been using it for too long"},
    {SQLITE_LOCKED, PLUMB_FAILED, "another program has been using it for too long"},
    {SQLITE_PERM, PLUMB_NO_RIGHT, "there is no right to open it"},
    {SQLITE_AUTH, PLUMB_NO_RIGHT, "there is no right to open it"},
    {SQLITE_READONLY, PLUMB_NO_RIGHT, "there is no right to write it"},
    {SQLITE_CANTOPEN, PLUMB_FAILED, "cannot be opened"},
    {SQLITE_IOERR, PLUMB_FAILED, "the disk cannot be read or written"},
    {SQLITE_NOMEM, PLUMB_FAILED, "out of memory"},
    {SQLITE_TOOBIG, PLUMB_DAMAGED, "a value in it is too long"},
};

int plumb_sql_fail(struct plumb_store *store, struct plumb_message *message)
{
    int code = sqlite3_errcode(store->db) & 0xff;
    for (size_t i = 0; i < sizeof failures / sizeof *failures; i++)
        if (failures[i].code == code)
            return plumb_message_fail(message, failures[i].fail, "%s: %s", store->path, failures[i].what);
    return plumb_message_fail(
        message, PLUMB_FAILED, "%s: the store failed (%s)", store->path, sqlite3_errmsg(store->db));
}

/* ---- values in */

static int bind_blob(sqlite3_stmt *statement, int at, const void *bytes, size_t n)
{
    return bytes ? sqlite3_bind_blob64(statement, at, n ? bytes : "", n, SQLITE_STATIC)
                 : sqlite3_bind_null(statement, at);
}

static int bind(sqlite3_stmt *statement, const char *kinds, va_list values)
{
    int code = SQLITE_OK;
    for (int at = 1; kinds[at - 1] && code == SQLITE_OK; at++) {
        const void *bytes;
        double number;
        switch (kinds[at - 1]) {
        case 'i':
            code = sqlite3_bind_int64(statement, at, va_arg(values, int64_t));
            break;
        case 'd':
            number = va_arg(values, double);
            code =
                isnan(number) ? sqlite3_bind_null(statement, at) : sqlite3_bind_double(statement, at, number);
            break;
        case 't':
            code = sqlite3_bind_text(statement, at, va_arg(values, const char *), -1, SQLITE_STATIC);
            break;
        default:
            bytes = va_arg(values, const void *);
            code = bind_blob(statement, at, bytes, va_arg(values, size_t));
        }
    }
    return code;
}

static sqlite3_stmt *prepare(
    struct plumb_store *store, struct plumb_message *message, const char *sql, const char *kinds,
    va_list values)
{
    sqlite3_stmt *statement = NULL;
    int code = sqlite3_prepare_v2(store->db, sql, -1, &statement, NULL);
    if (code == SQLITE_OK)
        code = bind(statement, kinds, values);
    if (code == SQLITE_OK)
        return statement;
    plumb_sql_fail(store, message);
    sqlite3_finalize(statement);
    return NULL;
}

sqlite3_stmt *plumb_sql_prepare(
    struct plumb_store *store, struct plumb_message *message, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *statement = prepare(store, message, sql, kinds, values);
    va_end(values);
    return statement;
}

/* ---- rows out */

int plumb_sql_step(struct plumb_store *store, sqlite3_stmt *statement, struct plumb_message *message)
{
    int code = sqlite3_step(statement);
    return code == SQLITE_ROW ? 1 : code == SQLITE_DONE ? 0 : plumb_sql_fail(store, message);
}

int plumb_sql_run(
    struct plumb_store *store, struct plumb_message *message, const char *sql, const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *statement = prepare(store, message, sql, kinds, values);
    va_end(values);
    if (!statement)
        return plumb_sql_fail(store, message);
    int more;
    do
        more = plumb_sql_step(store, statement, message);
    while (more > 0);
    sqlite3_finalize(statement);
    return more;
}

int plumb_sql_script(struct plumb_store *store, struct plumb_message *message, const char *sql)
{
    return sqlite3_exec(store->db, sql, NULL, NULL, NULL) == SQLITE_OK ? 0 : plumb_sql_fail(store, message);
}

int plumb_sql_integer(
    struct plumb_store *store, int64_t *value, struct plumb_message *message, const char *sql,
    const char *kinds, ...)
{
    va_list values;
    va_start(values, kinds);
    sqlite3_stmt *statement = prepare(store, message, sql, kinds, values);
    va_end(values);
    if (!statement)
        return plumb_sql_fail(store, message);
    int found = plumb_sql_step(store, statement, message);
    if (found > 0)
        *value = sqlite3_column_int64(statement, 0);
    sqlite3_finalize(statement);
    return found;
}

int plumb_sql_begin(struct plumb_store *store, struct plumb_message *message)
{
    return plumb_sql_script(store, message, "BEGIN IMMEDIATE");
}

int plumb_sql_end(struct plumb_store *store, int fail, struct plumb_message *message)
{
    if (!fail)
        fail = plumb_sql_script(store, message, "COMMIT");
    if (fail && !sqlite3_get_autocommit(store->db))
        sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return fail;
}

void plumb_sql_text(sqlite3_stmt *statement, int column, char *out, size_t n)
{
    const char *text = (const char *)sqlite3_column_text(statement, column);
    struct plumb_csv_field field = {.text = text ? text : "", .n = text ? strlen(text) : 0};
    plumb_csv_text(out, n, &field);
}

double plumb_sql_double(sqlite3_stmt *statement, int column)
{
    return sqlite3_column_type(statement, column) == SQLITE_NULL ? NAN
                                                                 : sqlite3_column_double(statement, column);
}

int64_t plumb_utc_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}
