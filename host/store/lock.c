#include "lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "../io/find_data.h"
#include "../io/message_fail.h"

static int name(const char *path, const char *uuid, char file[PLUMB_PATH_N])
{
    return snprintf(file, PLUMB_PATH_N, "%s-%s.recording", path, uuid) < PLUMB_PATH_N ? 0 : -1;
}

int plumb_lock_take(const char *path, const char *uuid, struct plumb_message *message)
{
    char file[PLUMB_PATH_N];
    if (name(path, uuid, file))
        return plumb_message_fail(message, PLUMB_FAILED, "%s: its name is too long", path);
    int descriptor = open(file, O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (descriptor >= 0 && flock(descriptor, LOCK_EX | LOCK_NB) == 0)
        return descriptor;
    int error = errno;
    if (descriptor >= 0)
        close(descriptor);
    int fail = error == EACCES || error == EROFS ? PLUMB_NO_RIGHT : PLUMB_FAILED;
    return plumb_message_fail(message, fail, "%s: cannot be made: %s", file, strerror(error));
}

int plumb_lock_is_held(const char *path, const char *uuid)
{
    char file[PLUMB_PATH_N];
    if (name(path, uuid, file))
        return 0;
    int descriptor = open(file, O_RDWR | O_CLOEXEC);
    if (descriptor < 0)
        return errno != ENOENT;
    int held = flock(descriptor, LOCK_EX | LOCK_NB) != 0;
    close(descriptor);
    return held;
}

void plumb_lock_release(int descriptor, const char *path, const char *uuid)
{
    char file[PLUMB_PATH_N];
    if (name(path, uuid, file) == 0)
        unlink(file);
    if (descriptor >= 0)
        close(descriptor);
}
