#include "source_queue.h"

#include <errno.h>
#include <pthread.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#define EVENTS_ROOM 64 /* blocks that only events may take */

struct block {
    enum plumb_source_event_kind kind;
    int64_t host_us;
    size_t n;
    uint64_t end; /* position behind its last byte */
};

/* Positions count bytes since the beginning; a block that would not lie in one piece begins anew at the
 * front, and what it skipped counts as its own. */
struct plumb_source_queue {
    pthread_mutex_t lock;
    pthread_cond_t came;
    uint64_t put_at, free_from; /* positions */
    unsigned long first, last;  /* blocks waiting: first..last-1, as they count */
    int lent;                   /* block `first` is with the consumer */
    unsigned long overflow;
    struct block blocks[PLUMB_QUEUE_BLOCKS_N];
    uint8_t bytes[PLUMB_QUEUE_BYTES_N];
};

int64_t plumb_source_now_us(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000000 + now.tv_nsec / 1000;
}

struct plumb_source_queue *plumb_source_queue_new(void)
{
    pthread_condattr_t attributes;
    struct plumb_source_queue *queue = calloc(1, sizeof *queue);
    if (!queue)
        return NULL;
    pthread_mutex_init(&queue->lock, NULL);
    pthread_condattr_init(&attributes);
    pthread_condattr_setclock(&attributes, CLOCK_MONOTONIC);
    pthread_cond_init(&queue->came, &attributes);
    pthread_condattr_destroy(&attributes);
    return queue;
}

/* Where n bytes in one piece would begin, as a position. */
static uint64_t place_for(const struct plumb_source_queue *queue, size_t n)
{
    size_t offset = (size_t)(queue->put_at % PLUMB_QUEUE_BYTES_N);
    return offset + n > PLUMB_QUEUE_BYTES_N ? queue->put_at + (PLUMB_QUEUE_BYTES_N - offset) : queue->put_at;
}

static void put_locked(
    struct plumb_source_queue *queue, enum plumb_source_event_kind kind, int64_t host_us,
    const uint8_t *bytes, size_t n)
{
    unsigned long waiting = queue->last - queue->first;
    uint64_t at = place_for(queue, n);
    if (at + n - queue->free_from > PLUMB_QUEUE_BYTES_N ||
        waiting + (n ? EVENTS_ROOM : 0) >= PLUMB_QUEUE_BLOCKS_N) {
        queue->overflow += n;
        return;
    }
    if (n)
        memcpy(queue->bytes + at % PLUMB_QUEUE_BYTES_N, bytes, n);
    queue->put_at = at + n;
    queue->blocks[queue->last++ % PLUMB_QUEUE_BLOCKS_N] = (struct block){kind, host_us, n, at + n};
}

void plumb_source_queue_put(
    struct plumb_source_queue *queue, enum plumb_source_event_kind kind, int64_t host_us,
    const uint8_t *bytes, size_t n)
{
    pthread_mutex_lock(&queue->lock);
    put_locked(queue, kind, host_us, bytes, n);
    pthread_cond_signal(&queue->came);
    pthread_mutex_unlock(&queue->lock);
}

/* What was lent is done with. */
static void give_back(struct plumb_source_queue *queue)
{
    if (!queue->lent)
        return;
    queue->free_from = queue->blocks[queue->first % PLUMB_QUEUE_BLOCKS_N].end;
    queue->first++;
    queue->lent = 0;
    if (queue->first == queue->last)
        queue->put_at = queue->free_from = 0; /* always the same few pages while nobody is late */
}

static void wait_for_block(struct plumb_source_queue *queue, int64_t wait_us)
{
    int64_t until_us = plumb_source_now_us() + wait_us;
    struct timespec until = {
        .tv_sec = (time_t)(until_us / 1000000), .tv_nsec = (long)(until_us % 1000000) * 1000};
    while (queue->first == queue->last)
        if (pthread_cond_timedwait(&queue->came, &queue->lock, &until) == ETIMEDOUT)
            return;
}

void plumb_source_queue_take(
    struct plumb_source_queue *queue, int64_t wait_us, struct plumb_source_event *event)
{
    pthread_mutex_lock(&queue->lock);
    give_back(queue);
    wait_for_block(queue, wait_us);
    *event = (struct plumb_source_event){.kind = PLUMB_SOURCE_IDLE};
    if (queue->first != queue->last) {
        const struct block *block = &queue->blocks[queue->first % PLUMB_QUEUE_BLOCKS_N];
        event->kind = block->kind;
        event->host_us = block->host_us;
        event->bytes_n = block->n;
        event->bytes = block->n ? queue->bytes + (block->end - block->n) % PLUMB_QUEUE_BYTES_N : NULL;
        queue->lent = 1;
    }
    pthread_mutex_unlock(&queue->lock);
    if (event->kind == PLUMB_SOURCE_IDLE)
        event->host_us = plumb_source_now_us();
}

unsigned long plumb_source_queue_overflow(struct plumb_source_queue *queue)
{
    pthread_mutex_lock(&queue->lock);
    unsigned long overflow = queue->overflow;
    pthread_mutex_unlock(&queue->lock);
    return overflow;
}

void plumb_source_queue_free(struct plumb_source_queue *queue)
{
    if (!queue)
        return;
    pthread_cond_destroy(&queue->came);
    pthread_mutex_destroy(&queue->lock);
    free(queue);
}
