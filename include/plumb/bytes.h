/* Little-endian integers in byte buffers. The caller guarantees the room. */
#ifndef PLUMB_BYTES_H
#define PLUMB_BYTES_H

#include <stdint.h>

static inline uint8_t *plumb_put_u8(uint8_t *at, uint8_t value)
{
    at[0] = value;
    return at + 1;
}

static inline uint8_t *plumb_put_u16(uint8_t *at, uint16_t value)
{
    at[0] = (uint8_t)(value & 0xFFu);
    at[1] = (uint8_t)(value >> 8);
    return at + 2;
}

static inline uint8_t *plumb_put_u32(uint8_t *at, uint32_t value)
{
    return plumb_put_u16(plumb_put_u16(at, (uint16_t)(value & 0xFFFFu)), (uint16_t)(value >> 16));
}

static inline uint8_t *plumb_put_u64(uint8_t *at, uint64_t value)
{
    return plumb_put_u32(plumb_put_u32(at, (uint32_t)(value & 0xFFFFFFFFu)), (uint32_t)(value >> 32));
}

static inline uint8_t *plumb_put_i16(uint8_t *at, int16_t value)
{
    return plumb_put_u16(at, (uint16_t)value);
}

static inline uint8_t *plumb_put_i32(uint8_t *at, int32_t value)
{
    return plumb_put_u32(at, (uint32_t)value);
}

static inline uint16_t plumb_get_u16(const uint8_t *at)
{
    return (uint16_t)(at[0] | (uint16_t)((uint16_t)at[1] << 8));
}

static inline uint32_t plumb_get_u32(const uint8_t *at)
{
    return plumb_get_u16(at) | ((uint32_t)plumb_get_u16(at + 2) << 16);
}

static inline uint64_t plumb_get_u64(const uint8_t *at)
{
    return plumb_get_u32(at) | ((uint64_t)plumb_get_u32(at + 4) << 32);
}

static inline int16_t plumb_get_i16(const uint8_t *at)
{
    return (int16_t)plumb_get_u16(at);
}

static inline int32_t plumb_get_i32(const uint8_t *at)
{
    return (int32_t)plumb_get_u32(at);
}

#endif
