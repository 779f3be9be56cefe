#include "find_data.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "message_fail.h"
#include "own_place.h"

/* XDG base directory specification: what the variable says, or the usual place below HOME. -1 where neither
 * is known. */
static int home_folder(const char *variable, const char *usual, char path[PLUMB_PATH_N])
{
    const char *folder = getenv(variable), *home = getenv("HOME");
    int n = folder && *folder == '/' ? snprintf(path, PLUMB_PATH_N, "%s/plumb", folder)
            : home && *home          ? snprintf(path, PLUMB_PATH_N, "%s/%s/plumb", home, usual)
                                     : -1;
    return n < 0 || n >= PLUMB_PATH_N ? -1 : 0;
}

static int data_home(char path[PLUMB_PATH_N])
{
    return home_folder("XDG_DATA_HOME", ".local/share", path);
}

int plumb_data_folder(const char *kind, int which, char path[PLUMB_PATH_N])
{
    char base[PLUMB_PATH_N];
    if (which > 0)
        return which == 1 ? plumb_own_share(kind, path) : -1;
    if (data_home(base))
        base[0] = '\0';
    return snprintf(path, PLUMB_PATH_N, "%s/%s", base, kind) < PLUMB_PATH_N ? 0 : -1;
}

static int ends_with(const char *text, const char *ending)
{
    size_t n = strlen(text), m = strlen(ending);
    return n > m && strcmp(text + n - m, ending) == 0;
}

int plumb_data_is_id(const char *id)
{
    return *id &&
           strspn(id, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_") == strlen(id);
}

int plumb_data_find(
    const char *kind, const char *ending, const char *id, char path[PLUMB_PATH_N],
    struct plumb_message *message)
{
    char folder[PLUMB_PATH_N];
    if (strchr(id, '/') || ends_with(id, ending))
        return snprintf(path, PLUMB_PATH_N, "%s", id) < PLUMB_PATH_N
                   ? 0
                   : plumb_message_fail(message, PLUMB_USAGE, "the name of the file is too long");
    for (int which = 0; plumb_data_is_id(id) && plumb_data_folder(kind, which, folder) == 0; which++)
        if (snprintf(path, PLUMB_PATH_N, "%s/%s%s", folder, id, ending) < PLUMB_PATH_N &&
            access(path, R_OK) == 0)
            return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE,
        "there is no \"%s\" among the %s (a file of your own: give its path, with a slash)", id, kind);
}

static int make_folder(const char *path, struct plumb_message *message)
{
    if (mkdir(path, 0700) == 0 || errno == EEXIST)
        return 0;
    int fail = errno == EACCES ? PLUMB_NO_RIGHT : PLUMB_FAILED;
    return plumb_message_fail(message, fail, "%s: cannot be made: %s", path, strerror(errno));
}

/* Makes every folder of the path that is missing. */
static int make_path(char *path, struct plumb_message *message)
{
    for (char *at = path + 1; (at = strchr(at, '/')); at++) {
        *at = '\0';
        int fail = access(path, F_OK) ? make_folder(path, message) : 0;
        *at = '/';
        if (fail)
            return fail;
    }
    return make_folder(path, message);
}

int plumb_data_make(const char *name, char path[PLUMB_PATH_N], struct plumb_message *message)
{
    char base[PLUMB_PATH_N];
    if (data_home(base) || snprintf(path, PLUMB_PATH_N, "%s/%s", base, name) >= PLUMB_PATH_N)
        return plumb_message_fail(
            message, PLUMB_FAILED, "no folder of your own: neither XDG_DATA_HOME nor HOME is set");
    return make_path(path, message);
}

int plumb_config_make(char path[PLUMB_PATH_N], struct plumb_message *message)
{
    if (home_folder("XDG_CONFIG_HOME", ".config", path))
        return plumb_message_fail(
            message, PLUMB_FAILED, "no folder for settings: neither XDG_CONFIG_HOME nor HOME is set");
    return make_path(path, message);
}
