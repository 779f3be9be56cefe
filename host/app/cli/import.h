/* Recordings and sessions from elsewhere into the store. */
#ifndef PLUMB_IMPORT_H
#define PLUMB_IMPORT_H

#include <stdint.h>

#include "../../core/exercise.h"
#include "../../store/store.h"

/* What a file does not say itself; NULLs where nobody says. */
struct plumb_import {
    const char *patient;  /* alias: whose it is, whatever the file says */
    const char *exercise; /* id or file; default supine-edge */
    enum plumb_side side;
    const char *limits; /* a person's file of thresholds */
    const char *begun;  /* ISO 8601; without an offset: of this machine's clock */
    const char *note, *tags;
    void (*tell)(void *context, double share); /* now and then: 0..1 of a file; NULL is allowed */
    void *context;
};

/* Takes a raw CSV, or a session as JSON, whole or not at all: its id in the store, or negative with message.
 * *was_there: 1 where the session was in the store already. */
int64_t plumb_import_file(
    const struct plumb_import *import, struct plumb_store *store, const char *path, int *was_there,
    struct plumb_message *message);

#endif
