/* Frames: how one message travels as bytes (WIRE.md). Encoder and decoder for both ends of the line.
 *
 * Content:  u8 type, payload, u8 seal, u8 0, u16 CRC-16.  COBS takes the zeros out, 0x00 ends the frame.
 *
 * The CRC finds every damage of a single byte of the content; but a damaged COBS code moves zeros about and
 * damages many bytes at once. The seal closes that hole: it makes the sum of the encoded bytes up to itself
 * zero modulo 255, and as no encoded byte is zero, changing any one of them changes the sum. The zero after
 * it keeps the last code within the seal's reach from depending on the CRC.
 */
#ifndef PLUMB_FRAME_H
#define PLUMB_FRAME_H

#include "bytes.h"

#define PLUMB_FRAME_TAIL_N  4   /* seal, zero, CRC */
#define PLUMB_FRAME_MOST_N  254 /* longest frame without its delimiter: one COBS code reaches across it */
#define PLUMB_FRAME_LEAST_N (1 + 1 + PLUMB_FRAME_TAIL_N) /* COBS code, type, tail */

/* Room for a frame with a payload of n bytes, delimiter included. */
#define PLUMB_FRAME_N(n) ((n) + PLUMB_FRAME_LEAST_N + 1)

#define PLUMB_CRC_INIT 0xFFFFu

/* One byte of CRC-16 (polynomial 0x8408 reflected), eight bits at once; the identity is the one known from
 * X.25 implementations for small processors. */
static inline uint16_t plumb_crc_push(uint16_t crc, uint8_t byte)
{
    uint8_t mixed = (uint8_t)(byte ^ (crc & 0xFFu));
    mixed = (uint8_t)(mixed ^ (mixed << 4));
    return (uint16_t)((((uint16_t)mixed << 8) | (crc >> 8)) ^ (uint8_t)(mixed >> 4) ^ ((uint16_t)mixed << 3));
}

/* Sum modulo 255 with the carry brought around: 255 stands for 0. */
static inline uint8_t plumb_seal_push(uint8_t sum, uint8_t byte)
{
    sum = (uint8_t)(sum + byte);
    return sum < byte ? (uint8_t)(sum + 1) : sum;
}

/* The byte, never zero, that brings the sum to 255. */
static inline uint8_t plumb_seal_of(uint8_t sum)
{
    return sum == 255 ? 255 : (uint8_t)(255 - sum);
}

/* Where the payload is to be written in the frame that will carry it. */
static inline uint8_t *plumb_frame_payload(uint8_t *frame)
{
    return frame + 2;
}

/* Puts COBS codes where the zeros of frame[1] to frame[n - 1] are and before them, and the delimiter behind.
 */
static inline void plumb_frame_stuff(uint8_t *frame, uint8_t n)
{
    uint8_t code = 0;
    for (uint8_t i = 1; i < n; i++) {
        if (frame[i] != 0)
            continue;
        frame[code] = (uint8_t)(i - code);
        code = i;
    }
    frame[code] = (uint8_t)(n - code);
    frame[n] = 0;
}

/* Makes a frame, in place, around a payload of n <= PLUMB_PAYLOAD_N bytes that lies at
 * plumb_frame_payload(frame); `frame` has room for PLUMB_FRAME_N(n). Returns the frame's length, delimiter
 * included. */
static inline uint8_t plumb_frame_close(uint8_t *frame, uint8_t type, uint8_t n)
{
    uint8_t zero = (uint8_t)(n + 3);
    uint8_t sum = zero; /* what the COBS codes before the zero add up to, wherever they will be */
    uint16_t crc = PLUMB_CRC_INIT;
    frame[1] = type;
    for (uint8_t i = 1; i < zero - 1; i++) {
        sum = plumb_seal_push(sum, frame[i]);
        crc = plumb_crc_push(crc, frame[i]);
    }
    frame[zero - 1] = plumb_seal_of(sum);
    frame[zero] = 0;
    crc = plumb_crc_push(plumb_crc_push(crc, frame[zero - 1]), 0);
    plumb_put_u16(frame + zero + 1, crc);
    plumb_frame_stuff(frame, (uint8_t)(zero + 3));
    return (uint8_t)(zero + 4);
}

/* The same from a payload that lies elsewhere. */
static inline uint8_t plumb_frame_encode(uint8_t *frame, uint8_t type, const uint8_t *payload, uint8_t n)
{
    for (uint8_t i = 0; i < n; i++)
        plumb_frame_payload(frame)[i] = payload[i];
    return plumb_frame_close(frame, type, n);
}

/* Follows the COBS codes of `frame` (n bytes without delimiter, none of them zero) and puts the zeros back in
 * place: content[i] is then frame[i + 1]. Returns 0, or -1 when the codes do not end where the frame does. */
static inline int8_t plumb_frame_unstuff(uint8_t *frame, uint8_t n)
{
    uint8_t at = 0;
    while (at < n) {
        uint8_t code = frame[at];
        if (code > n - at)
            return -1;
        frame[at] = 0;
        at = (uint8_t)(at + code);
    }
    return 0;
}

/* Whether the encoded bytes before the tail's zero still carry their seal. */
static inline int8_t plumb_frame_sealed(const uint8_t *frame, uint8_t n)
{
    uint8_t sum = 0;
    for (uint8_t i = 0; i < n - 3; i++)
        sum = plumb_seal_push(sum, frame[i]);
    return sum == 255;
}

/* Opens in place a frame of n bytes without its delimiter, none of them zero. Returns the length of the
 * payload, which starts at frame + 2 with the type before it, or -1 when the frame is damaged. */
static inline int16_t plumb_frame_open(uint8_t *frame, uint8_t n)
{
    if (n < PLUMB_FRAME_LEAST_N || n > PLUMB_FRAME_MOST_N)
        return -1;
    if (!plumb_frame_sealed(frame, n) || plumb_frame_unstuff(frame, n) != 0 || frame[n - 3] != 0)
        return -1;
    uint16_t crc = PLUMB_CRC_INIT;
    for (uint8_t i = 1; i < n - 2; i++)
        crc = plumb_crc_push(crc, frame[i]);
    return crc == plumb_get_u16(frame + n - 2) ? (int16_t)(n - PLUMB_FRAME_LEAST_N) : -1;
}

#endif
