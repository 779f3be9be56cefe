/* What else was recorded of a session: roles, sides, the exercise in force. */
#include <stdlib.h>
#include <string.h>

#include "../io/load_exercise.h"
#include "../io/message_fail.h"
#include "../io/recording_columns.h"
#include "blocks.h"
#include "sql.h"
#include "stored.h"

/* ---- roles */

static unsigned roles_of_hello(const struct plumb_hello *hello)
{
    unsigned roles = 0;
    for (int imu = 0; imu < hello->imus_n; imu++)
        if (hello->imus[imu].present && hello->imus[imu].role < PLUMB_ROLES_N)
            roles |= 1u << hello->imus[imu].role;
    return roles;
}

static int
device_roles(struct plumb_store *store, int64_t session_id, unsigned *roles, struct plumb_message *message)
{
    struct plumb_stored_device device;
    int found = 1;
    for (int64_t seq = 0; found > 0; seq++) {
        found = plumb_store_device(store, session_id, seq, &device, message);
        *roles |= found > 0 ? roles_of_hello(&device.hello) : 0;
    }
    return found;
}

/* Of rows, the headers say it; the first item of such a recording is one. */
static int
row_roles(struct plumb_store *store, int64_t session_id, unsigned *roles, struct plumb_message *message)
{
    int fail = 0, more = 1, rows = 1;
    struct plumb_item item;
    struct plumb_blocks *blocks = plumb_blocks_open(store, session_id, &fail, message);
    while (blocks && !fail && rows && (more = plumb_blocks_next(blocks, &item, message)) > 0) {
        struct plumb_columns columns;
        rows = item.kind != PLUMB_ITEM_BYTES;
        if (item.kind != PLUMB_ITEM_HEADER)
            continue;
        fail =
            plumb_columns_read(&columns, plumb_store_path(store), (const char *)item.bytes, item.n, message);
        *roles |= fail ? 0 : columns.roles;
    }
    plumb_blocks_close(blocks);
    return fail ? fail : more < 0 ? more : 0;
}

int plumb_stored_roles(struct plumb_store *store, int64_t session_id, struct plumb_message *message)
{
    unsigned roles = 0;
    int fail = device_roles(store, session_id, &roles, message);
    if (!fail)
        fail = row_roles(store, session_id, &roles, message);
    return fail ? fail : (int)(roles | 1u << PLUMB_PELVIS);
}

/* ---- sides */

int plumb_stored_sides(
    struct plumb_store *store, int64_t session_id, struct plumb_stored_side **sides, size_t *n,
    struct plumb_message *message)
{
    static const char sql[] = "SELECT t_s, text = 'side:right' FROM markers WHERE session_id = ? "
                              "AND text IN ('side:left', 'side:right') ORDER BY t_s, seq";
    sqlite3_stmt *row = plumb_sql_prepare(store, message, sql, "i", session_id);
    int more = row ? 1 : plumb_sql_fail(store, message);
    *sides = NULL;
    *n = 0;
    while (more > 0 && (more = plumb_sql_step(store, row, message)) > 0) {
        struct plumb_stored_side *grown = realloc(*sides, (*n + 1) * sizeof **sides);
        if (!grown) {
            more = plumb_message_fail(message, PLUMB_FAILED, "out of memory");
            break;
        }
        *sides = grown;
        grown[(*n)++] = (struct plumb_stored_side){
            sqlite3_column_double(row, 0), sqlite3_column_int(row, 1) ? PLUMB_RIGHT : PLUMB_LEFT};
    }
    sqlite3_finalize(row);
    if (more < 0) {
        free(*sides);
        *sides = NULL;
        *n = 0;
    }
    return more;
}

/* ---- the exercise */

/* What is usual where there was none: lying on the back, only the tilt looked at. */
static void usual(struct plumb_exercise *exercise)
{
    memset(exercise, 0, sizeof *exercise);
    exercise->judged = 1;
    exercise->judges = 1u << PLUMB_ANTERIOR_ROTATION;
    plumb_thresholds_default(&exercise->thresholds);
}

