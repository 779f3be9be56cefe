/* A running series as what a plot can show of it: the lowest and highest value of each short stretch of time,
 * in a memory that never grows. Stretches are anchored to time 0, so a window that moves over them shows the
 * same ones again and nothing shimmers.
 *
 *   PLUMB_TRAIL_LAST    keeps the last PLUMB_TRAIL_N stretches (the live trace)
 *   PLUMB_TRAIL_WHOLE   keeps everything: when full, stretches become twice as long (the session's strip)
 */
#ifndef PLUMB_TRAIL_H
#define PLUMB_TRAIL_H

#include <stddef.h>
#include <stdint.h>

#include "../core/flag.h"

#define PLUMB_TRAIL_N 4096
#define PLUMB_TRAIL_LIVE_S                                                                                   \
    (1.0 / 64) /* a stretch of the live trace: the last 64 s of it; binary, so that edges are exact */
#define PLUMB_TRAIL_STRIP_S 0.25 /* a stretch of the session's strip, at first */

enum plumb_trail_kind { PLUMB_TRAIL_LAST, PLUMB_TRAIL_WHOLE };

/* Some samples in a row: the extremes, in the order in which they happened. */
struct plumb_stretch {
    double t_first_s, first;
    double t_last_s, last;
    double begin_s, end_s; /* its first and last sample */
    int64_t index;         /* of the stretch: its begin over its length */
    unsigned char zones;   /* bits (1u << enum plumb_zone) that occurred */
    unsigned char filled;  /* 0: no sample yet */
};

struct plumb_trail {
    enum plumb_trail_kind kind;
    double stretch_s;
    int64_t base;                                  /* index that the first slot was for */
    int64_t oldest, newest;                        /* indices of stretches; newest < oldest: nothing yet */
    double newest_s;                               /* time of the newest sample; NaN before */
    struct plumb_stretch stretches[PLUMB_TRAIL_N]; /* by index - base, modulo PLUMB_TRAIL_N */
};

void plumb_trail_init(struct plumb_trail *trail, enum plumb_trail_kind kind, double stretch_s);

/* One sample. Time does not go back; what does, and values that are not known, are left out. */
void plumb_trail_push(struct plumb_trail *trail, double t_s, double value, enum plumb_zone zone);

/* The stretches first .. first + n - 1 as one; 0 when there is no sample in them. */
int plumb_trail_merged(
    const struct plumb_trail *trail, int64_t first, int64_t n, struct plumb_stretch *merged);

/* The stretch that a time lies in; may lie outside of what is kept. */
int64_t plumb_trail_index(const struct plumb_trail *trail, double t_s);

/* The worst of a stretch's zones. */
enum plumb_zone plumb_stretch_worst(const struct plumb_stretch *stretch);

#endif
