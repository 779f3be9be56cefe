/* A stored session as samples: the bytes run through the same link, clock and calibration as they did live,
 * so that the same samples come out. Row after row with memory for one block, or whole in memory. */
#ifndef PLUMB_STORED_H
#define PLUMB_STORED_H

#include "../core/exercise.h"
#include "../core/link.h"
#include "../io/recording.h"
#include "store.h"

struct plumb_stored; /* owned by who opened it; to be closed before the store is */

struct plumb_stored_row {
    struct plumb_sample sample;
    const char *marker; /* as in the raw CSV, NULL mostly; borrowed until the next row */
};

/* Begins with the first row. NULL with *fail and message. */
struct plumb_stored *
plumb_stored_open(struct plumb_store *store, int64_t session_id, int *fail, struct plumb_message *message);

/* 1 and the next row, 0 behind the last, negative with message. */
int plumb_stored_next(
    struct plumb_stored *stored, struct plumb_stored_row *row, struct plumb_message *message);

/* Goes back to the first row. 0 or negative. */
int plumb_stored_rewind(struct plumb_stored *stored, struct plumb_message *message);

/* What the link has counted so far; all zero for a recording of rows. Borrowed. */
const struct plumb_link_counters *plumb_stored_counters(const struct plumb_stored *stored);

void plumb_stored_close(struct plumb_stored *stored);

/* The whole session as a recording, as plumb_recording_load gives it; free with plumb_recording_free. 0 or
 * negative. A session without a single sample has a track of none. */
int plumb_stored_load(
    struct plumb_store *store, int64_t session_id, struct plumb_recording *recording,
    struct plumb_message *message);

/* The roles that have columns: those of its devices or of its rows. Bits; negative with message. */
int plumb_stored_roles(struct plumb_store *store, int64_t session_id, struct plumb_message *message);

/* Where the side changed. */
struct plumb_stored_side {
    double t_s;
    enum plumb_side side;
};

/* The changes of side after the first, in time order (owned: free). 0 or negative. */
int plumb_stored_sides(
    struct plumb_store *store, int64_t session_id, struct plumb_stored_side **sides, size_t *n,
    struct plumb_message *message);

/* The exercise as it was in force, with the doses asked for, and the thresholds by side. 1, 0 where the
 * session had none (the exercise then only has the pose and limits that are usual), or negative. */
int plumb_stored_exercise(
    struct plumb_store *store, int64_t session_id, struct plumb_exercise *exercise,
    struct plumb_thresholds limits[2], struct plumb_message *message);

#endif
