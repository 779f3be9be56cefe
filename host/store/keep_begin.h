/* The first row of a recording: the session, its patient, its exercise and its limits. */
#ifndef PLUMB_KEEP_BEGIN_H
#define PLUMB_KEEP_BEGIN_H

#include "keep.h"
#include "sql.h"

/* Writes the session down in a transaction of its own. Its id, or negative with message. */
int64_t plumb_keep_begin_session(
    struct plumb_store *store, const struct plumb_keep_begin *begin, const char *uuid,
    struct plumb_message *message);

#endif
