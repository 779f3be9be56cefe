/* All that is stale, one session after the other. */
#include <stdlib.h>

#include "../io/message_fail.h"
#include "derive.h"
#include "derived.h"
#include "sql.h"

struct work {
    int64_t *ids; /* owned */
    double *recorded_s;
    size_t n;
};

static const char stale_sql[] =
    "SELECT s.id, e.duration_us / 1e6 FROM sessions s JOIN session_ends e ON e.session_id = s.id "
    "WHERE ?1 OR NOT EXISTS (SELECT 1 FROM derived d WHERE d.session_id = s.id AND d.code_version = ?2) "
    "ORDER BY s.begun_utc_us DESC";

static int make_room(struct work *work, size_t *room, struct plumb_message *message)
{
    if (work->n < *room)
        return 0;
    *room = 2 * *room + 64;
    int64_t *ids = realloc(work->ids, *room * sizeof *ids);
    work->ids = ids ? ids : work->ids;
    double *recorded_s = ids ? realloc(work->recorded_s, *room * sizeof *recorded_s) : NULL;
    work->recorded_s = recorded_s ? recorded_s : work->recorded_s;
    return recorded_s ? 0 : plumb_message_fail(message, PLUMB_FAILED, "out of memory");
}

/* The newest first: they are looked at first. */
static int list(struct plumb_store *store, int really_all, struct work *work, struct plumb_message *message)
{
    size_t room = 0;
    sqlite3_stmt *row =
        plumb_sql_prepare(store, message, stale_sql, "it", (int64_t)really_all, PLUMB_DERIVED_BY);
    int more = row ? 1 : plumb_sql_fail(store, message);
    while (more > 0 && (more = plumb_sql_step(store, row, message)) > 0) {
        int fail = make_room(work, &room, message);
        if (fail) {
            more = fail;
            break;
        }
        work->ids[work->n] = sqlite3_column_int64(row, 0);
        work->recorded_s[work->n++] = sqlite3_column_double(row, 1);
    }
    sqlite3_finalize(row);
    return more;
}

/* A session that is damaged does not keep the others from being derived; a full disk does. */
static int derive_next(
    struct plumb_store *store, const struct work *work, struct plumb_derive_done *done,
    struct plumb_message *message)
{
    int fail = plumb_derive(store, work->ids[done->sessions_n], message);
    done->recorded_s += work->recorded_s[done->sessions_n];
    done->failed_n += fail != 0;
    done->sessions_n++;
    return fail == PLUMB_FAILED || fail == PLUMB_NO_RIGHT ? fail : 0;
}

int plumb_derive_all(
    struct plumb_store *store, int really_all,
    int (*tell)(void *context, const struct plumb_derive_done *done), void *context,
    struct plumb_derive_done *done, struct plumb_message *message)
{
    struct work work = {NULL, NULL, 0};
    *done = (struct plumb_derive_done){0};
    int fail = list(store, really_all, &work, message), over = 0;
    done->of_n = (int64_t)work.n;
    while (!fail && !over && done->sessions_n < done->of_n) {
        fail = derive_next(store, &work, done, message);
        over = tell && tell(context, done);
    }
    free(work.ids);
    free(work.recorded_s);
    return fail;
}
