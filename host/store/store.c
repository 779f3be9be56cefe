/* Opening: the file of the user's own, the settings of the connection, its shape, and what a program that
 * died has left. */
#define _XOPEN_SOURCE 700 /* realpath */
#include "store.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "../io/find_data.h"
#include "../io/message_fail.h"
#include "recover.h"
#include "schema.h"
#include "sql.h"

#define NAME    "plumb.db"
#define WAIT_MS 10000 /* for another program's transaction */
#define TRIES_N 50    /* to become the one who makes the file */
#define TRY_MS  100

/* ---- which file */

static int usual_path(char path[PLUMB_PATH_N], struct plumb_message *message)
{
    char folder[PLUMB_PATH_N];
    int fail = plumb_data_make(".", folder, message);
    if (!fail && snprintf(path, PLUMB_PATH_N, "%s/" NAME, folder) >= PLUMB_PATH_N)
        fail = plumb_message_fail(message, PLUMB_FAILED, "%s: its name is too long", folder);
    return fail;
}

/* Makes an empty file that only its owner reads; what SQLite puts beside it takes its rights from it. */
static int make_file(const char *path, struct plumb_message *message)
{
    struct stat status;
    int descriptor = open(path, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0)
        close(descriptor);
    else if (errno != EEXIST)
        return plumb_message_fail(
            message, errno == EACCES || errno == EROFS ? PLUMB_NO_RIGHT : PLUMB_FAILED,
            "%s: cannot be made: %s", path, strerror(errno));
    if (stat(path, &status) == 0 && status.st_mode & 077 && status.st_uid == geteuid())
        chmod(path, 0600);
    return 0;
}

/* One name for one file, whatever way led to it: recordings are locked beside it. */
static char *real_path(const char *path, int *fail, struct plumb_message *message)
{
    char usual[PLUMB_PATH_N];
    *fail = path ? 0 : usual_path(usual, message);
    if (!*fail)
        *fail = make_file(path ? path : usual, message);
    if (*fail)
        return NULL;
    char *real = realpath(path ? path : usual, NULL);
    if (!real)
        *fail = plumb_message_fail(
            message, PLUMB_FAILED, "%s: cannot be found: %s", path ? path : usual, strerror(errno));
    return real;
}

/* ---- the connection */

static const char settings[] = "PRAGMA foreign_keys = ON;"
                               "PRAGMA secure_delete = ON;"
                               "PRAGMA synchronous = FULL;"
                               "PRAGMA trusted_schema = OFF;"
                               "PRAGMA cell_size_check = ON;"
                               "PRAGMA wal_autocheckpoint = 128;"
                               "PRAGMA journal_size_limit = 1048576;";

/* A page holds three blocks of a second with little left over; it can only be chosen before there is one. Two
 * programs that make the file at the same moment have to take turns. */
static int begin_wal(struct plumb_store *store, struct plumb_message *message)
{
    static const char sql[] = "PRAGMA page_size = 16384; PRAGMA journal_mode = WAL";
    for (int i = 0; i < TRIES_N; i++) {
        int code = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
        if (code == SQLITE_OK)
            return 0;
        if (code != SQLITE_BUSY)
            break;
        sqlite3_sleep(TRY_MS);
    }
    return plumb_sql_fail(store, message);
}

static int connect(struct plumb_store *store, struct plumb_message *message)
{
    int flags = SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE;
    if (sqlite3_open_v2(store->path, &store->db, flags, NULL) != SQLITE_OK)
        return plumb_sql_fail(store, message);
    sqlite3_busy_timeout(store->db, WAIT_MS);
    sqlite3_db_config(store->db, SQLITE_DBCONFIG_DEFENSIVE, 1, NULL);
    int fail = begin_wal(store, message);
    return fail ? fail : plumb_sql_script(store, message, settings);
}

int plumb_store_connect(struct plumb_store **out, const char *path, struct plumb_message *message)
{
    int fail = 0;
    struct plumb_store *store = calloc(1, sizeof *store);
    *out = NULL;
    if (!store)
        return plumb_message_fail(message, PLUMB_FAILED, "out of memory");
    store->path = real_path(path, &fail, message);
    if (!fail)
        fail = connect(store, message);
    if (!fail)
        fail = plumb_schema_open(store, message);
    if (fail)
        plumb_store_close(store);
    else
        *out = store;
    return fail;
}

struct plumb_store *plumb_store_open(const char *path, int *fail, struct plumb_message *message)
{
    struct plumb_store *store;
    *fail = plumb_store_connect(&store, path, message);
    if (!*fail)
        *fail = plumb_recover(store, message);
    if (*fail == PLUMB_FAILED && store)
        *fail = 0; /* on a full disk nothing can be closed now; all of it can still be read, and the message
                      says why */
    if (!*fail)
        return store;
    plumb_store_close(store);
    return NULL;
}

void plumb_store_close(struct plumb_store *store)
{
    if (!store)
        return;
    sqlite3_close_v2(store->db);
    free(store->path);
    free(store);
}

void plumb_store_ask(struct plumb_store *store, const struct plumb_wanted *wanted)
{
    store->wanted = wanted;
}

int plumb_store_given_up(const struct plumb_store *store, struct plumb_message *message)
{
    return plumb_given_up(store->wanted)
               ? plumb_message_fail(message, PLUMB_USAGE, "given up; nothing was written")
               : 0;
}

const char *plumb_store_path(const struct plumb_store *store)
{
    return store->path;
}
