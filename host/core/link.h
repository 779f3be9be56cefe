/* The host's end of the wire: bytes of the line in, checked messages out, with device time and sequence
 * unwrapped to 64 bits and every loss accounted for.
 *
 * Use:
 *     while (n > 0) {
 *         size_t used = plumb_link_feed(&link, bytes, n, &message);
 *         bytes += used, n -= used;
 *         if (message.kind != PLUMB_LINK_NONE) ...
 *     }
 * The state holds no pointers and is copied by assignment.
 */
#ifndef PLUMB_LINK_H
#define PLUMB_LINK_H

#include <stddef.h>
#include <stdint.h>

#include "plumb/frame.h"
#include "plumb/wire.h"

enum plumb_link_kind {
    PLUMB_LINK_NONE = 0,
    PLUMB_LINK_HELLO = PLUMB_HELLO,
    PLUMB_LINK_SAMPLE = PLUMB_SAMPLE,
    PLUMB_LINK_STATUS = PLUMB_STATUS,
    PLUMB_LINK_ACK = PLUMB_ACK,
    PLUMB_LINK_CALIB = PLUMB_CALIB,
};

struct plumb_link_message {
    enum plumb_link_kind kind;
    uint32_t segment;     /* counts the device's resets and the outages too long to be bridged; from 0 */
    int64_t device_us;    /* HELLO, SAMPLE, STATUS: device time within the segment, never wraps */
    uint64_t sequence;    /* SAMPLE: number of the sample within the segment, never wraps */
    uint64_t lost_before; /* SAMPLE: samples missing between the one before and this one */
    union {
        struct plumb_hello hello;
        struct plumb_wire_sample sample;
        struct plumb_status status;
        struct plumb_ack ack;
        struct plumb_calib_reply calib;
    } of; /* by kind */
};

/* Since init, over all segments. */
struct plumb_link_counters {
    uint64_t bytes;
    uint64_t frames;     /* accepted, of known type */
    uint64_t damaged;    /* seal, COBS or CRC wrong */
    uint64_t too_long;   /* no delimiter within PLUMB_FRAME_MOST_N */
    uint64_t too_short;  /* sound, but the payload is shorter than its type wants */
    uint64_t unknown;    /* sound, of a type this version does not know: skipped */
    uint64_t samples;    /* delivered */
    uint64_t duplicates; /* samples that had been delivered already: rejected */
    uint64_t lost;       /* samples taken by the device that never arrived: on the line or dropped there */
    uint64_t dropped;    /* of any kind, dropped by the device because its line was full */
    uint64_t overruns;   /* data-ready moments that the device did not get to read */
    uint64_t segments;   /* begun because of a reset or plumb_link_restart, after the first */
};

struct plumb_link {
    struct plumb_link_counters counters;
    uint32_t segment;
    /* the frame that is coming in */
    uint16_t partial_n;
    uint8_t skipping; /* too long: wait for the delimiter */
    uint8_t partial[PLUMB_FRAME_MOST_N];
    /* where device time and sequence stand in this segment */
    uint8_t has_time;
    uint8_t has_sequence;
    uint8_t has_sample;
    uint8_t has_status;
    uint8_t has_boot;
    uint8_t has_totals;
    uint8_t boot;
    uint16_t overruns_u16;
    uint16_t dropped_u16;
    int64_t time_us;         /* device time of the newest frame that carried one */
    int64_t sample_us;       /* device time of the newest sample */
    int64_t sequence_us;     /* device time at which next_sequence was known */
    uint64_t next_sequence;  /* of the sample expected next */
    uint32_t samples_offset; /* next_sequence less the device's own 32-bit count; whole wraps of 16 bits */
    uint64_t unreported;     /* lost since the sample before */
    int64_t period_us;       /* between samples: from HELLO's rate, then as measured */
};

void plumb_link_init(struct plumb_link *link);

/* Reads bytes up to the end of the first message among them, or all n. Returns how many were used (at least 1
 * where n > 0); message->kind says whether a message is complete. */
size_t
plumb_link_feed(struct plumb_link *link, const uint8_t *bytes, size_t n, struct plumb_link_message *message);

/* The line was gone for so long that device time may have wrapped unseen (half an hour and more), or another
 * device may be at its end: forgets the partial frame and begins a new segment with the next message. After
 * shorter outages nothing need be called: the samples go on in the same segment with their loss counted. */
void plumb_link_restart(struct plumb_link *link);

/* Share (0..1) of the samples the device took that did not arrive. */
double plumb_link_loss(const struct plumb_link *link);

#endif
