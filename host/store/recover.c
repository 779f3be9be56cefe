#include "recover.h"

#include <stdio.h>
#include <stdlib.h>

#include "../io/message_fail.h"
#include "lock.h"

#define MOST_N 64 /* recordings closed in one go; the rest at the next opening */

int plumb_session_end(
    struct plumb_store *store, int64_t session_id, const char *how, struct plumb_message *message)
{
    static const char sql[] =
        "INSERT INTO session_ends (session_id, utc_us, how, duration_us) "
        "SELECT s.id, s.begun_utc_us + kept.us, ?, kept.us FROM sessions s, "
        "(SELECT max(0, coalesce(max(b.ended_host_us) - z.begun_host_us, 0)) AS us FROM sessions z "
        " LEFT JOIN blocks b ON b.session_id = z.id WHERE z.id = ?) kept "
        "WHERE s.id = ? AND NOT EXISTS (SELECT 1 FROM session_ends e WHERE e.session_id = s.id)";
    return plumb_sql_run(store, message, sql, "tii", how, session_id, session_id);
}

struct left {
    int64_t id;
    char uuid[PLUMB_UUID_N];
};

static int find_left(struct plumb_store *store, struct left *left, int *n, struct plumb_message *message)
{
    sqlite3_stmt *statement = plumb_sql_prepare(
        store, message,
        "SELECT id, uuid FROM sessions WHERE NOT EXISTS (SELECT 1 FROM session_ends WHERE session_id = id)",
        "");
    int more = statement ? 1 : plumb_sql_fail(store, message);
    *n = 0;
    while (more > 0 && *n < MOST_N && (more = plumb_sql_step(store, statement, message)) > 0) {
        left[*n].id = sqlite3_column_int64(statement, 0);
        plumb_sql_text(statement, 1, left[*n].uuid, sizeof left[*n].uuid);
        *n += !plumb_lock_is_held(store->path, left[*n].uuid);
    }
    sqlite3_finalize(statement);
    return more < 0 ? more : 0;
}

static int recover_one(struct plumb_store *store, const struct left *left, struct plumb_message *message)
{
    int fail = plumb_sql_begin(store, message);
    if (fail)
        return fail;
    fail = plumb_session_end(store, left->id, "recovered", message);
    int ours = sqlite3_changes(store->db);
    fail = plumb_sql_end(store, fail, message);
    if (!fail)
        plumb_lock_release(-1, store->path, left->uuid);
    return fail ? fail : ours;
}

static void tell(struct plumb_store *store, const struct left *left, int n, struct plumb_message *message)
{
    int64_t kept_us = 0;
    static const char sql[] = "SELECT duration_us FROM session_ends WHERE session_id = ?";
    plumb_sql_integer(store, &kept_us, NULL, sql, "i", left->id);
    if (n == 1)
        plumb_message_fail(
            message, 0, "session %lld was not ended when its program stopped: %.1f s of it are kept",
            (long long)left->id, (double)kept_us / 1e6);
    else
        plumb_message_fail(
            message, 0,
            "%d sessions were not ended when their program stopped: what was recorded is kept (the "
            "last is session %lld, %.1f s)",
            n, (long long)left->id, (double)kept_us / 1e6);
}

int plumb_recover(struct plumb_store *store, struct plumb_message *message)
{
    struct left left[MOST_N];
    int n = 0, recovered_n = 0, last = 0;
    int fail = find_left(store, left, &n, message);
    for (int i = 0; i < n && !fail; i++) {
        int ours = recover_one(store, &left[i], message);
        fail = ours < 0 ? ours : 0;
        last = ours > 0 ? i : last;
        recovered_n += ours > 0;
    }
    if (!fail && recovered_n)
        tell(store, &left[last], recovered_n, message);
    return fail;
}
