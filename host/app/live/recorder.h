/* Where a session is kept while it runs. A disk that is full ends the recording, not the stretch.
 */
#ifndef PLUMB_RECORDER_H
#define PLUMB_RECORDER_H

#include "../../io/find_data.h"
#include "../../io/save_raw.h"
#include "../../session/session.h"

struct plumb_recorder {
    char csv[PLUMB_PATH_N];      /* its path; empty: none */
    struct plumb_save_raw *rows; /* opened with the first sample, whose sensors are its columns */
    int fail;                    /* the code with which it broke off; said once, the session went on */
};

/* Names the raw CSV and makes sure that it can be written, before the guidance begins: `path`, or, where that
 * is NULL, a dated file of the user's own. 0 or negative with message. */
int plumb_recorder_open(
    struct plumb_recorder *recorder, const char *path, const char *exercise_id, enum plumb_side side,
    struct plumb_message *message);

/* One sample event. Negative where the recording has just broken off, with message. */
int plumb_recorder_row(
    struct plumb_recorder *recorder, const struct plumb_session *session, const struct plumb_event *event,
    int64_t now_us, struct plumb_message *message);

/* Time passes. Likewise. */
int plumb_recorder_tick(struct plumb_recorder *recorder, int64_t now_us, struct plumb_message *message);

/* Gives the file its name. Likewise. */
int plumb_recorder_close(struct plumb_recorder *recorder, struct plumb_message *message);

#endif
