/* From what was recorded of a session to what the present code finds in it: the bytes are read back, analysed
 * with the future in view, and the result is kept beside them. */
#ifndef PLUMB_DERIVE_H
#define PLUMB_DERIVE_H

#include "store.h"

/* 1 where the present code has derived it, 0 where it is stale, negative with message. */
int plumb_derived_is_current(struct plumb_store *store, int64_t session_id, struct plumb_message *message);

/* Derives the session, whatever is there. 0, PLUMB_USAGE while it is still being recorded, PLUMB_DAMAGED
 * where what was recorded is not understood, or PLUMB_FAILED; message. */
int plumb_derive(struct plumb_store *store, int64_t session_id, struct plumb_message *message);

struct plumb_derive_done {
    int64_t sessions_n, of_n; /* derived so far, to be derived */
    double recorded_s;        /* how long the sessions derived so far are */
    int64_t failed_n;         /* could not be */
};

/* Derives all sessions that are not current, or really all. tell (may be NULL) is called after each; another
 * return than 0 ends it early. `message` names the first session that could not be derived; the others are
 * derived all the same. 0, or negative where the store itself fails. */
int plumb_derive_all(
    struct plumb_store *store, int really_all,
    int (*tell)(void *context, const struct plumb_derive_done *done), void *context,
    struct plumb_derive_done *done, struct plumb_message *message);

#endif
