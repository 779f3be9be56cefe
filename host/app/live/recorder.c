#include "recorder.h"

#include <stdlib.h>
#include <string.h>

#include "../../io/file_read.h"
#include "../../io/message_fail.h"
#include "recorder_csv.h"

#define EXERCISE_N (256 * 1024) /* bytes of the longest exercise: io/ini.h */

/* ---- before the first sample */

/* Opened once beforehand: a store that cannot be used is said now, and so is what was recovered. */
static int try_store(struct plumb_recorder *recorder, struct plumb_message *message)
{
    int fail = 0;
    plumb_store_close(plumb_store_open(recorder->begin.store, &fail, message));
    if (fail != PLUMB_FAILED)
        return fail;
    recorder->keep_fail = fail; /* a full disk, mostly */
    return 0;
}

static int open_store(
    struct plumb_recorder *recorder, const struct plumb_recorder_about *about, struct plumb_message *message)
{
    size_t n;
    int fail = about->exercise_path
                   ? plumb_file_read(&recorder->exercise_text, &n, about->exercise_path, EXERCISE_N, message)
                   : 0;
    recorder->keeping = 1;
    recorder->begin = about->keep;
    recorder->begin.exercise_text = recorder->exercise_text;
    return fail ? fail : try_store(recorder, message);
}

int plumb_recorder_open(
    struct plumb_recorder *recorder, const struct plumb_recorder_about *about, struct plumb_message *message)
{
    int fail = about->csv ? plumb_recorder_csv_open(recorder, about->csv, message) : 0;
    return fail ? fail : open_store(recorder, about, message);
}

/* ---- the store */

/* Nothing is written down of a session in which nothing was heard: it begins with the first thing that is. */
static int ready(struct plumb_recorder *recorder, int64_t host_us, struct plumb_message *message)
{
    if (!recorder->keeping || recorder->keep_fail)
        return 0;
    if (recorder->keep)
        return 1;
    recorder->begin.host_us = host_us;
    recorder->keep = plumb_keep_begin(&recorder->begin, &recorder->keep_fail, message);
    if (!recorder->keep)
        return recorder->keep_fail;
    recorder->session = plumb_keep_session(recorder->keep);
    return 1;
}

/* What came of handing something to the keep. */
static int told(struct plumb_recorder *recorder, int fail, struct plumb_message *message)
{
    if (!fail)
        return 0;
    recorder->keep_fail = fail;
    return plumb_message_fail(message, fail, "%s", plumb_keep_message(recorder->keep));
}

int plumb_recorder_bytes(
    struct plumb_recorder *recorder, int64_t host_us, const uint8_t *bytes, size_t n,
    struct plumb_message *message)
{
    int is_ready = ready(recorder, host_us, message);
    return is_ready > 0 ? told(recorder, plumb_keep_bytes(recorder->keep, host_us, bytes, n), message)
                        : is_ready;
}

int plumb_recorder_sample(
    struct plumb_recorder *recorder, int64_t host_us, const struct plumb_sample *sample,
    struct plumb_message *message)
{
    int is_ready = ready(recorder, host_us, message);
    return is_ready > 0 ? told(recorder, plumb_keep_sample(recorder->keep, host_us, sample), message)
                        : is_ready;
}

int plumb_recorder_device(
    struct plumb_recorder *recorder, int64_t host_us, const struct plumb_hello *hello,
    const struct plumb_clip_calib *calib, struct plumb_message *message)
{
    int is_ready = ready(recorder, host_us, message);
    if (is_ready <= 0)
        return is_ready;
    int fail = plumb_keep_device(recorder->keep, host_us, hello, &calib->file, calib->words);
    return told(recorder, fail, message);
}

int plumb_recorder_restart(struct plumb_recorder *recorder, int64_t host_us, struct plumb_message *message)
{
    return recorder->keep && !recorder->keep_fail
               ? told(recorder, plumb_keep_restart(recorder->keep, host_us), message)
               : 0;
}

/* The raw CSV has no other place for who it was; the store has. */
static int names_patient(const char *text)
{
    return strncmp(text, PLUMB_RECORDER_PATIENT, strlen(PLUMB_RECORDER_PATIENT)) == 0;
}

/* Marks and sides stand on the row at their time. */
static int
keep_event(struct plumb_recorder *recorder, const struct plumb_event *event, struct plumb_message *message)
{
    const char *text = event->kind == PLUMB_EVENT_SAMPLE ? event->row.marker : NULL;
    double t_s = event->kind == PLUMB_EVENT_SAMPLE ? event->row.sample.t_s : event->t_s;
    if (event->kind == PLUMB_EVENT_SIDE)
        text = event->side == PLUMB_LEFT ? "side:left" : "side:right";
    if (!text || !recorder->keep || recorder->keep_fail || names_patient(text))
        return 0;
    return told(recorder, plumb_keep_mark(recorder->keep, t_s, text), message);
}

/* ---- both */

int plumb_recorder_event(
    struct plumb_recorder *recorder, const struct plumb_session *session, const struct plumb_event *event,
    int64_t now_us, struct plumb_message *message)
{
    int fail = keep_event(recorder, event, message);
    int row = event->kind == PLUMB_EVENT_SAMPLE
                  ? plumb_recorder_csv_row(recorder, session, event, now_us, message)
                  : 0;
    return fail ? fail : row;
}

int plumb_recorder_tick(struct plumb_recorder *recorder, int64_t now_us, struct plumb_message *message)
{
    return plumb_recorder_csv_tick(recorder, now_us, message);
}

int plumb_recorder_close(struct plumb_recorder *recorder, const char *how, struct plumb_message *message)
{
    int was = recorder->keep_fail;
    int ending = plumb_keep_end(recorder->keep, how, was ? NULL : message);
    recorder->keep = NULL;
    recorder->keep_fail = was ? was : ending;
    free(recorder->exercise_text);
    recorder->exercise_text = NULL;
    int closing = plumb_recorder_csv_close(recorder, message);
    return was || !ending ? closing : ending;
}
