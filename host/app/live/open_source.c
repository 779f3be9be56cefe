#include "open_source.h"

#include <stdio.h>
#include <string.h>

#include "../../io/source_replay.h"
#include "../shared/named.h"

#define REPLAY "replay:"

static struct plumb_source *
open_session(const struct plumb_source_uri *uri, int *fail, struct plumb_message *message)
{
    struct plumb_recording recording;
    struct plumb_message news;
    char name[80];
    double speed;
    *fail = plumb_replay_speed(uri, &speed, message);
    if (!*fail)
        *fail = plumb_named_recording(&recording, uri->path, &news, message);
    snprintf(name, sizeof name, "of session %.60s", uri->path);
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
    return plumb_named_is_file(parts.path) ? plumb_source_open(uri, fail, message)
                                           : open_session(&parts, fail, message);
}
