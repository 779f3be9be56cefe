/* Where samples come from: a serial line, the emulated board, a recording. One table, found by the URI's
 * scheme. */
#ifndef PLUMB_SOURCE_H
#define PLUMB_SOURCE_H

#include <stddef.h>
#include <stdint.h>

#include "../core/exercise.h"
#include "../core/message.h"
#include "../core/sample.h"

enum plumb_source_event_kind {
    PLUMB_SOURCE_IDLE,   /* nothing came until the deadline */
    PLUMB_SOURCE_BYTES,  /* bytes of the link */
    PLUMB_SOURCE_SAMPLE, /* a recording's sample, with its marker if any */
    PLUMB_SOURCE_GONE,   /* the device was unplugged; the source goes on looking for it */
    PLUMB_SOURCE_BACK,   /* it is there again */
    PLUMB_SOURCE_END,    /* a recording or scenario is over */
};

struct plumb_source_event {
    enum plumb_source_event_kind kind;
    int64_t host_us;      /* the source's clock: monotonic time, or virtual time of an emulated run */
    const uint8_t *bytes; /* BYTES: borrowed until the next read */
    size_t bytes_n;
    const struct plumb_sample *sample; /* SAMPLE: borrowed until the next read */
    const char *marker;                /* SAMPLE: the text of the marker column, or NULL */
};

struct plumb_source; /* owned by who opened it, closed with plumb_source_close */

/* Opens "auto", "serial:...", "sim:...", "replay:..." (DESIGN, Sources). NULL with *fail and message set. */
struct plumb_source *plumb_source_open(const char *uri, int *fail, struct plumb_message *message);

/* The next thing that happens, or IDLE after wait_us at the latest (virtual time for an emulated run, which
 * never waits longer than its pace asks). Negative enum plumb_fail when the source is broken for good. */
int plumb_source_read(struct plumb_source *source, int64_t wait_us, struct plumb_source_event *event);

/* Bytes for the device; fewer than n are never sent in part. 0 or negative: PLUMB_LOST while the device is
 * away, which is no reason to close. Sources without a way down answer 0. */
int plumb_source_write(struct plumb_source *source, const uint8_t *bytes, size_t n);

/* The session asks the wearer for that step in that pose, or for nothing (NULL: a pause): heard by an
 * emulated wearer who follows, and by nobody else. */
void plumb_source_asked(struct plumb_source *source, const struct plumb_step *step, enum plumb_pose pose);

/* One line for a person: what this source is ("Arduino Uno on /dev/ttyACM0", "emulated board, scenario x").
 */
const char *plumb_source_describe(const struct plumb_source *source);

/* Why plumb_source_read said that it is broken for good; empty while it is not. Borrowed. */
const char *plumb_source_message(const struct plumb_source *source);

/* Bytes that were thrown away because nobody read them for too long (over ten seconds at full speed). */
unsigned long plumb_source_overflow(const struct plumb_source *source);

void plumb_source_close(struct plumb_source *source);

#endif
