#include "named.h"

#include <string.h>
#include <unistd.h>

#include "../../io/message_fail.h"
#include "../../store/stored.h"

int plumb_named_is_file(const char *words)
{
    return strpbrk(words, "./") || strcmp(words, "-") == 0 || (*words && access(words, F_OK) == 0);
}

struct plumb_store *plumb_named_store(
    const char *words, int64_t *id, struct plumb_message *news, int *fail, struct plumb_message *message)
{
    *news = (struct plumb_message){""};
    struct plumb_store *store = plumb_store_open(NULL, fail, news);
    if (!store) {
        plumb_message_fail(message, *fail, "%s", news->text);
        return NULL;
    }
    *id = plumb_store_find(store, words, message);
    if (*id >= 0)
        return store;
    *fail = (int)*id;
    plumb_store_close(store);
    return NULL;
}

/* The recorded bytes run through the same link, clock and calibration as live. */
static int load_session(
    struct plumb_recording *recording, const char *words, struct plumb_message *news,
    struct plumb_message *message)
{
    int64_t id = 0;
    int fail = 0;
    struct plumb_store *store = plumb_named_store(words, &id, news, &fail, message);
    if (store)
        fail = plumb_stored_load(store, id, recording, message);
    plumb_store_close(store);
    return fail;
}

int plumb_named_recording(
    struct plumb_recording *recording, const char *words, struct plumb_message *news,
    struct plumb_message *message)
{
    *recording = (struct plumb_recording){0};
    *news = (struct plumb_message){""};
    return plumb_named_is_file(words) ? plumb_recording_load(recording, words, message)
                                      : load_session(recording, words, news, message);
}