static int read_text(
    struct plumb_store *store, int64_t session_id, struct plumb_exercise *exercise,
    struct plumb_message *message)
{
    sqlite3_stmt *row = plumb_sql_prepare(
        store, message,
        "SELECT x.text, s.exercise, s.exercise_name FROM sessions s LEFT JOIN exercises x ON x.id = "
        "s.exercise_id "
        "WHERE s.id = ?",
        "i", session_id);
    int found = row ? plumb_sql_step(store, row, message) : plumb_sql_fail(store, message);
    if (!found)
        found = plumb_message_fail(
            message, PLUMB_USAGE, "there is no session %lld in the store", (long long)session_id);
    const char *text = found > 0 ? (const char *)sqlite3_column_text(row, 0) : NULL;
    int fail =
        text ? plumb_exercise_read(
                   exercise, "exercise in the store", text, (size_t)sqlite3_column_bytes(row, 0), message)
             : 0;
    if (found > 0 && !text) {
        plumb_sql_text(row, 1, exercise->id, sizeof exercise->id);
        plumb_sql_text(row, 2, exercise->name, sizeof exercise->name);
    }
    sqlite3_finalize(row);
    return found < 0 ? found : fail ? fail : text != NULL;
}

static int read_steps(
    struct plumb_store *store, int64_t session_id, struct plumb_exercise *exercise,
    struct plumb_message *message)
{
    static const char sql[] = "SELECT step, for_s, in_zone_s, at_most_s, count FROM session_steps "
                              "WHERE session_id = ? ORDER BY step";
    sqlite3_stmt *row = plumb_sql_prepare(store, message, sql, "i", session_id);
    int more = row ? 1 : plumb_sql_fail(store, message);
    while (more > 0 && (more = plumb_sql_step(store, row, message)) > 0) {
        int at = sqlite3_column_int(row, 0);
        if (at < 0 || at >= exercise->steps_n)
            continue;
        struct plumb_step *step = &exercise->steps[at];
        step->for_s = sqlite3_column_double(row, 1);
        step->in_zone_s = sqlite3_column_double(row, 2);
        step->at_most_s = sqlite3_column_double(row, 3);
        step->count = sqlite3_column_int(row, 4);
    }
    sqlite3_finalize(row);
    return more;
}

static int read_limits(
    struct plumb_store *store, int64_t session_id, struct plumb_thresholds limits[2],
    struct plumb_message *message)
{
    static const char sql[] = "SELECT * FROM session_thresholds WHERE session_id = ? AND side IN (0, 1)";
    sqlite3_stmt *row = plumb_sql_prepare(store, message, sql, "i", session_id);
    int more = row ? 1 : plumb_sql_fail(store, message);
    while (more > 0 && (more = plumb_sql_step(store, row, message)) > 0)
        limits[sqlite3_column_int(row, 1)] = (struct plumb_thresholds){
            .amber_rad = sqlite3_column_double(row, 2),
            .red_rad = sqlite3_column_double(row, 3),
            .delay_s = sqlite3_column_double(row, 4),
            .release_rad = sqlite3_column_double(row, 5),
            .release_s = sqlite3_column_double(row, 6),
            .immediate_rad = sqlite3_column_double(row, 7),
            .posterior_rad = sqlite3_column_double(row, 8),
            .turn_amber_rad = sqlite3_column_double(row, 9),
            .turn_red_rad = sqlite3_column_double(row, 10)};
    sqlite3_finalize(row);
    return more;
}

int plumb_stored_exercise(
    struct plumb_store *store, int64_t session_id, struct plumb_exercise *exercise,
    struct plumb_thresholds limits[2], struct plumb_message *message)
{
    usual(exercise);
    int found = read_text(store, session_id, exercise, message);
    limits[PLUMB_LEFT] = limits[PLUMB_RIGHT] = exercise->thresholds;
    int fail = found < 0 ? found : read_steps(store, session_id, exercise, message);
    if (!fail)
        fail = read_limits(store, session_id, limits, message);
    return fail ? fail : found;
}
