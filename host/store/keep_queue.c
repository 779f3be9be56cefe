#include "keep_queue.h"

#include <stdlib.h>
#include <string.h>

#define ROOM_N      65536        /* to begin with */
#define ROOM_KEPT_N (4 * ROOM_N) /* what a disk that stood still once has made larger is given back */

static int make_room(struct plumb_keep_queue *queue, size_t n)
{
    size_t room = queue->room ? queue->room : ROOM_N;
    if (n > PLUMB_KEEP_QUEUE_MOST_N - queue->n)
        return -1;
    while (room - queue->n < n || room < queue->n)
        room *= 2;
    if (room == queue->room)
        return 0;
    uint8_t *bytes = realloc(queue->bytes, room);
    if (!bytes)
        return -1;
    queue->bytes = bytes;
    queue->room = room;
    return 0;
}

int plumb_keep_queue_put(struct plumb_keep_queue *queue, const struct plumb_keep_entry *entry)
{
    if (make_room(queue, sizeof *entry + entry->n))
        return -1;
    memcpy(queue->bytes + queue->n, entry, sizeof *entry);
    if (entry->n)
        memcpy(queue->bytes + queue->n + sizeof *entry, entry->bytes, entry->n);
    queue->n += sizeof *entry + entry->n;
    return 0;
}

int plumb_keep_queue_next(const struct plumb_keep_queue *queue, size_t *at, struct plumb_keep_entry *entry)
{
    if (*at >= queue->n)
        return 0;
    memcpy(entry, queue->bytes + *at, sizeof *entry);
    entry->bytes = queue->bytes + *at + sizeof *entry;
    *at += sizeof *entry + entry->n;
    return 1;
}

void plumb_keep_queue_clear(struct plumb_keep_queue *queue)
{
    queue->n = 0;
    if (queue->room > ROOM_KEPT_N)
        plumb_keep_queue_free(queue);
}

void plumb_keep_queue_free(struct plumb_keep_queue *queue)
{
    free(queue->bytes);
    *queue = (struct plumb_keep_queue){0};
}
