/* What live does with the bytes of the link: the session makes samples of them, the store keeps them. */
#ifndef PLUMB_TESTS_RECORDER_H
#define PLUMB_TESTS_RECORDER_H

#include "host/io/save_raw.h"
#include "host/session/session.h"
#include "host/store/keep.h"

struct recorder {
    struct plumb_session session;
    struct plumb_keep *keep;      /* may be NULL */
    struct plumb_save_raw *csv;   /* may be NULL */
    struct plumb_sample *samples; /* owned: all that the session made */
    size_t n, room;
    int fail;                      /* of the keep */
    const char *marker;            /* for the next row */
    struct plumb_calib_file calib; /* told with the next hello where anything is present */
};

/* On the heap. Records into `store`; keep stays NULL where that is NULL. */
struct recorder *recorder_new(const char *store, const char *patient);
void recorder_free(struct recorder *recorder); /* does not end the keep */

/* A clip_line_taker; context is the recorder. */
void recorder_take(void *context, int64_t host_us, const uint8_t *bytes, size_t n);

/* The device went away and came back. */
void recorder_restart(struct recorder *recorder, int64_t host_us);

#endif
