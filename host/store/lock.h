/* Who is recording: a locked file of its own beside the store for each running recording, so that another
 * program tells a living recording from one whose program died. The lock goes with the process, however it
 * ends; the file is removed by who ends the recording or recovers it.
 */
#ifndef PLUMB_LOCK_H
#define PLUMB_LOCK_H

#include "../core/message.h"

/* Makes and locks the file of the recording `uuid` of the store at `path`. Its descriptor, to be handed to
 * plumb_lock_release, or negative with message. To be called before the session is written down. */
int plumb_lock_take(const char *path, const char *uuid, struct plumb_message *message);

/* 1 while a living process holds it, 0 where none does. */
int plumb_lock_is_held(const char *path, const char *uuid);

/* Removes the file and lets go. A negative descriptor only removes the file. */
void plumb_lock_release(int descriptor, const char *path, const char *uuid);

#endif
