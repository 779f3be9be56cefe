/* What waits to be written: entries one behind the other in one piece of memory that grows up to a bound. The
 * loop fills one while the writer empties the other. */
#ifndef PLUMB_KEEP_QUEUE_H
#define PLUMB_KEEP_QUEUE_H

#include <stddef.h>
#include <stdint.h>

#define PLUMB_KEEP_QUEUE_MOST_N (8u << 20) /* bytes: twenty minutes of one sensor at 200 Hz */

enum plumb_keep_what {
    PLUMB_KEEP_BYTES,
    PLUMB_KEEP_SAMPLE, /* payload: struct plumb_sample */
    PLUMB_KEEP_HEADER, /* payload: a raw CSV's header line */
    PLUMB_KEEP_ROW,    /* payload: its row */
    PLUMB_KEEP_MARK,   /* at t_s; payload: the text */
    PLUMB_KEEP_DEVICE, /* payload: u16 length, HELLO; u16 length, calibration's text; its words */
    PLUMB_KEEP_RESTART,
};

struct plumb_keep_entry {
    enum plumb_keep_what what;
    int64_t host_us;
    double t_s;
    const uint8_t *bytes; /* borrowed */
    size_t n;
};

struct plumb_keep_queue {
    uint8_t *bytes; /* owned */
    size_t n, room;
};

/* 0, or -1 when it is full or memory is short. */
int plumb_keep_queue_put(struct plumb_keep_queue *queue, const struct plumb_keep_entry *entry);

/* 1 and the entry at *at (its bytes borrowed from the queue), which moves on; 0 at the end. */
int plumb_keep_queue_next(const struct plumb_keep_queue *queue, size_t *at, struct plumb_keep_entry *entry);

/* Empties it, and gives back what it needed only once. */
void plumb_keep_queue_clear(struct plumb_keep_queue *queue);

void plumb_keep_queue_free(struct plumb_keep_queue *queue);

#endif
