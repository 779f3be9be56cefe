/* A recording in memory: the samples of a raw CSV file, packed (an hour at 200 Hz must stay under 200 MB with
 * everything that analysis adds), and its markers. */
#ifndef PLUMB_RECORDING_H
#define PLUMB_RECORDING_H

#include "../core/mark.h"
#include "../core/message.h"
#include "../core/track.h"

struct plumb_recording {
    struct plumb_track track; /* its arrays are owned by the recording; read a sample with plumb_track_at */
    struct plumb_mark *marks; /* owned, in time order */
    size_t marks_n;
    unsigned roles;    /* bits of the roles that have columns */
    size_t cut_rows_n; /* 1 where the last line was cut (a recording that crashed): it was left out */
};

/* Reads raw CSV, plain or gzip, "-" for standard input. 0, or a negative enum plumb_fail with `message`
 * saying FILE:LINE, what was wanted and what was found; the recording is then empty. Free with
 * plumb_recording_free. */
int plumb_recording_load(struct plumb_recording *recording, const char *path, struct plumb_message *message);

void plumb_recording_free(struct plumb_recording *recording);

#endif
