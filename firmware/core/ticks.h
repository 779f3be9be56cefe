/* The node's own sense of time: ticks of 1.024 ms that wrap after 67 s. Every span compared is below half of
 * that. Sixteen bits, because a small processor compares them all the time; the microseconds in messages have
 * 32. */
#ifndef PLUMB_TICKS_H
#define PLUMB_TICKS_H

#include <stdint.h>

#define PLUMB_TICK_SHIFT 10 /* a tick is 1024 us */

/* A span of at most 33 s in ticks. */
#define PLUMB_TICKS(ms) ((uint16_t)((ms)*1000UL >> PLUMB_TICK_SHIFT))

static inline uint16_t plumb_ticks_of(uint32_t time_us)
{
    return (uint16_t)((time_us >> PLUMB_TICK_SHIFT) & 0xFFFFu);
}

static inline uint8_t plumb_ticks_reached(uint16_t now, uint16_t at)
{
    return (uint16_t)(now - at) < 0x8000u;
}

static inline uint8_t plumb_ticks_past(uint16_t now, uint16_t since, uint16_t span)
{
    return (uint16_t)(now - since) >= span;
}

#endif
