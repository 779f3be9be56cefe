/* A stored session ready to be analysed: its recording, and what was in force when it was made. */
#ifndef PLUMB_ASKED_H
#define PLUMB_ASKED_H

#include "../io/recording.h"
#include "../session/analysis.h"
#include "store.h"

struct plumb_asked {
    struct plumb_exercise exercise; /* with the doses asked for */
    struct plumb_thresholds limits[2];
    struct plumb_turn *turns; /* owned, as is the recording */
    struct plumb_recording recording;
    struct plumb_analysis_params params; /* point into the others: it all stays where it is */
};

/* PLUMB_USAGE for a session that is still being recorded. 0 or negative with message; free either way. */
int plumb_asked_load(
    struct plumb_store *store, int64_t session_id, struct plumb_asked *asked, struct plumb_message *message);

void plumb_asked_free(struct plumb_asked *asked);

#endif
