/* A ring of bytes between one writer and one reader, one of which may be an interrupt. The bytes lie in an
 * array of the caller's, a power of two up to 256 long, of which one place stays empty; `mask` is its length
 * less one, and both are passed along so that the compiler knows them.
 *
 * The fences cost no instruction: they keep the compiler from moving a byte past the index that hands it
 * over. */
#ifndef PLUMB_RING_H
#define PLUMB_RING_H

#include <stdatomic.h>
#include <stdint.h>

struct plumb_ring {
    volatile uint8_t head; /* written by the writer */
    volatile uint8_t tail; /* written by the reader */
};

static inline uint8_t plumb_ring_used(const struct plumb_ring *ring, uint8_t mask)
{
    return (uint8_t)(ring->head - ring->tail) & mask;
}

/* 0, or -1 when the ring is full. */
static inline int8_t plumb_ring_push(struct plumb_ring *ring, uint8_t *bytes, uint8_t mask, uint8_t byte)
{
    uint8_t head = ring->head;
    uint8_t next = (uint8_t)(head + 1) & mask;
    if (next == ring->tail)
        return -1;
    bytes[head] = byte;
    atomic_signal_fence(memory_order_release);
    ring->head = next;
    return 0;
}

/* All n bytes or none: 0, or -1 when there is no room for all. The reader sees them only when all are there.
 */
static inline int8_t
plumb_ring_push_all(struct plumb_ring *ring, uint8_t *bytes, uint8_t mask, const uint8_t *from, uint8_t n)
{
    if ((uint8_t)(mask - plumb_ring_used(ring, mask)) < n)
        return -1;
    uint8_t head = ring->head;
    for (uint8_t i = 0; i < n; i++) {
        bytes[head] = from[i];
        head = (uint8_t)(head + 1) & mask;
    }
    atomic_signal_fence(memory_order_release);
    ring->head = head;
    return 0;
}

/* 1 with *byte, or 0 when the ring is empty. */
static inline uint8_t
plumb_ring_pop(struct plumb_ring *ring, const uint8_t *bytes, uint8_t mask, uint8_t *byte)
{
    uint8_t tail = ring->tail;
    if (tail == ring->head)
        return 0;
    atomic_signal_fence(memory_order_acquire);
    *byte = bytes[tail];
    atomic_signal_fence(memory_order_release);
    ring->tail = (uint8_t)(tail + 1) & mask;
    return 1;
}

#endif
