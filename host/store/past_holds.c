/* All holds of one patient, for the rules over a programme. */
#include <stdlib.h>
#include <string.h>

#include "../io/message_fail.h"
#include "derive.h"
#include "derived.h"
#include "sql.h"

#define DAY_US 86400e6

/* ---- what is stale is derived first */

/* The newest stale one behind `passed` others; 0 where there is none. */
static int64_t
next_stale(struct plumb_store *store, int64_t patient_id, int64_t passed, struct plumb_message *message)
{
    int64_t id = 0;
    int found = plumb_sql_integer(
        store, &id, message,
        "SELECT s.id FROM sessions s JOIN session_ends e ON e.session_id = s.id WHERE s.patient_id = ? "
        "AND NOT EXISTS (SELECT 1 FROM derived d WHERE d.session_id = s.id AND d.code_version = ?) "
        "ORDER BY s.begun_utc_us DESC, s.id DESC LIMIT 1 OFFSET ?",
        "iti", patient_id, PLUMB_DERIVED_BY, passed);
    return found < 0 ? found : id;
}

/* A damaged session is passed over: the others still count. */
static int
derive_stale(struct plumb_store *store, int64_t patient_id, int64_t most_n, struct plumb_message *message)
{
    int64_t id = 1, passed = 0;
    for (int64_t n = 0; n < most_n; n++) {
        struct plumb_message why = {""};
        id = next_stale(store, patient_id, passed, message);
        if (id <= 0)
            break;
        int fail = plumb_derive(store, id, &why);
        if (fail && fail != PLUMB_DAMAGED)
            return plumb_message_fail(message, fail, "%s", why.text);
        passed += fail != 0;
    }
    return id < 0 ? (int)id : 0;
}

/* ---- the holds, and behind them their exercises' ids, in one piece of memory */

static const char holds_sql[] =
    "SELECT s.exercise, h.side, s.begun_utc_us, h.target_s, h.in_zone_s, h.end_s - h.start_s, h.worst_rad, "
    "h.excursions FROM derived_holds h JOIN sessions s ON s.id = h.session_id "
    "WHERE s.patient_id = ? ORDER BY s.begun_utc_us, s.id, h.seq";

static int measure(
    struct plumb_store *store, int64_t patient_id, int64_t *holds_n, int64_t *text_n,
    struct plumb_message *message)
{
    static const char count_sql[] = "SELECT count(*) FROM derived_holds h JOIN sessions s "
                                    "ON s.id = h.session_id WHERE s.patient_id = ?";
    static const char length_sql[] =
        "SELECT coalesce(sum(length(CAST(s.exercise AS BLOB)) + 1), 0) FROM derived_holds h JOIN sessions s "
        "ON s.id = h.session_id WHERE s.patient_id = ?";
    int found = plumb_sql_integer(store, holds_n, message, count_sql, "i", patient_id);
    if (found > 0)
        found = plumb_sql_integer(store, text_n, message, length_sql, "i", patient_id);
    return found < 0 ? found : 0;
}

static struct plumb_past_hold take_hold(sqlite3_stmt *row, const char *exercise)
{
    return (struct plumb_past_hold){
        .exercise = exercise,
        .side = sqlite3_column_int(row, 1) ? PLUMB_RIGHT : PLUMB_LEFT,
        .day = sqlite3_column_double(row, 2) / DAY_US,
        .target_s = sqlite3_column_double(row, 3),
        .in_zone_s = sqlite3_column_double(row, 4),
        .elapsed_s = sqlite3_column_double(row, 5),
        .worst_rad = sqlite3_column_double(row, 6),
        .excursions = sqlite3_column_int(row, 7)};
}

static int take_all(
    struct plumb_store *store, int64_t patient_id, struct plumb_past_hold *holds, size_t room, char *text,
    size_t text_n, size_t *n, struct plumb_message *message)
{
    sqlite3_stmt *row = plumb_sql_prepare(store, message, holds_sql, "i", patient_id);
    int more = row ? 1 : plumb_sql_fail(store, message);
    while (more > 0 && *n < room && (more = plumb_sql_step(store, row, message)) > 0) {
        size_t length = (size_t)sqlite3_column_bytes(row, 0) + 1;
        if (length > text_n)
            break;
        plumb_sql_text(row, 0, text, length);
        holds[(*n)++] = take_hold(row, text);
        text += length;
        text_n -= length;
    }
    sqlite3_finalize(row);
    return more < 0 ? more : 0;
}

/* In one transaction, so that both looks see the same holds. */
static int read_holds(
    struct plumb_store *store, int64_t patient_id, struct plumb_past_hold **holds, size_t *n,
    struct plumb_message *message)
{
    int64_t holds_n = 0, text_n = 0;
    int fail = plumb_sql_script(store, message, "BEGIN");
    if (fail)
        return fail;
    fail = measure(store, patient_id, &holds_n, &text_n, message);
    size_t holds_room = (size_t)holds_n * sizeof **holds;
    *holds = fail ? NULL : calloc(1, holds_room + (size_t)text_n + 1);
    if (!fail && !*holds)
        fail = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    if (!fail)
        fail = take_all(
            store, patient_id, *holds, (size_t)holds_n, (char *)*holds + holds_room, (size_t)text_n, n,
            message);
    return plumb_sql_end(store, fail, message);
}

int plumb_store_past_holds_soon(
    struct plumb_store *store, int64_t patient_id, int64_t most_n, struct plumb_past_hold **holds, size_t *n,
    struct plumb_message *message)
{
    *holds = NULL;
    *n = 0;
    int fail = derive_stale(store, patient_id, most_n, message);
    if (!fail)
        fail = read_holds(store, patient_id, holds, n, message);
    if (!fail)
        return 0;
    free(*holds);
    *holds = NULL;
    *n = 0;
    return fail;
}

int plumb_store_past_holds(
    struct plumb_store *store, int64_t patient_id, struct plumb_past_hold **holds, size_t *n,
    struct plumb_message *message)
{
    return plumb_store_past_holds_soon(store, patient_id, INT64_MAX, holds, n, message);
}
