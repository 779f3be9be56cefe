/* What a reader thread has read, until somebody takes it: blocks of bytes with their time of arrival, and
 * events between them, in order. Neither side ever waits for the other's work, only for a few copied bytes.
 */
#ifndef PLUMB_SOURCE_QUEUE_H
#define PLUMB_SOURCE_QUEUE_H

#include "source.h"

/* A megabyte is twenty seconds of a full 500000 baud line. */
#define PLUMB_QUEUE_BYTES_N  (1024 * 1024)
#define PLUMB_QUEUE_BLOCKS_N 8192

struct plumb_source_queue;

/* NULL when memory is short. */
struct plumb_source_queue *plumb_source_queue_new(void);

/* For the reader. Bytes that find no room are counted and thrown away as a whole block; events always find
 * room. */
void plumb_source_queue_put(
    struct plumb_source_queue *queue, enum plumb_source_event_kind kind, int64_t host_us,
    const uint8_t *bytes, size_t n);

/* For the consumer: the oldest block, or IDLE after wait_us. The bytes are borrowed until the next take. */
void plumb_source_queue_take(
    struct plumb_source_queue *queue, int64_t wait_us, struct plumb_source_event *event);

/* Bytes thrown away so far. */
unsigned long plumb_source_queue_overflow(struct plumb_source_queue *queue);

void plumb_source_queue_free(struct plumb_source_queue *queue);

/* Microseconds of CLOCK_MONOTONIC. */
int64_t plumb_source_now_us(void);

#endif
