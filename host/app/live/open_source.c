#include "open_source.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "../../io/message_fail.h"
#include "../../io/source_replay.h"
#include "../../store/stored.h"

#define REPLAY "replay:"

/* As the words of a session look: "last", "12", "3f2a". What has a dot or a slash is a file that is not
 * there. */
static int may_be_session(const char *words)
{
    return *words && !strpbrk(words, "./") && access(words, F_OK) != 0;
}

/* The recorded bytes run through the same link, clock and calibration as live; what comes out is replayed. */
static int
load(struct plumb_recording *recording, const char *words, char name[64], struct plumb_message *message)
{
    struct plumb_message told = {""};
    int fail = 0;
    struct plumb_store *store = plumb_store_open(NULL, &fail, &told);
    if (!store)
        return plumb_message_fail(message, fail, "%s", told.text);
    int64_t id = plumb_store_find(store, words, message);
    fail = id < 0 ? (int)id : plumb_stored_load(store, id, recording, message);
    plumb_store_close(store);
    snprintf(name, 64, "of session %lld", (long long)id);
    return fail;
}

static struct plumb_source *
open_session(const struct plumb_source_uri *uri, int *fail, struct plumb_message *message)
{
    struct plumb_recording recording;
    char name[64];
    double speed;
    *fail = plumb_replay_speed(uri, &speed, message);
    if (!*fail)
        *fail = load(&recording, uri->path, name, message);
    return *fail ? NULL : plumb_replay_recording(&recording, name, speed, fail, message);
}

struct plumb_source *plumb_open_source(const char *uri, int *fail, struct plumb_message *message)
{
    struct plumb_source_uri parts;
    if (strncmp(uri, REPLAY, strlen(REPLAY)) != 0)
        return plumb_source_open(uri, fail, message);
    *fail = plumb_replay_uri(&parts, uri + strlen(REPLAY), message);
    if (*fail)
        return NULL;
    return may_be_session(parts.path) ? open_session(&parts, fail, message)
                                      : plumb_source_open(uri, fail, message);
}
