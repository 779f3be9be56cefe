/* A stretch that a virtual patient did, in the store: what the tests of derived data look at. */
#ifndef PLUMB_TESTS_STRETCH_H
#define PLUMB_TESTS_STRETCH_H

#include "host/store/store.h"
#include "tests/app/rehearsal.h"

struct stretch {
    const char *store;    /* path */
    const char *patient;  /* alias */
    const char *exercise; /* id of a shipped one */
    enum manner manner;
    int both; /* both sides, right first */
    int64_t utc_us;
};

/* Plays it and keeps it; the session's id. */
int64_t stretch_keep(const struct stretch *stretch);

#endif
