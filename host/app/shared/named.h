/* What a person names: a file, or a session of the store. */
#ifndef PLUMB_NAMED_H
#define PLUMB_NAMED_H

#include "../../io/recording.h"
#include "../../store/store.h"

/* 1 where the words name a file: there is one, or they have the look of one (a dot, a slash, - for standard
 * input). Otherwise they mean a session: "last", a number, the beginning of a uuid. */
int plumb_named_is_file(const char *words);

/* The user's own store, with the session that the words mean in *id; close it with plumb_store_close. news:
 * what the store had to tell although all is well, mostly nothing. NULL with *fail and message. */
struct plumb_store *plumb_named_store(
    const char *words, int64_t *id, struct plumb_message *news, int *fail, struct plumb_message *message);

/* Whichever it is as a recording, a session's as far as it was recorded: the same samples as live. Free with
 * plumb_recording_free. 0 or negative with message. */
int plumb_named_recording(
    struct plumb_recording *recording, const char *words, struct plumb_message *news,
    struct plumb_message *message);

#endif
