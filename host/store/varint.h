/* Numbers of any length, seven bits a byte, the low ones first; signed ones folded so that small ones stay
 * short. */
#ifndef PLUMB_VARINT_H
#define PLUMB_VARINT_H

#include <stddef.h>
#include <stdint.h>

#define PLUMB_VARINT_N 10 /* bytes of the longest */

/* How many bytes were put. */
static inline size_t plumb_varint_put(uint8_t *at, uint64_t value)
{
    size_t n = 0;
    for (; value >= 0x80; value >>= 7)
        at[n++] = (uint8_t)(value | 0x80);
    at[n++] = (uint8_t)value;
    return n;
}

/* Behind the number, or NULL where it does not end before `end` (or `at` is NULL). */
static inline const uint8_t *plumb_varint_get(const uint8_t *at, const uint8_t *end, uint64_t *value)
{
    *value = 0;
    for (unsigned shift = 0; at && at < end && shift < 64; shift += 7) {
        *value |= (uint64_t)(*at & 0x7f) << shift;
        if (!(*at++ & 0x80))
            return at;
    }
    return NULL;
}

static inline uint64_t plumb_zigzag(int64_t value)
{
    return ((uint64_t)value << 1) ^ (value < 0 ? UINT64_MAX : 0);
}

static inline int64_t plumb_unzigzag(uint64_t value)
{
    return (int64_t)(value >> 1) ^ -(int64_t)(value & 1);
}

#endif
