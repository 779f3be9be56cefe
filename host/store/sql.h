/* The few ways in which this room talks to SQLite: one statement, its values bound by kind, one sentence
 * where it fails. Texts are bound, never pasted. */
#ifndef PLUMB_SQL_H
#define PLUMB_SQL_H

#include <sqlite3.h>
#include <stddef.h>
#include <stdint.h>

#include "store.h"

struct plumb_store {
    sqlite3 *db;
    char *path;                        /* owned */
    const struct plumb_wanted *wanted; /* borrowed; may be NULL */
};

/* PLUMB_USAGE with message where what is done with the store is no longer wanted, else 0. */
int plumb_store_given_up(const struct plumb_store *store, struct plumb_message *message);

/* Prepares a statement and binds a value for each letter of `kinds`, in the order of its question marks:
 *   i  int64_t        d  double (NaN: NULL)
 *   t  const char * (NULL: NULL)
 *   b  const void *, size_t (NULL: NULL)
 * Values are borrowed until the statement is finished. NULL with message where it cannot be; the code is then
 * that of plumb_sql_fail. */
sqlite3_stmt *plumb_sql_prepare(
    struct plumb_store *store, struct plumb_message *message, const char *sql, const char *kinds, ...);

/* The same, run to its end. 0 or negative with message. */
int plumb_sql_run(
    struct plumb_store *store, struct plumb_message *message, const char *sql, const char *kinds, ...);

/* Several statements without values. 0 or negative. */
int plumb_sql_script(struct plumb_store *store, struct plumb_message *message, const char *sql);

/* 1 with a row, 0 behind the last, negative with message. */
int plumb_sql_step(struct plumb_store *store, sqlite3_stmt *statement, struct plumb_message *message);

/* The first column of the first row: *value stays as it is where there is no row. 1, 0 without a row,
 * negative. */
int plumb_sql_integer(
    struct plumb_store *store, int64_t *value, struct plumb_message *message, const char *sql,
    const char *kinds, ...);

/* Why the last call on the store failed, as a code and a sentence. */
int plumb_sql_fail(struct plumb_store *store, struct plumb_message *message);

/* A transaction that writes: begun at once, so that it never fails half way because another program writes.
 */
int plumb_sql_begin(struct plumb_store *store, struct plumb_message *message);

/* Commits where fail is 0, else rolls back. Returns fail, or why the commit failed. */
int plumb_sql_end(struct plumb_store *store, int fail, struct plumb_message *message);

/* A column's text into a room of n bytes, cut at a character's border; "" where it is NULL. */
void plumb_sql_text(sqlite3_stmt *statement, int column, char *out, size_t n);

/* A column's number; NaN where it is NULL. */
double plumb_sql_double(sqlite3_stmt *statement, int column);

/* Microseconds since 1970, now. */
int64_t plumb_utc_us(void);

#endif
