#include "own_place.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

static int try(char path[PLUMB_PATH_N], const char *folder, const char *name)
{
    int n = snprintf(path, PLUMB_PATH_N, "%s/%s", folder, name);
    return n < PLUMB_PATH_N && access(path, R_OK) == 0 ? 0 : -1;
}

/* The link is resolved by the kernel: a program started through a link lies where it was put. */
static int own_folder(char folder[PLUMB_PATH_N])
{
    ssize_t n = readlink("/proc/self/exe", folder, PLUMB_PATH_N - 1);
    if (n <= 0)
        return -1;
    folder[n] = '\0';
    char *slash = strrchr(folder, '/');
    if (!slash)
        return -1;
    *slash = '\0';
    return 0;
}

int plumb_own_place(const char *way, char path[PLUMB_PATH_N])
{
    char folder[PLUMB_PATH_N];
    return own_folder(folder) ? -1 : try(path, folder, way);
}

int plumb_own_share(const char *name, char path[PLUMB_PATH_N])
{
    char installed[PLUMB_PATH_N];
    if (plumb_own_place(PLUMB_SHARE_WAY, installed) == 0 && try(path, installed, name) == 0)
        return 0;
    return try(path, PLUMB_SHARE_DIR, name);
}

int plumb_own_program(const char *variable, const char *name, const char *built, char path[PLUMB_PATH_N])
{
    const char *said = getenv(variable);
    char installed[PLUMB_PATH_N];
    if (said && *said)
        return snprintf(path, PLUMB_PATH_N, "%s", said) < PLUMB_PATH_N ? access(path, X_OK) : -1;
    if (plumb_own_place(name, path) == 0)
        return 0;
    if (plumb_own_place(PLUMB_LIBEXEC_WAY, installed) == 0 && try(path, installed, name) == 0)
        return 0;
    snprintf(path, PLUMB_PATH_N, "%s", built);
    return access(path, X_OK);
}
