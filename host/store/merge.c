#include "merge.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../io/message_fail.h"
#include "carry.h"
#include "passing.h"
#include "sql.h"

#define PAGES_AT_ONCE 4096
#define URI_N         8192

int plumb_store_is_file(const char *path)
{
    static const char begins[] =
        "SQLite format 3"; /* with its NUL: the first 16 bytes (sqlite.org/fileformat) */
    char head[sizeof begins];
    FILE *file = fopen(path, "rb");
    int is =
        file && fread(head, 1, sizeof head, file) == sizeof head && memcmp(head, begins, sizeof head) == 0;
    if (file)
        fclose(file);
    return is;
}

/* ---- the copy */

static int copy_pages(sqlite3 *from, sqlite3 *to)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    while (backup && sqlite3_backup_step(backup, PAGES_AT_ONCE) == SQLITE_OK)
        continue;
    return backup ? sqlite3_backup_finish(backup) : sqlite3_errcode(to);
}

/* "file:NAME?mode=ro", and immutable where nothing lies beside it that a program left or still writes: then
 * SQLite puts nothing there either. */
static void make_uri(char uri[URI_N], const char *path)
{
    char beside[URI_N];
    size_t n = (size_t)snprintf(uri, URI_N, "file:");
    snprintf(beside, sizeof beside, "%s-wal", path);
    for (; *path && n + 40 < URI_N; path++)
        n += (size_t)snprintf(
            uri + n, URI_N - n, strchr("%?#", *path) ? "%%%02X" : "%c", (unsigned)(unsigned char)*path);
    snprintf(uri + n, URI_N - n, "?mode=ro%s", access(beside, F_OK) ? "&immutable=1" : "");
}

static int copy(const char *path, const char *to_path, struct plumb_message *message)
{
    sqlite3 *from = NULL, *to = NULL;
    char uri[URI_N];
    make_uri(uri, path);
    int error = sqlite3_open_v2(uri, &from, SQLITE_OPEN_READONLY | SQLITE_OPEN_URI, NULL);
    if (!error)
        error = sqlite3_open_v2(to_path, &to, SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL);
    if (!error)
        error = copy_pages(from, to);
    sqlite3_close(from);
    sqlite3_close(to);
    return error ? plumb_message_fail(
                       message, error == SQLITE_FULL || error == SQLITE_IOERR ? PLUMB_FAILED : PLUMB_DAMAGED,
                       "%s: wants a store that can be read: %s", path, sqlite3_errstr(error))
                 : 0;
}

/* ---- its sessions */

struct ids {
    int64_t *list; /* owned */
    size_t n;
};

static int read_ids(struct plumb_store *other, struct ids *ids, struct plumb_message *message)
{
    int64_t n = 0;
    int fail = plumb_sql_integer(other, &n, message, "SELECT count(*) FROM sessions", "");
    ids->list = calloc((size_t)n + 1, sizeof *ids->list);
    sqlite3_stmt *rows =
        fail < 0 ? NULL
                 : plumb_sql_prepare(other, message, "SELECT id FROM sessions ORDER BY id LIMIT ?", "i", n);
    if (!rows || !ids->list)
        return plumb_message_fail(message, fail < 0 ? fail : PLUMB_FAILED, "the other store cannot be read");
    int more = 0;
    while ((more = plumb_sql_step(other, rows, message)) > 0)
        ids->list[ids->n++] = sqlite3_column_int64(rows, 0);
    sqlite3_finalize(rows);
    return more;
}

static int take_rows(struct plumb_take *take, struct plumb_dossier *from, struct plumb_message *message)
{
    struct plumb_kept row;
    int fail = 0, more = 0;
    while (!fail && (more = from->next_kept(from->kept, &row, message)) > 0)
        fail = plumb_take_row(take, &row, message);
    return fail ? fail : more;
}

static int merge_one(
    struct plumb_store *store, struct plumb_store *other, int64_t id, const char *patient, int *was_there,
    struct plumb_message *message)
{
    struct plumb_dossier from = {0};
    int fail = plumb_store_kept(other, id, &from, message);
    struct plumb_take *take = fail ? NULL : plumb_take_begin(store, patient, &fail, message);
    if (take) {
        fail = take_rows(take, &from, message);
        int64_t taken = fail ? 0 : plumb_take_end(take, was_there, message);
        if (fail)
            plumb_take_drop(take);
        fail = taken < 0 ? (int)taken : fail;
    }
    plumb_dossier_free(&from);
    return fail;
}

static int merge_all(
    struct plumb_store *store, struct plumb_store *other, const char *patient,
    int (*tell)(void *context, const struct plumb_merge_done *done), void *context,
    struct plumb_merge_done *done, struct plumb_message *message)
{
    struct ids ids = {NULL, 0};
    int fail = read_ids(other, &ids, message);
    done->of_n = (int64_t)ids.n;
    for (size_t i = 0; i < ids.n && !fail; i++) {
        int was_there = 0;
        fail = merge_one(store, other, ids.list[i], patient, &was_there, message);
        done->taken_n += !fail && !was_there;
        done->there_n += !fail && was_there;
        if (!fail && tell && tell(context, done))
            break;
    }
    free(ids.list);
    return fail;
}

int plumb_store_merge(
    struct plumb_store *store, const char *path, const char *patient,
    int (*tell)(void *context, const struct plumb_merge_done *done), void *context,
    struct plumb_merge_done *done, struct plumb_message *message)
{
    struct plumb_passing passing = {{0}, {0}};
    struct plumb_message why = {""};
    *done = (struct plumb_merge_done){0, 0, 0};
    int fail = plumb_passing_make(&passing, message);
    if (!fail)
        fail = copy(path, passing.path, message);
    struct plumb_store *other = fail ? NULL : plumb_store_open(passing.path, &fail, &why);
    if (other)
        fail = merge_all(store, other, patient, tell, context, done, message);
    else if (why.text[0]) /* it names the copy, of which nobody has heard */
        plumb_message_fail(
            message, fail, "%s: wants a store of this Plumb or an older one%s", path,
            strchr(why.text, ':') ? strchr(why.text, ':') : "");
    plumb_store_close(other);
    plumb_passing_remove(&passing);
    return fail;
}
