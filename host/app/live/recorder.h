/* Where a session is kept while it runs: in the store, and where asked for in a raw CSV beside. A disk that
 * is full ends the recording, not the stretch.
 */
#ifndef PLUMB_RECORDER_H
#define PLUMB_RECORDER_H

#include "../../io/find_data.h"
#include "../../io/save_raw.h"
#include "../../session/session.h"
#include "../../store/keep.h"
#include "clip_calib.h"

#define PLUMB_RECORDER_PATIENT "note:patient " /* how a raw CSV's first row names who it was */

struct plumb_recorder_about {
    const char *csv;              /* NULL: none */
    const char *exercise_path;    /* its file, to be kept as it was in force */
    struct plumb_keep_begin keep; /* all but the exercise's text and the times */
};

struct plumb_recorder {
    /* the store */
    int keeping; /* 1: sessions are kept; the keep itself begins with the first thing heard */
    struct plumb_keep_begin begin;
    char *exercise_text;     /* owned */
    struct plumb_keep *keep; /* owned; NULL before the first thing heard, and after the end */
    int64_t session;         /* its id in the store; 0 before */
    int keep_fail;           /* the code with which it broke off */
    /* the raw CSV */
    char csv[PLUMB_PATH_N];      /* its path; empty: none */
    struct plumb_save_raw *rows; /* opened with the first sample, whose sensors are its columns */
    int fail;                    /* the code with which it broke off */
};

/* Makes sure, before the guidance begins, that the store can be opened and the raw CSV be written. What
 * `about` points to is borrowed until close. 0 with a message where there is something to tell (a session
 * that was recovered; a disk that is full, which is no reason not to stretch), else negative with message. */
int plumb_recorder_open(
    struct plumb_recorder *recorder, const struct plumb_recorder_about *about, struct plumb_message *message);

/* ---- what happens, in order. 0, or negative where one of the recordings has just broken off, with message:
 * said once, the session goes on. */

int plumb_recorder_bytes(
    struct plumb_recorder *recorder, int64_t host_us, const uint8_t *bytes, size_t n,
    struct plumb_message *message);

/* A sample that did not come as bytes. */
int plumb_recorder_sample(
    struct plumb_recorder *recorder, int64_t host_us, const struct plumb_sample *sample,
    struct plumb_message *message);

/* The device said who it is, or the calibration in use changed. */
int plumb_recorder_device(
    struct plumb_recorder *recorder, int64_t host_us, const struct plumb_hello *hello,
    const struct plumb_clip_calib *calib, struct plumb_message *message);

/* plumb_session_restart was called. */
int plumb_recorder_restart(struct plumb_recorder *recorder, int64_t host_us, struct plumb_message *message);

/* An event of the session: samples for the CSV, marks and sides for the store. */
int plumb_recorder_event(
    struct plumb_recorder *recorder, const struct plumb_session *session, const struct plumb_event *event,
    int64_t now_us, struct plumb_message *message);

/* Time passes. */
int plumb_recorder_tick(struct plumb_recorder *recorder, int64_t now_us, struct plumb_message *message);

/* Ends both: how the session ended ("done", "interrupted"...). */
int plumb_recorder_close(struct plumb_recorder *recorder, const char *how, struct plumb_message *message);

#endif
