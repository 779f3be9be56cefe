#define _XOPEN_SOURCE 700 /* mkdtemp */
#include "passing.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../io/message_fail.h"

int plumb_passing_make(struct plumb_passing *passing, struct plumb_message *message)
{
    const char *set = getenv("TMPDIR"), *base = set && *set ? set : "/tmp";
    int n = snprintf(passing->folder, sizeof passing->folder, "%s/plumb-passing-XXXXXX", base);
    if (n >= (int)sizeof passing->folder || !mkdtemp(passing->folder)) {
        int error = errno;
        passing->folder[0] = '\0';
        return plumb_message_fail(
            message, PLUMB_FAILED, "%s: no folder for passing things can be made there: %s", base,
            strerror(error));
    }
    snprintf(passing->path, sizeof passing->path, "%s/passing.db", passing->folder);
    return 0;
}

void plumb_passing_remove(const struct plumb_passing *passing)
{
    static const char *const endings[] = {"", "-wal", "-shm", "-journal"};
    char path[sizeof passing->path + 16];
    if (!passing->folder[0])
        return;
    for (size_t i = 0; i < sizeof endings / sizeof *endings; i++) {
        snprintf(path, sizeof path, "%s%s", passing->path, endings[i]);
        unlink(path);
    }
    rmdir(passing->folder);
}
