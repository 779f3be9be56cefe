/* A clip at the end of a line, by formula: what it sends, in pieces that arrive with the jitter of a real
 * port. */
#ifndef PLUMB_TESTS_CLIP_LINE_H
#define PLUMB_TESTS_CLIP_LINE_H

#include <stddef.h>
#include <stdint.h>

#include "host/patient/rng.h"

#define CLIP_LINE_RATE_HZ 200

struct clip_line {
    struct plumb_rng rng;
    int imus_n;
    uint8_t boot;
    uint16_t sequence;
    uint32_t time_us; /* the device's */
    int64_t host_us;
    uint8_t waiting[1024]; /* sent and not yet arrived */
    size_t waiting_n;
};

/* Where its bytes arrive. */
typedef void clip_line_taker(void *context, int64_t host_us, const uint8_t *bytes, size_t n);

void clip_line_begin(struct clip_line *line, int imus_n, uint64_t seed);

/* Sends a HELLO (reason 0: boot, 1: asked). */
void clip_line_hello(struct clip_line *line, int reason);

/* for_s seconds of samples. */
void clip_line_run(struct clip_line *line, double for_s, clip_line_taker *take, void *context);

/* The clip goes on and nothing arrives. */
void clip_line_cut(struct clip_line *line, double for_s);

/* The clip is reset: its clock and counters begin anew. */
void clip_line_reset(struct clip_line *line);

#endif
