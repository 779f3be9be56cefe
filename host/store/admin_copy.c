/* A copy beside the store, and the copy back. */
#define _XOPEN_SOURCE 700
#include "admin.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "../io/message_fail.h"
#include "schema.h"

#define PAGES_A_STEP 256
#define BUSY_MS      20
#define BUSY_TRIES_N 500 /* ten seconds of another program's transaction */

/* ---- copying pages */

/* One step; waits a little where another program writes. */
static int step(sqlite3_backup *backup, int *tries)
{
    int code = sqlite3_backup_step(backup, PAGES_A_STEP);
    int busy = code == SQLITE_BUSY || code == SQLITE_LOCKED;
    *tries = busy ? *tries + 1 : 0;
    if (busy && *tries < BUSY_TRIES_N) {
        sqlite3_sleep(BUSY_MS);
        return SQLITE_OK;
    }
    return code;
}

static int
copy(sqlite3 *to, sqlite3 *from, plumb_admin_tell *tell, void *context, struct plumb_message *message)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", from, "main");
    int code = backup ? SQLITE_OK : sqlite3_errcode(to), tries = 0, given_up = 0;
    while (code == SQLITE_OK && !given_up) {
        code = step(backup, &tries);
        given_up = tell && tell(context, sqlite3_backup_remaining(backup), sqlite3_backup_pagecount(backup));
    }
    sqlite3_backup_finish(backup);
    if (given_up && code != SQLITE_DONE)
        return plumb_message_fail(message, PLUMB_USAGE, "given up; nothing was changed");
    if (code != SQLITE_DONE)
        return plumb_message_fail(message, PLUMB_FAILED, "the copy failed: %s", sqlite3_errstr(code));
    return 0;
}

/* A fresh file that only its owner reads. */
static int open_new(const char *path, sqlite3 **db, struct plumb_message *message)
{
    *db = NULL;
    unlink(path);
    int file = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (file < 0)
        return plumb_message_fail(
            message, errno == EACCES ? PLUMB_NO_RIGHT : PLUMB_FAILED, "%s: cannot be written: %s", path,
            strerror(errno));
    close(file);
    if (sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        return plumb_message_fail(message, PLUMB_FAILED, "%s: %s", path, sqlite3_errmsg(*db));
    return 0;
}

static int sync_file(const char *path)
{
    int file = open(path, O_RDONLY | O_CLOEXEC);
    int fail = file < 0 || fsync(file);
    if (file >= 0)
        close(file);
    return fail;
}

int plumb_store_backup(
    struct plumb_store *store, const char *path, plumb_admin_tell *tell, void *context,
    struct plumb_message *message)
{
    char part[PLUMB_STORE_PATH_N];
    sqlite3 *to;
    if (snprintf(part, sizeof part, "%s.part", path) >= (int)sizeof part)
        return plumb_message_fail(message, PLUMB_USAGE, "the name of the copy is too long");
    int fail = open_new(part, &to, message);
    if (!fail)
        fail = copy(to, store->db, tell, context, message);
    if (!fail && sqlite3_exec(to, "PRAGMA journal_mode = DELETE", NULL, NULL, NULL) != SQLITE_OK)
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: %s", path, sqlite3_errmsg(to));
    if (sqlite3_close(to) != SQLITE_OK && !fail)
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be closed", path);
    if (!fail && (sync_file(part) || rename(part, path)))
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: cannot be written: %s", path, strerror(errno));
    if (fail)
        unlink(part);
    return fail;
}

/* ---- bringing one back */

static int pragma_is(sqlite3 *db, const char *sql, const char *wanted)
{
    sqlite3_stmt *statement = NULL;
    int is = sqlite3_prepare_v2(db, sql, -1, &statement, NULL) == SQLITE_OK &&
             sqlite3_step(statement) == SQLITE_ROW;
    if (is) {
        const char *text = (const char *)sqlite3_column_text(statement, 0);
        is = text && strcmp(text, wanted) == 0;
    }
    sqlite3_finalize(statement);
    return is;
}

static int is_sound_store(sqlite3 *db)
{
    char application[24];
    snprintf(application, sizeof application, "%d", PLUMB_STORE_APPLICATION);
    return pragma_is(db, "PRAGMA application_id", application) &&
           pragma_is(
               db, "SELECT (SELECT user_version FROM pragma_user_version) BETWEEN 1 AND " PLUMB_SCHEMA_TEXT,
               "1") &&
           pragma_is(db, "PRAGMA integrity_check(1)", "ok");
}

static int open_copy(const char *path, sqlite3 **db, struct plumb_message *message)
{
    *db = NULL;
    if (access(path, R_OK))
        return plumb_message_fail(
            message, errno == EACCES ? PLUMB_NO_RIGHT : PLUMB_USAGE, "%s: cannot be read: %s", path,
            strerror(errno));
    if (sqlite3_open_v2(path, db, SQLITE_OPEN_READONLY, NULL) == SQLITE_OK && is_sound_store(*db))
        return 0;
    return plumb_message_fail(
        message, PLUMB_DAMAGED,
        "%s: wanted a sound store of this version or an older one, as plumb sessions backup "
        "writes it; nothing was changed",
        path);
}

static int name_kept(const struct plumb_store *store, char kept[PLUMB_STORE_PATH_N])
{
    char stamp[32];
    time_t now = time(NULL);
    struct tm local;
    localtime_r(&now, &local);
    strftime(stamp, sizeof stamp, "%Y%m%d-%H%M%S", &local);
    return snprintf(kept, PLUMB_STORE_PATH_N, "%s.before-%s", store->path, stamp) < PLUMB_STORE_PATH_N;
}

int plumb_store_restore(
    struct plumb_store *store, const char *path, char kept[PLUMB_STORE_PATH_N], plumb_admin_tell *tell,
    void *context, struct plumb_message *message)
{
    sqlite3 *from;
    int fail = open_copy(path, &from, message);
    if (!fail && !name_kept(store, kept))
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: its name is too long", store->path);
    if (!fail)
        fail = plumb_store_backup(store, kept, NULL, NULL, message);
    if (!fail)
        fail = copy(store->db, from, tell, context, message);
    sqlite3_close(from);
    if (!fail)
        fail = plumb_sql_script(store, message, "PRAGMA journal_mode = WAL");
    return fail ? fail : plumb_schema_open(store, message);
}
