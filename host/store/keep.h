/* Recording into the store while a session runs: the bytes as they came, in blocks of at most a second,
 * written by a thread of their own so that no disk ever delays a sample. What was committed survives power
 * loss; at most the last second can be lost.
 */
#ifndef PLUMB_KEEP_H
#define PLUMB_KEEP_H

#include <stddef.h>
#include <stdint.h>

#include "../core/sample.h"
#include "../io/load_calib.h"
#include "store.h"

/* What is known when a session begins. Texts are borrowed for the call. */
struct plumb_keep_begin {
    const char *store;                     /* path, NULL: the user's own */
    const char *patient;                   /* alias; NULL: "me" */
    const char *exercise_text;             /* the exercise's file as it was in force; NULL: none */
    const struct plumb_exercise *exercise; /* NULL: only recorded */
    enum plumb_side side;
    int both_sides;
    const struct plumb_thresholds *limits; /* [2], by side, as asked for */
    const char *source;                    /* what it came from, in words */
    const char *program;                   /* program and version */
    int64_t host_us;                       /* the session's clock now; its UTC is taken here */
    int64_t utc_us;                        /* 0: now; else when a recording of the past began */
    int waits; /* 1: no session runs (an import): waits for the disk rather than give up */
};

struct plumb_keep; /* owned by who began it, until plumb_keep_end */

/* Begins a session in the store. NULL with *fail and message. */
struct plumb_keep *
plumb_keep_begin(const struct plumb_keep_begin *begin, int *fail, struct plumb_message *message);

/* Its id in the store. */
int64_t plumb_keep_session(const struct plumb_keep *keep);

/* What happened, in order. None waits for the disk. Each answers 0, or the negative code with which writing
 * has failed (once failed, always failed; what was committed stays). */
int plumb_keep_bytes(struct plumb_keep *keep, int64_t host_us, const uint8_t *bytes, size_t n);

/* A sample that did not come as bytes of the link (a replayed recording): kept as a row of raw CSV. */
int plumb_keep_sample(struct plumb_keep *keep, int64_t host_us, const struct plumb_sample *sample);

/* A marker of the row at t_s, as in the raw CSV, or "side:left" / "side:right" where the other side begins.
 */
int plumb_keep_mark(struct plumb_keep *keep, double t_s, const char *text);

/* Which device and calibration hold from here on: after its HELLO, and whenever the calibration in use
 * changes (struct plumb_clip_calib: the file and its words). hello and calib may be NULL. Bytes that came
 * before the change are to be kept before this call. */
int plumb_keep_device(
    struct plumb_keep *keep, int64_t host_us, const struct plumb_hello *hello,
    const struct plumb_calib_file *calib, const char *words);

/* The device went away or came back: plumb_session_restart was called at host_us and have_hello taken back.
 */
int plumb_keep_restart(struct plumb_keep *keep, int64_t host_us);

/* A line of a raw CSV as it stands in its file, without its end: first the header, then rows. */
int plumb_keep_line(struct plumb_keep *keep, int64_t host_us, int is_header, const char *text, size_t n);

/* Why writing failed; empty while it did not. */
const char *plumb_keep_message(const struct plumb_keep *keep);

/* Commits the rest, says how it ended ("done", "stopped: sharp pain", "interrupted", "lost"), and stops the
 * thread. 0, or the code of the first failure with message. `keep` is gone. NULL is allowed. */
int plumb_keep_end(struct plumb_keep *keep, const char *ended, struct plumb_message *message);

#endif
