/* Gone means gone. */
#include "admin.h"

#include <stdio.h>

#include "../io/message_fail.h"
#include "lock.h"
#include "sql.h"

/* 1 where a living program records one of the sessions that the statement names. */
static int is_recording(struct plumb_store *store, sqlite3_stmt *statement, struct plumb_message *message)
{
    int more, held = 0;
    while (!held && (more = plumb_sql_step(store, statement, message)) > 0) {
        char uuid[PLUMB_UUID_N];
        plumb_sql_text(statement, 0, uuid, sizeof uuid);
        held = plumb_lock_is_held(store->path, uuid);
    }
    sqlite3_finalize(statement);
    return held;
}

static int check_idle(struct plumb_store *store, const char *sql, int64_t id, struct plumb_message *message)
{
    sqlite3_stmt *statement = plumb_sql_prepare(store, message, sql, "i", id);
    if (!statement)
        return plumb_sql_fail(store, message);
    if (is_recording(store, statement, message))
        return plumb_message_fail(
            message, PLUMB_USAGE, "it is being recorded just now: end the session first, then delete it");
    return 0;
}

/* Texts that only the deleted sessions had. */
static int drop_orphans(struct plumb_store *store, struct plumb_message *message)
{
    return plumb_sql_script(
        store, message,
        "DELETE FROM exercises WHERE id NOT IN (SELECT exercise_id FROM sessions WHERE exercise_id IS NOT "
        "NULL);"
        "DELETE FROM calibrations WHERE id NOT IN"
        " (SELECT calibration_id FROM session_devices WHERE calibration_id IS NOT NULL);"
        "DELETE FROM devices WHERE id NOT IN (SELECT device_id FROM session_devices WHERE device_id IS NOT "
        "NULL);");
}

/* The file without what is gone, and the journal empty. */
static int write_anew(struct plumb_store *store, struct plumb_message *message)
{
    struct plumb_message why = {""};
    if (plumb_sql_script(store, &why, "PRAGMA wal_checkpoint(TRUNCATE)") ||
        plumb_sql_script(store, &why, "VACUUM") ||
        plumb_sql_script(store, &why, "PRAGMA wal_checkpoint(TRUNCATE)"))
        return plumb_message_fail(
            message, PLUMB_FAILED,
            "the rows are gone, but the file could not be written anew (%.200s): free some space, close "
            "other "
            "programs that use the store, and delete once more",
            why.text);
    return 0;
}

static int delete_row(
    struct plumb_store *store, const char *sql, const char *what, int64_t id, struct plumb_message *message)
{
    int fail = plumb_sql_begin(store, message);
    if (fail)
        return fail;
    fail = plumb_sql_run(store, message, sql, "i", id);
    if (!fail && sqlite3_changes(store->db) == 0)
        fail = plumb_message_fail(message, PLUMB_USAGE, "there is no such %s", what);
    if (!fail)
        fail = drop_orphans(store, message);
    fail = plumb_sql_end(store, fail, message);
    return fail ? fail : write_anew(store, message);
}

int plumb_store_delete_session(struct plumb_store *store, int64_t session_id, struct plumb_message *message)
{
    int fail = check_idle(store, "SELECT uuid FROM sessions WHERE id = ?", session_id, message);
    return fail ? fail
                : delete_row(store, "DELETE FROM sessions WHERE id = ?", "session", session_id, message);
}

int plumb_store_delete_patient(struct plumb_store *store, int64_t patient_id, struct plumb_message *message)
{
    int fail = check_idle(store, "SELECT uuid FROM sessions WHERE patient_id = ?", patient_id, message);
    return fail ? fail
                : delete_row(store, "DELETE FROM patients WHERE id = ?", "patient", patient_id, message);
}
