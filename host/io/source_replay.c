/* A recording as a source: its samples in their own time, faster, or as fast as they are read. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "../core/mark.h"
#include "message_fail.h"
#include "recording.h"
#include "source_kind.h"
#include "source_replay.h"
#include "source_uri.h"
#include "text_number.h"

#define FASTEST  1000.0
#define SLOWEST  0.01
#define MARKER_N 2100 /* "note:" and the longest note that a recording keeps */

struct replay {
    struct plumb_recording recording;
    double speed;     /* against the clock; 0: as fast as it is read */
    int64_t begin_us; /* the clock's time of the first row; 0 before the first read */
    size_t row, mark; /* what comes next */
    struct plumb_sample sample;
    char marker[MARKER_N];
    char describe[160];
};

static int64_t clock_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

static void sleep_us(int64_t us)
{
    struct timespec wait = {.tv_sec = (time_t)(us / 1000000), .tv_nsec = (long)(us % 1000000) * 1000};
    if (us > 0)
        nanosleep(&wait, NULL);
}

static int read_speed(const char *text, double *speed, struct plumb_message *message)
{
    *speed = 1;
    if (!text)
        return 0;
    if (!strcmp(text, "max")) {
        *speed = 0;
        return 0;
    }
    if (plumb_text_is_number(text, speed) && *speed >= SLOWEST && *speed <= FASTEST)
        return 0;
    return plumb_message_fail(
        message, PLUMB_USAGE, "replay: speed wants %g to %g or max, found `%s`", SLOWEST, FASTEST, text);
}

static void describe(struct replay *replay, const char *path)
{
    const char *slash = strrchr(path, '/');
    snprintf(
        replay->describe, sizeof replay->describe, "recording %.100s, %zu rows", slash ? slash + 1 : path,
        replay->recording.track.n);
}

/* Takes the recording over where it succeeds. */
static struct replay *
make(struct plumb_recording *recording, const char *name, double speed, struct plumb_message *message)
{
    struct replay *replay = calloc(1, sizeof *replay);
    if (!replay) {
        plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", name);
        return NULL;
    }
    replay->speed = speed;
    replay->recording = *recording;
    describe(replay, name);
    return replay;
}

int plumb_replay_speed(const struct plumb_source_uri *uri, double *speed, struct plumb_message *message)
{
    return read_speed(plumb_source_uri_option(uri, "speed"), speed, message);
}

int plumb_replay_uri(struct plumb_source_uri *uri, const char *rest, struct plumb_message *message)
{
    static const char *const keys[] = {"speed", NULL};
    return plumb_source_uri_parse(uri, "replay", rest, keys, message);
}

static void *replay_open(const char *rest, int *fail, struct plumb_message *message)
{
    struct plumb_source_uri uri;
    struct plumb_recording recording;
    double speed;
    *fail = plumb_replay_uri(&uri, rest, message);
    if (!*fail)
        *fail = plumb_replay_speed(&uri, &speed, message);
    if (!*fail)
        *fail = plumb_recording_load(&recording, uri.path, message);
    if (*fail)
        return NULL;
    struct replay *replay = make(&recording, uri.path, speed, message);
    if (!replay) {
        *fail = PLUMB_FAILED;
        plumb_recording_free(&recording);
    }
    return replay;
}

/* A row's moment in the recording's own microseconds, 0 at its first row. */
static int64_t row_us(const struct replay *replay, size_t row)
{
    const double *t_s = replay->recording.track.t_s;
    return llround((t_s[row] - t_s[0]) * 1e6);
}

/* Lets time pass until the row is due, for wait_us at most. Returns whether it is; *now_us is the recording's
 * time reached. */
static int wait_for_row(struct replay *replay, int64_t wait_us, int64_t *now_us)
{
    int64_t due_us = row_us(replay, replay->row);
    *now_us = due_us;
    if (replay->speed == 0)
        return 1;
    int64_t clock = clock_us();
    if (!replay->begin_us)
        replay->begin_us = clock;
    int64_t left_us = replay->begin_us + llround((double)due_us / replay->speed) - clock;
    if (left_us <= wait_us) {
        sleep_us(left_us);
        return 1;
    }
    sleep_us(wait_us);
    *now_us = llround((double)(clock + wait_us - replay->begin_us) * replay->speed);
    return 0;
}

/* The marker of the row, NULL mostly. A row has one marker at most: the column is one field. */
static const char *take_marker(struct replay *replay)
{
    const struct plumb_recording *recording = &replay->recording;
    if (replay->mark == recording->marks_n || recording->marks[replay->mark].row != replay->row)
        return NULL;
    const struct plumb_mark *mark = &recording->marks[replay->mark++];
    snprintf(
        replay->marker, sizeof replay->marker, "%s%s", plumb_marker_name(mark->kind),
        mark->note ? mark->note : "");
    return replay->marker;
}

static int replay_read(void *self, int64_t wait_us, struct plumb_source_event *event)
{
    struct replay *replay = self;
    const struct plumb_track *track = &replay->recording.track;
    *event = (struct plumb_source_event){.kind = PLUMB_SOURCE_END};
    if (replay->row == track->n) {
        event->host_us = track->n ? row_us(replay, track->n - 1) : 0;
        return 0;
    }
    event->kind = PLUMB_SOURCE_IDLE;
    if (!wait_for_row(replay, wait_us, &event->host_us))
        return 0;
    replay->sample = plumb_track_at(track, replay->row);
    event->kind = PLUMB_SOURCE_SAMPLE;
    event->sample = &replay->sample;
    event->marker = take_marker(replay);
    replay->row++;
    return 0;
}

static int replay_write(void *self, const uint8_t *bytes, size_t n)
{
    (void)self;
    (void)bytes;
    (void)n;
    return 0;
}

static const char *replay_describe(const void *self)
{
    return ((const struct replay *)self)->describe;
}

static const char *replay_message(const void *self)
{
    (void)self; /* once loaded, nothing can break it */
    return "";
}

static unsigned long replay_overflow(const void *self)
{
    (void)self;
    return 0;
}

static void replay_close(void *self)
{
    struct replay *replay = self;
    plumb_recording_free(&replay->recording);
    free(replay);
}

const struct plumb_source_kind plumb_source_replay = {
    "replay",       "a recording: replay:FILE[?speed=N|max]",
    replay_open,    replay_read,
    replay_write,   replay_describe,
    replay_message, replay_overflow,
    replay_close,   NULL,
};

struct plumb_source *plumb_replay_recording(
    struct plumb_recording *recording, const char *name, double speed, int *fail,
    struct plumb_message *message)
{
    *fail = 0;
    struct replay *replay = make(recording, name, speed, message);
    struct plumb_source *source = replay ? plumb_source_of(&plumb_source_replay, replay) : NULL;
    if (source)
        return source;
    free(replay);
    plumb_recording_free(recording);
    *fail = plumb_message_fail(message, PLUMB_FAILED, "%s: out of memory", name);
    return NULL;
}
