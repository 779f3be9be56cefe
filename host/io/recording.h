/* A recording in memory: the samples of a raw CSV file with its markers and, where it has them, truth
 * columns. */
#ifndef PLUMB_RECORDING_H
#define PLUMB_RECORDING_H

#include <stddef.h>

#include "../core/message.h"
#include "../core/sample.h"

enum plumb_marker {
    PLUMB_NEUTRAL_BEGIN,
    PLUMB_NEUTRAL_END,
    PLUMB_TILT_BEGIN,
    PLUMB_TILT_END,
    PLUMB_ARCH_BEGIN,
    PLUMB_ARCH_END,
    PLUMB_HOLD_BEGIN,
    PLUMB_HOLD_END,
    PLUMB_CONTRACT_BEGIN,
    PLUMB_CONTRACT_END,
    PLUMB_POSE_CHANGE_BEGIN,
    PLUMB_POSE_CHANGE_END,
    PLUMB_NOTE,
    PLUMB_MARKERS_N
};

struct plumb_mark {
    enum plumb_marker kind;
    size_t row; /* index of its sample */
    double t_s;
    char *note; /* owned by the recording; NULL but for PLUMB_NOTE */
};

struct plumb_recording {
    struct plumb_sample *samples; /* owned, n of them */
    size_t n;
    struct plumb_mark *marks; /* owned, in time order */
    size_t marks_n;
    unsigned roles; /* bits of the roles that have columns */
};

/* Reads raw CSV, plain or gzip, "-" for standard input. 0, or a negative enum plumb_fail with `message`
 * saying FILE:LINE, what was wanted and what was found; the recording is then empty. Free with
 * plumb_recording_free. */
int plumb_recording_load(struct plumb_recording *recording, const char *path, struct plumb_message *message);

void plumb_recording_free(struct plumb_recording *recording);

#endif
